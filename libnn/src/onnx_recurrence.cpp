#include <array>

#include "onnx_site.hpp"

namespace mathtool::nn {
namespace {

/// What a recurrent layer is in ONNX: `gates` says for each gate there which one it is here.
struct Recurrence {
  std::string operation;
  std::vector<Index> gates;
  Index units;
  bool all;
  std::vector<OnnxAttribute> attributes = {};
};

/// Rows × gates H with gates side by side here are gates H × rows with gates one below the other
/// there.
std::vector<float> turned(std::span<const float> weights, Index rows, const Recurrence& layer) {
  const Index gates = std::ssize(layer.gates), width = gates * layer.units;
  const Eigen::Map<const Batch<float>> from(weights.data(), rows, width);
  Batch<float> to(width, rows);
  for (Index gate = 0; gate < gates; ++gate)
    to.middleRows(gate * layer.units, layer.units) =
        from.middleCols(layer.gates[static_cast<std::size_t>(gate)] * layer.units, layer.units)
            .transpose();
  return {to.data(), to.data() + to.size()};
}

/// Biases of x, then of h. Here h has one of its own at most, of the last gate; each is an array.
std::vector<float> biases(const OnnxSite& site, const Recurrence& layer) {
  constexpr std::size_t first = 2;  // behind the weights of x and of h
  std::vector<float> all;
  for (const Index gate : layer.gates) {
    const auto values = site.parameter_values(first + static_cast<std::size_t>(gate));
    all.insert(all.end(), values.begin(), values.end());
  }
  all.resize(2 * all.size());
  const std::size_t own = first + layer.gates.size();
  if (own < site.node.plan.parameters.size()) {
    const auto values = site.parameter_values(own);
    std::copy(values.begin(), values.end(), all.end() - layer.units);
  }
  return all;
}

/// For readers that must know the batch the states at the start, which are 0 where nothing is said,
/// are said: OpenCV 4.6 takes no GRU without.
std::vector<std::string> inputs(OnnxSite& site, const Recurrence& layer,
                                std::vector<std::string> known) {
  const Index batch = site.graph().batch;
  if (batch == 0) return known;
  const std::vector<float> zeros(static_cast<std::size_t>(batch * layer.units));
  const std::string start = site.floats("start", {1, batch, layer.units}, zeros);
  known.insert(known.end(), {"", start});  // no lengths of sequences
  if (layer.operation == "LSTM") known.push_back(start);
  return known;
}

std::string add(OnnxSite& site, Recurrence layer) {
  const Index steps = site.node.input[0], features = site.node.input[1], units = layer.units;
  const Index width = std::ssize(layer.gates) * units;
  const std::string x = site.operation("Transpose", {site.x}, "steps_first",
                                       {{"perm", std::vector<std::int64_t>{1, 0, 2}}});
  const std::string W = site.floats("input_weight", {1, width, features},
                                    turned(site.parameter_values(0), features, layer));
  const std::string R = site.floats("state_weight", {1, width, units},
                                    turned(site.parameter_values(1), units, layer));
  const std::string B = site.floats("bias", {1, 2 * width}, biases(site, layer));
  layer.attributes.push_back({"hidden_size", units});
  // steps × directions × batch × units
  const std::string states = site.operation(layer.operation, inputs(site, layer, {x, W, R, B}),
                                            "states_by_step", layer.attributes);
  if (layer.all)
    return site.reshape(site.operation("Transpose", {states}, "states_by_row",
                                       {{"perm", std::vector<std::int64_t>{2, 0, 1, 3}}}),
                        {steps, units}, "states");
  // ONNX gives the last state as well, but OpenCV 4.6 that of no GRU.
  const std::string last = site.operation(
      "Slice", {states, site.integers("last_step", {steps - 1}), site.integers("end", {steps})},
      "last_state");
  return site.reshape(last, {units}, "state");
}

}  // namespace

std::string add_recurrence(OnnxSite& site, const Rnn& layer) {
  return add(site, {"RNN", {0}, layer.units, layer.all});
}

std::string add_recurrence(OnnxSite& site, const Lstm& layer) {
  // i, f, g, o here; i, o, f, g there.
  return add(site, {"LSTM", {0, 3, 1, 2}, layer.units, layer.all});
}

std::string add_recurrence(OnnxSite& site, const Gru& layer) {
  // r, z, n here; z, r, n there. The reset comes behind the product.
  return add(
      site, {"GRU", {1, 0, 2}, layer.units, layer.all, {{"linear_before_reset", std::int64_t{1}}}});
}

}  // namespace mathtool::nn
