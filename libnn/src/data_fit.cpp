#include "data_fit.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

/// How many elements the features have in all.
Index elements_of(const Dataset& data) {
  if (const auto* numbers = std::get_if<Batch<float>>(&data.features)) return numbers->size();
  return std::ssize(std::get<ByteRows>(data.features).bytes);
}

}  // namespace

void check_features(const Architecture& architecture, const Dataset& data, std::string_view what) {
  const Index inputs = math::element_count(architecture.input());
  require<DimensionError>(math::element_count(data.shape) == inputs,
                          "{}: an observation has the shape {}, the network takes {}", what,
                          math::to_string(data.shape), math::to_string(architecture.input()));
  require<DimensionError>(elements_of(data) == data.size() * inputs,
                          "{}: {} features and {} rows of targets, where an observation has {}",
                          what, elements_of(data), data.size(), inputs);
}

void check_data(const Architecture& architecture, const Dataset& data, const Loss& loss,
                std::string_view what) {
  require<DimensionError>(data.size() >= 1, "{}: there must be at least one observation", what);
  check_features(architecture, data, what);
  const Index wanted = loss.targets(architecture.output());
  require<DimensionError>(data.targets.cols() == wanted,
                          "{}: {} targets for each observation; the loss {} of outputs {} takes {}",
                          what, data.targets.cols(), to_string(loss),
                          math::to_string(architecture.output()), wanted);
  const ConstRows<float> targets(data.targets.data(), data.size(), wanted);
  require(loss.weight<float>(targets, architecture.output()) > 0,
          "{}: no observation counts: all are of classes of weight 0 or have none", what);
}

}  // namespace mathtool::nn
