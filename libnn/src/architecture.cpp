#include "mathtool/nn/architecture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

/// Of one observation, in what a layer makes or saves. A batch of them can still be counted.
constexpr Index most_elements = Index{1} << 40;

/// More than any machine gets through, and far from what an Index no longer counts.
constexpr std::int64_t most_multiplications = std::int64_t{1} << 60;

/// More than any memory holds, and far from what an Index no longer counts.
constexpr Index most_parameters = Index{1} << 40;

constexpr std::array rectifiers{"relu", "leaky_relu", "elu", "gelu"};
constexpr std::array passed_over{"dropout", "batchnorm", "flatten", "maxpool", "avgpool"};

bool among(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What weights are drawn from when nobody said: He's variance keeps the size of signals where half
/// of them are cut off, Glorot's where they pass.
InitializerKind suitable_initializer(const std::vector<Layer>& layers, std::size_t i) {
  for (++i; i < layers.size(); ++i) {
    if (among(name_of(layers[i]), rectifiers)) return InitializerKind::he_normal;
    if (!among(name_of(layers[i]), passed_over)) break;
  }
  return InitializerKind::xavier_uniform;
}

/// "2.0" is in layer 2.
Index outermost_layer(const std::string& path) { return std::stoll(path); }

}  // namespace

Architecture::Architecture(Shape input, std::vector<Layer> layers)
    : input_(std::move(input)), layers_(std::move(layers)) {
  require<DimensionError>(math::element_count(input_) >= 1,
                          "network: an observation of shape {} has no elements",
                          math::to_string(input_));
  require<DimensionError>(!layers_.empty(), "network: there must be at least one layer");
  in_sequence_ = input_.size() <= 2;
  Index slot = add_slot(input_);
  rewritable_.back() = false;  // whoever wants to know the gradient in the input finds the input
  Shape shape = input_;
  place(layers_, "", slot, shape);
  output_ = shape;
}

Index Architecture::add_slot(const Shape& shape) {
  const Index elements = math::element_count(shape);
  require<DimensionError>(elements <= most_elements,
                          "network: outputs of shape {} are more than any memory holds",
                          math::to_string(shape));
  slots_.push_back(elements);
  rewritable_.push_back(true);
  return std::ssize(slots_) - 1;
}

void Architecture::place(const std::vector<Layer>& layers, const std::string& prefix, Index& slot,
                         Shape& shape) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string path = prefix + std::to_string(i);
    if (const auto* residual = std::get_if<Residual>(&layers[i].kind()))
      place_residual(*residual, path, slot, shape);
    else
      place_layer(layers[i], path, suitable_initializer(layers, i), slot, shape);
  }
}

void Architecture::place_residual(const Residual& residual, const std::string& path, Index& slot,
                                  Shape& shape) {
  require<DimensionError>(!residual.layers.empty(),
                          "layer {} (residual): there must be a layer in it",
                          outermost_layer(path) + 1);
  const Index skipped = slot;
  const Shape before = shape;
  const std::size_t first = nodes_.size();
  rewritable_[static_cast<std::size_t>(slot)] = false;
  place(residual.layers, path + ".", slot, shape);
  require<DimensionError>(shape == before,
                          "layer {} (residual): its layers turn {} into {}, and only equal shapes "
                          "can be added",
                          outermost_layer(path) + 1, math::to_string(before),
                          math::to_string(shape));
  Node sum{.layer = Residual{},
           .path = path,
           .outermost = outermost_layer(path),
           .input = shape,
           .in_sequence = in_sequence_,
           .plan = {.output = shape}};
  sum.from = slot;
  sum.added = skipped;
  sum.to = slot = add_slot(shape);
  nodes_[first].joined.push_back(sum.to);
  nodes_.push_back(std::move(sum));
}

void Architecture::place_layer(const Layer& layer, const std::string& path,
                               InitializerKind automatic, Index& slot, Shape& shape) {
  Node node{.layer = layer,
            .path = path,
            .outermost = outermost_layer(path),
            .input = shape,
            .in_sequence = in_sequence_,
            .from = slot};
  bool in_place = false;
  std::visit(
      [&]<class L>(const L& kind) {
        if constexpr (!std::same_as<L, Residual>) {
          in_place = L::in_place;
          try {
            node.plan = kind.plan(shape);
          } catch (const DomainError& error) {
            throw DomainError(
                fmt::format("layer {} ({}): {}", node.outermost + 1, kind.text(), error.what()));
          } catch (const DimensionError& error) {
            const std::string source = nodes_.empty() ? "the input" : describe(nodes_.back());
            throw DimensionError(fmt::format("layer {} ({}): {}, got {} from {}",
                                             node.outermost + 1, kind.text(), error.what(),
                                             math::to_string(shape), source));
          }
        }
      },
      layer.kind());
  require<DimensionError>(node.plan.saved <= most_elements && node.plan.coupled <= most_elements,
                          "layer {} ({}): what it saves is more than any memory holds",
                          outermost_layer(path) + 1, to_string(layer));
  const Index number = std::ssize(nodes_);
  node.parameters = parameter_count_;
  for (ParameterArray& array : node.plan.parameters) {
    if (array.initializer.kind == InitializerKind::automatic) array.initializer.kind = automatic;
    const Index size = math::element_count(array.shape);
    require<DimensionError>(size <= most_parameters - parameter_count_,
                            "layer {} ({}): more than 2^40 parameters", outermost_layer(path) + 1,
                            to_string(layer));
    parameters_.push_back(
        {path + "." + array.name, array.shape, parameter_count_, size, number, array.weight});
    parameter_count_ += size;
  }
  node.parameter_count = parameter_count_ - node.parameters;
  node.buffers = buffer_count_;
  for (const BufferArray& array : node.plan.buffers) {
    const Index size = math::element_count(array.shape);
    buffers_.push_back({path + "." + array.name, array.shape, buffer_count_, size, number, false});
    buffer_count_ += size;
  }
  node.buffer_count = buffer_count_ - node.buffers;
  require<DimensionError>(node.plan.multiplications <= most_multiplications - multiplications_,
                          "layer {} ({}): more than 2^60 multiplications for an observation",
                          node.outermost + 1, to_string(layer));
  multiplications_ += node.plan.multiplications;
  shape = node.plan.output;
  if (node.in_sequence && is_recurrent(layer)) marked_steps_ = input_[0];
  in_sequence_ = in_sequence_ && shape.size() == 2 && shape[0] == input_[0];
  if (in_place && rewritable_[static_cast<std::size_t>(slot)]) {
    node.to = slot;
  } else {
    node.to = slot = add_slot(shape);
  }
  // The backward pass of a layer that works in place looks at its output.
  if (in_place) rewritable_[static_cast<std::size_t>(slot)] = false;
  nodes_.push_back(std::move(node));
}

Index Architecture::symbols() const {
  const auto* embedding = layers_.empty() ? nullptr : std::get_if<Embedding>(&layers_.front());
  return embedding ? embedding->vocabulary : 0;
}

std::string Architecture::describe(const Node& node) const {
  return fmt::format("layer {} ({})", node.outermost + 1, to_string(node.layer));
}

}  // namespace mathtool::nn
