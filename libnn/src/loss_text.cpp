#include <fmt/format.h>

#include <array>
#include <vector>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/loss.hpp"
#include "number_text.hpp"

namespace mathtool::nn {
namespace {

std::vector<std::string_view> split_text(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at; (at = text.find(separator)) != text.npos; text.remove_prefix(at + 1))
    parts.push_back(text.substr(0, at));
  parts.push_back(text);
  return parts;
}

/// The loss that is meant, with settings that may be out of range; nothing where it cannot be read.
std::optional<Loss> read_loss(const std::vector<std::string_view>& parts) {
  const std::string_view name = parts[0];
  const std::size_t settings = parts.size() - 1;
  if (name == "mse" && settings == 0) return SquaredError{};
  if (name == "bce" && settings == 0) return BinaryCrossEntropy{};
  if (name == "huber" && settings == 0) return Huber{};
  if (name == "cross_entropy" && settings == 0) return CrossEntropy{};
  const auto first = settings == 0 ? std::nullopt : read_number<double>(parts[1]);
  if (!first) return std::nullopt;
  if (name == "bce" && settings == 1) return BinaryCrossEntropy{*first};
  if (name == "huber" && settings == 1) return Huber{*first};
  if (name != "cross_entropy" || settings > 2) return std::nullopt;
  CrossEntropy loss{.label_smoothing = *first};
  if (settings == 2)
    for (const std::string_view part : split_text(parts[2], ',')) {
      const auto weight = read_number<double>(part);
      if (!weight) return std::nullopt;
      loss.class_weights.push_back(*weight);
    }
  return loss;
}

struct LossText {
  std::string operator()(const SquaredError&) const { return "mse"; }
  std::string operator()(const Huber& loss) const {
    return loss == Huber() ? "huber" : fmt::format("huber:{}", loss.delta);
  }
  std::string operator()(const CrossEntropy& loss) const {
    if (loss == CrossEntropy()) return "cross_entropy";
    const std::string text = fmt::format("cross_entropy:{}", loss.label_smoothing);
    if (loss.class_weights.empty()) return text;
    return fmt::format("{}:{}", text, fmt::join(loss.class_weights, ","));
  }
  std::string operator()(const BinaryCrossEntropy& loss) const {
    return loss == BinaryCrossEntropy() ? "bce" : fmt::format("bce:{}", loss.positive_weight);
  }
};

}  // namespace

Loss parse_loss(std::string_view text) {
  const std::vector<std::string_view> parts = split_text(text, ':');
  const std::optional<Loss> loss = read_loss(parts);
  if (!loss) {
    static const std::array<std::string, 4> names = {"mse", "huber", "cross_entropy", "bce"};
    throw DataError(
        fmt::format("loss '{}': there are mse, huber[:DELTA], cross_entropy[:SMOOTHING[:WEIGHT,"
                    "WEIGHT,...]] and bce[:POSITIVE_WEIGHT]{}",
                    text, did_you_mean(parts[0], names)));
  }
  try {
    loss->validate();
  } catch (const DomainError& error) {
    throw DataError(fmt::format("loss '{}': {}", text, error.what()));
  }
  return *loss;
}

std::string to_string(const Loss& loss) { return std::visit(LossText(), loss.kind()); }

}  // namespace mathtool::nn
