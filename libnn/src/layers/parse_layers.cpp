#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "number_text.hpp"

namespace mathtool::nn {
namespace {

const LayerInfo* layer_info(std::string_view name) {
  for (const LayerInfo& info : layer_kinds())
    if (info.name == name) return &info;
  return nullptr;
}

bool is_activation(std::string_view name) {
  constexpr std::array names = {Relu::name,    LeakyRelu::name, Elu::name,    Gelu::name,
                                Sigmoid::name, Tanh::name,      Softmax::name};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The name that was probably meant, or all that there are.
std::string suggestion(std::string_view name) {
  std::vector<std::string> names;
  for (const LayerInfo& info : layer_kinds()) names.emplace_back(info.name);
  const std::string likely = did_you_mean(name, names);
  return likely.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : likely;
}

Initializer* initializer_of(Layer& layer) {
  return std::visit(
      [](auto& kind) -> Initializer* {
        if constexpr (requires { kind.initializer; })
          return &kind.initializer;
        else
          return nullptr;
      },
      static_cast<Layer::variant&>(layer));
}

/// Reads a list of layers from left to right: words, commas and parentheses.
class LayerParser {
 public:
  explicit LayerParser(std::string_view text) : text_(text) { advance(); }

  std::vector<Layer> parse() {
    if (token_.empty()) fail("no layers; write them as in 'dense 64 relu, dense 10'");
    std::vector<Layer> layers = list(0);
    if (!token_.empty()) fail("a ) without its (");
    return layers;
  }

 private:
  static constexpr std::string_view blanks = " \t\r\n", marks = ",()";
  static constexpr int most_nested = 32;

  /// The next token: a mark, a word up to a blank or mark, or nothing at the end.
  void advance() {
    const std::size_t first = std::min(text_.find_first_not_of(blanks, end_), text_.size());
    end_ = first;
    if (end_ < text_.size() && marks.find(text_[end_]) != marks.npos)
      ++end_;
    else
      while (end_ < text_.size() && blanks.find(text_[end_]) == blanks.npos &&
             marks.find(text_[end_]) == marks.npos)
        ++end_;
    token_ = text_.substr(first, end_ - first);
  }

  bool at_word() const { return !token_.empty() && marks.find(token_[0]) == marks.npos; }

  std::vector<Layer> list(int depth) {
    std::vector<Layer> layers;
    item(layers, depth);
    while (token_ == ",") {
      advance();
      item(layers, depth);
    }
    return layers;
  }

  /// A layer, what it is initialised by, and an activation behind it.
  void item(std::vector<Layer>& layers, int depth) {
    if (!at_word()) fail("a layer is missing");
    Layer layer = layer_here(depth);
    const std::string_view name = name_of(layer);
    std::optional<Layer> behind;
    while (at_word()) {
      Initializer* weights = initializer_of(layer);
      if (weights && token_ == "init") {
        advance();
        *weights = initializer();
      } else if (!behind && is_activation(token_)) {
        behind = layer_here(depth);
      } else if (behind) {
        fail(fmt::format("'{}' behind '{}': a comma stands between layers", token_,
                         to_string(*behind)));
      } else {
        const bool word = !layer_info(token_) && token_ != "init" && !read_number<double>(token_);
        fail(fmt::format("'{}' behind '{}': expected {}{}", token_, name, layer_info(name)->usage,
                         word ? suggestion(token_) : std::string()));
      }
    }
    if (token_ == "(") fail(fmt::format("'(' behind '{}'", name));
    layers.push_back(std::move(layer));
    if (behind) layers.push_back(std::move(*behind));
  }

  /// The layer whose name is the token, with its settings.
  Layer layer_here(int depth) {
    info_ = layer_info(token_);
    if (!info_) fail(fmt::format("'{}' is no layer{}", token_, suggestion(token_)));
    advance();
    if (info_->name == Residual::name) return residual(depth);
    const Layer layer = simple_layer();
    try {
      std::visit(
          [](const auto& kind) {
            if constexpr (requires { kind.validate(); }) kind.validate();
          },
          layer.kind());
    } catch (const DomainError& error) { fail(error.what()); }
    return layer;
  }

  Layer residual(int depth) {
    if (token_ != "(") fail_usage();
    if (depth >= most_nested)
      fail(fmt::format("more than {} residuals in each other", most_nested));
    advance();
    Residual layer{list(depth + 1)};
    if (token_ != ")") fail("a ( without its )");
    advance();
    return layer;
  }

  Layer simple_layer() {
    const std::string_view name = info_->name;
    if (name == Dense::name) return Dense{.units = whole()};
    if (name == Conv::name) return kernel<Conv>();
    if (name == Deconv::name) return kernel<Deconv>();
    if (name == MaxPool::name) return pool<MaxPool>();
    if (name == AvgPool::name) return pool<AvgPool>();
    if (name == Embedding::name) return embedding();
    if (name == Rnn::name) return recurrent<Rnn>();
    if (name == Lstm::name) return recurrent<Lstm>();
    if (name == Gru::name) return recurrent<Gru>();
    if (name == LeakyRelu::name) return LeakyRelu{number().value_or(LeakyRelu().slope)};
    if (name == Elu::name) return Elu{number().value_or(Elu().alpha)};
    if (name == Dropout::name) return Dropout{required()};
    if (name == BatchNorm::name) return batch_norm();
    if (name == Relu::name) return Relu();
    if (name == Gelu::name) return Gelu();
    if (name == Sigmoid::name) return Sigmoid();
    if (name == Tanh::name) return Tanh();
    if (name == Softmax::name) return Softmax();
    return Flatten();
  }

  template <class Kernel>
  Kernel kernel() {
    Kernel layer{.filters = whole()};
    const std::size_t by = token_.find('x');
    const auto height = size(token_.substr(0, by), 1);
    const auto width = by == token_.npos ? height : size(token_.substr(by + 1), 1);
    if (!height || !width) fail_usage();
    layer.height = *height, layer.width = *width;
    advance();
    while (token_ == "stride" || token_ == "pad" || token_ == "groups") {
      const std::string_view setting = token_;
      advance();
      if (setting == "stride") {
        layer.stride = whole();
      } else if (setting == "groups") {
        layer.groups = whole();
      } else if (token_ == "same") {
        layer.padding.same = true;
        advance();
      } else {
        const auto around = size(token_, 0);
        if (!around) fail_usage();
        layer.padding.around = *around;
        advance();
      }
    }
    return layer;
  }

  Embedding embedding() {
    Embedding layer{.dimension = whole()};
    if (token_ == "vocabulary") {
      advance();
      layer.vocabulary = whole();
    }
    return layer;
  }

  template <class Recurrent>
  Recurrent recurrent() {
    Recurrent layer{.units = whole()};
    for (; token_ == "all"; advance()) layer.all = true;
    if (token_ == "truncate") {
      advance();
      layer.truncate = whole();
    }
    return layer;
  }

  template <class Pool>
  Pool pool() {
    Pool layer{.size = whole()};
    if (token_ == "stride") {
      advance();
      layer.stride = whole();
    }
    if (layer.stride == layer.size) layer.stride = 0;
    return layer;
  }

  BatchNorm batch_norm() {
    BatchNorm layer;
    while (token_ == "momentum" || token_ == "epsilon") {
      double& setting = token_ == "momentum" ? layer.momentum : layer.epsilon;
      advance();
      setting = required();
    }
    return layer;
  }

  Initializer initializer() {
    if (!at_word()) fail_usage();
    try {
      const Initializer found = parse_initializer(token_);
      advance();
      return found;
    } catch (const DataError& error) { fail(error.what()); }
  }

  /// The token, if it is a number.
  std::optional<double> number() {
    const std::optional<double> value = at_word() ? read_number<double>(token_) : std::nullopt;
    if (value) advance();
    return value;
  }
  double required() {
    const std::optional<double> value = number();
    if (!value) fail_usage();
    return *value;
  }
  Index whole() {
    const std::optional<Index> value = at_word() ? size(token_, 1) : std::nullopt;
    if (!value) fail_usage();
    advance();
    return *value;
  }
  /// A whole number from `least` to what a layer could ever be made of, or nothing.
  static std::optional<Index> size(std::string_view text, Index least) {
    constexpr Index most = std::numeric_limits<std::int32_t>::max();
    const std::optional<Index> value = read_number<Index>(text);
    return value && *value >= least && *value <= most ? value : std::nullopt;
  }

  [[noreturn]] void fail_usage() const {
    fail(fmt::format("{} behind '{}': expected {}",
                     token_.empty() ? "nothing" : fmt::format("'{}'", token_), info_->name,
                     info_->usage));
  }

  /// Shows the text up to where reading stopped.
  [[noreturn]] void fail(std::string_view what) const {
    throw DataError(fmt::format("layers '{}': {}", text_.substr(0, end_), what));
  }

  std::string_view text_;
  std::string_view token_ = {};
  std::size_t end_ = 0;              ///< of the token
  const LayerInfo* info_ = nullptr;  ///< of the layer that is being read
};

}  // namespace

std::vector<Layer> parse_layers(std::string_view text) { return LayerParser(text).parse(); }

}  // namespace mathtool::nn
