#include "onnx_layers.hpp"

#include <algorithm>
#include <numbers>

#include "layers/patches.hpp"
#include "onnx_site.hpp"

namespace mathtool::nn {
namespace {

using Lengths = std::vector<std::int64_t>;

Shape elements(const OnnxSite& site) { return {math::element_count(site.node.input)}; }

std::string add(OnnxSite& site, const Dense&) {
  if (site.node.input.size() == 2)
    return site.operation(
        "Add",
        {site.operation("MatMul", {site.x, site.parameter(0)}, "product"), site.parameter(1)},
        "dense");
  const std::string x = site.node.input.size() == 1 ? site.x
                                                    : site.operation("Flatten", {site.x}, "flat",
                                                                     {{"axis", std::int64_t{1}}});
  // By units, as other programs write it; OpenCV 4.6 fails at square weights the other way round.
  const Shape& shape = site.node.plan.parameters[0].shape;
  const Batch<float> turned =
      ConstRows<float>(site.parameter_values(0).data(), shape[0], shape[1]).transpose();
  const std::string weights =
      site.floats("weight", {shape[1], shape[0]}, {turned.data(), site.parameter_values(0).size()});
  return site.operation("Gemm", {x, weights, site.parameter(1)}, "dense",
                        {{"transB", std::int64_t{1}}});
}

// Images: the frames of a video are images of their own.

/// `body` for images of (c, h, w), which gives images of the plan's last three lengths.
template <class Body>
std::string by_image(OnnxSite& site, const Body& body) {
  const Shape &input = site.node.input, &output = site.node.plan.output;
  if (input.size() == 3) return body(site.x);
  const std::string x = site.reshape(site.x, {input.begin() + 1, input.end()}, "frames");
  return site.reshape(body(x), output, "video");
}

/// Attributes of a window; zeros around the image at the top, left, bottom, right.
std::vector<OnnxAttribute> window_attributes(const Window& window, Index bottom, Index right) {
  return {{"kernel_shape", Lengths{window.rows, window.columns}},
          {"strides", Lengths{window.stride, window.stride}},
          {"pads", Lengths{window.top, window.left, bottom, right}}};
}

/// Zeros behind an image, along one axis: what the last window reaches beyond it. Of a padding that
/// was given the same as before, although windows may not reach to its end.
Index behind(const Padding& padding, Index size, Index window, Index stride, Index before,
             Index out) {
  if (!padding.same) return padding.around;
  return std::max<Index>(0, (out - 1) * stride + window - size - before);
}

template <class Kernel>
std::vector<OnnxAttribute> kernel_attributes(const Kernel& layer, const Shape& image) {
  const Window w = window_over(image, layer.height, layer.width, layer.stride, layer.padding);
  std::vector<OnnxAttribute> attributes =
      window_attributes(w, behind(layer.padding, w.height, w.rows, w.stride, w.top, w.out_height),
                        behind(layer.padding, w.width, w.columns, w.stride, w.left, w.out_width));
  attributes.push_back({"group", layer.groups});
  return attributes;
}

std::string add(OnnxSite& site, const Conv& layer) {
  return by_image(site, [&](const std::string& x) {
    return site.operation("Conv", {x, site.parameter(0), site.parameter(1)}, "conv",
                          kernel_attributes(layer, site.node.input));
  });
}

/// Its window moves over the image that comes out.
std::string add(OnnxSite& site, const Deconv& layer) {
  return by_image(site, [&](const std::string& x) {
    return site.operation("ConvTranspose", {x, site.parameter(0), site.parameter(1)}, "deconv",
                          kernel_attributes(layer, site.node.plan.output));
  });
}

template <class Pool>
std::string add_pool(OnnxSite& site, const Pool& layer, const char* operation) {
  const Index stride = layer.stride > 0 ? layer.stride : layer.size;
  return by_image(site, [&](const std::string& x) {
    return site.operation(
        operation, {x}, std::string(Pool::name),
        window_attributes({.rows = layer.size, .columns = layer.size, .stride = stride}, 0, 0));
  });
}

std::string add(OnnxSite& site, const MaxPool& layer) { return add_pool(site, layer, "MaxPool"); }
std::string add(OnnxSite& site, const AvgPool& layer) {
  return add_pool(site, layer, "AveragePool");
}

std::string add(OnnxSite& site, const Embedding&) {
  OnnxPort& input = site.graph().input;
  std::string symbols = site.x;
  if (site.x == input.name)
    input.type = OnnxType::int64;
  else
    symbols = site.operation("Cast", {site.x}, "symbols",
                             {{"to", static_cast<std::int64_t>(OnnxType::int64)}});
  return site.operation("Gather", {site.parameter(0), symbols}, "embedding",
                        {{"axis", std::int64_t{0}}});
}

std::string add(OnnxSite& site, const Rnn& layer) { return add_recurrence(site, layer); }
std::string add(OnnxSite& site, const Lstm& layer) { return add_recurrence(site, layer); }
std::string add(OnnxSite& site, const Gru& layer) { return add_recurrence(site, layer); }

std::string add(OnnxSite& site, const Relu&) { return site.operation("Relu", {site.x}, "relu"); }

std::string add(OnnxSite& site, const LeakyRelu& layer) {
  return site.operation("LeakyRelu", {site.x}, "leaky_relu",
                        {{"alpha", static_cast<float>(layer.slope)}});
}

std::string add(OnnxSite& site, const Elu& layer) {
  return site.operation("Elu", {site.x}, "elu", {{"alpha", static_cast<float>(layer.alpha)}});
}

/// x / 2 · (1 + erf(x / √2)): ONNX has no operation for it before operator set 20.
std::string add(OnnxSite& site, const Gelu&) {
  const std::string scaled = site.operation(
      "Mul", {site.x, site.number("root_half", static_cast<float>(std::numbers::sqrt2 / 2))},
      "scaled");
  const std::string raised = site.operation(
      "Add", {site.operation("Erf", {scaled}, "erf"), site.number("one", 1)}, "raised");
  const std::string product = site.operation("Mul", {site.x, raised}, "product");
  return site.operation("Mul", {product, site.number("half", 0.5F)}, "gelu");
}

std::string add(OnnxSite& site, const Sigmoid&) {
  return site.operation("Sigmoid", {site.x}, "sigmoid");
}

std::string add(OnnxSite& site, const Tanh&) { return site.operation("Tanh", {site.x}, "tanh"); }

std::string add(OnnxSite& site, const Softmax&) {
  return site.operation("Softmax", {site.x}, "softmax", {{"axis", std::ssize(site.node.input)}});
}

std::string add(OnnxSite& site, const Flatten&) {
  if (site.node.input.size() == 1) return site.x;
  return site.reshape(site.x, elements(site), "flatten");
}

std::string add(OnnxSite& site, const Dropout&) { return site.x; }

std::string add(OnnxSite& site, const BatchNorm& layer) {
  const auto normalise = [&](const std::string& x) {
    return site.operation("BatchNormalization",
                          {x, site.parameter(0), site.parameter(1), site.buffer(0), site.buffer(1)},
                          "batchnorm", {{"epsilon", static_cast<float>(layer.epsilon)}});
  };
  return site.node.input.size() == 4 ? by_image(site, normalise) : normalise(site.x);
}

}  // namespace

std::string add_onnx_layer(OnnxGraph& graph, const Sequential<float>& network, const Node& node,
                           const std::string& x) {
  OnnxSite site(graph, network, node, x);
  return std::visit(
      [&]<class L>(const L& layer) {
        if constexpr (std::same_as<L, Residual>)
          return x;  // its sum has two values
        else
          return add(site, layer);
      },
      node.layer.kind());
}

}  // namespace mathtool::nn
