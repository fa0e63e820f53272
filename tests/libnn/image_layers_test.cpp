#include <algorithm>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "support/catch.hpp"
#include "support/network_pass.hpp"

using namespace mathtool;
using nn::Batch;

namespace {

nn::Architecture architecture(nn::Shape input, const std::string& layers) {
  return {std::move(input), nn::parse_layers(layers)};
}

}  // namespace

TEST_CASE("conv: a filter moved by hand", "[nn]") {
  nn::Sequential<double> network({1, 2, 3}, nn::parse_layers("conv 1 2x2"));
  network.parameters() << 1, 2, 3, 4, 0.5;  // (1 2; 3 4) and the bias
  const Batch<double> x = (Batch<double>(1, 6) << 1, 0, 2, 0, 3, 1).finished();
  // 1·1 + 2·0 + 3·0 + 4·3 and 1·0 + 2·2 + 3·3 + 4·1, with the bias
  CHECK(network.predict(x) == (Batch<double>(1, 2) << 13.5, 17.5).finished());
}

TEST_CASE("conv: shapes are those of the formula", "[nn]") {
  CHECK(architecture({1, 28, 28}, "conv 20 5x5, maxpool 2, conv 50 5x5, maxpool 2").output() ==
        nn::Shape{50, 4, 4});
  CHECK(architecture({3, 7, 8}, "conv 4 3x2 stride 2 pad 1").output() == nn::Shape{4, 4, 5});
  CHECK(architecture({3, 7, 8}, "conv 4 3x3 stride 2 pad same").output() == nn::Shape{4, 4, 4});
  CHECK(architecture({5, 3, 7, 8}, "conv 2 1x1").output() == nn::Shape{5, 2, 7, 8});  // a video
  CHECK(architecture({2, 3, 4}, "deconv 3 3x3 stride 2").output() == nn::Shape{3, 7, 9});
  CHECK(architecture({2, 3, 4}, "deconv 3 4x4 stride 2 pad 1").output() == nn::Shape{3, 6, 8});
  CHECK(architecture({2, 5, 5}, "avgpool 2").output() == nn::Shape{2, 2, 2});
  CHECK(architecture({1, 28, 28}, "conv 20 5x5, dense 10").parameter_count() ==
        20 * 25 + 20 + 20 * 24 * 24 * 10 + 10);
}

TEST_CASE("conv: kernels, strides and groups that do not fit are refused with the shape", "[nn]") {
  CHECK_THROWS_WITH(architecture({1, 4, 4}, "conv 2 5x5"),
                    ContainsSubstring("layer 1 (conv 2 5x5): expects images of height 5 or more, "
                                      "got (1, 4, 4) from the input"));
  CHECK_THROWS_WITH(architecture({16}, "dense 8, conv 2 3x3"),
                    ContainsSubstring("got (8,) from layer 1 (dense 8)"));
  CHECK_THROWS_WITH(architecture({3, 4, 4}, "conv 4 3x3 groups 2"),
                    ContainsSubstring("channels that 2 groups divide"));
  CHECK_THROWS_AS(architecture({2, 4, 4}, "conv 3 3x3 groups 2"), DomainError);
  CHECK_THROWS_WITH(architecture({1, 4, 4}, "maxpool 5"), ContainsSubstring("height 5 or more"));
  CHECK_THROWS_WITH(architecture({1, 1, 1}, "deconv 1 2x2 pad 3"),
                    ContainsSubstring("larger images or less padding"));
  for (const char* layers : {"conv 2 3x3 stride 0", "conv 0 3x3", "conv 2 0x3", "conv 2",
                             "conv 2 3x3 pad -1", "conv 2 3x3 groups 0", "maxpool 0",
                             "avgpool 2 stride 0", "deconv 2 3x", "conv 2 99999999999999999999x1"})
    CHECK_THROWS_AS(nn::parse_layers(layers), DataError);
  CHECK_THROWS_AS(architecture({1, 4, 4},
                               "conv 1 4000000000000000000x4000000000000000000 pad "
                               "4000000000000000000"),
                  Error);
}

TEST_CASE("maxpool: the first of equal numbers gets the gradient, NaN stays", "[nn]") {
  nn::Sequential<double> network({1, 2, 2}, nn::parse_layers("maxpool 2"));
  const Batch<double> ones = Batch<double>::Ones(1, 4);
  const auto pass = test::network_pass<double>(network, ones, Batch<double>::Constant(1, 1, 3));
  CHECK(pass.x_gradient == (Batch<double>(1, 4) << 3, 0, 0, 0).finished());
}

TEST_CASE("deconv: is the transposed map of a convolution with the same kernel", "[nn]") {
  // ⟨conv x, y⟩ = ⟨x, deconv y⟩
  for (const char* kernel : {"3x3", "3x2 stride 2 pad 1", "2x2 stride 2", "3x3 pad same"}) {
    INFO(kernel);
    nn::Sequential<double> forth({2, 7, 7}, nn::parse_layers("conv 3 " + std::string(kernel)));
    const nn::Shape between = forth.architecture().output();
    nn::Sequential<double> back(between, nn::parse_layers("deconv 2 " + std::string(kernel)));
    const nn::Shape end = back.architecture().output();
    const Index weights = forth.parameters().size() - 3;
    back.parameters().setZero();
    forth.parameters().tail(3).setZero();
    back.parameters().head(weights) = forth.parameters().head(weights);
    // What the stride leaves over at the lower right is 0.
    Batch<double> x = Batch<double>::Zero(1, 98);
    for (Index c = 0; c < 2; ++c)
      for (Index i = 0; i < std::min<Index>(end[1], 7); ++i)
        for (Index j = 0; j < std::min<Index>(end[2], 7); ++j)
          x(0, (c * 7 + i) * 7 + j) = std::sin(static_cast<double>(3 * c + 5 * i + 7 * j));
    const Batch<double> y = test::random_rows(1, math::element_count(between), 3);
    const Batch<double> painted = back.predict(y);
    double inner = 0;
    for (Index c = 0; c < 2; ++c)
      for (Index i = 0; i < std::min<Index>(end[1], 7); ++i)
        for (Index j = 0; j < std::min<Index>(end[2], 7); ++j)
          inner += x(0, (c * 7 + i) * 7 + j) * painted(0, (c * end[1] + i) * end[2] + j);
    CHECK(std::abs(forth.predict(x).cwiseProduct(y).sum() - inner) < 1e-12);
  }
}

TEST_CASE("conv, deconv: gradients do not depend on where numbers stand in memory", "[nn]") {
  // Eigen adds the numbers of a map from its first aligned one on.
  const auto bias_gradient = [](const auto& layer, const nn::Shape& input, std::size_t offset) {
    const nn::LayerPlan plan = layer.plan(input);
    const Index inputs = math::element_count(input), outputs = math::element_count(plan.output);
    const Batch<float> numbers = test::random_rows<float>(1, inputs + outputs, 1);
    std::vector<float> room(static_cast<std::size_t>(outputs) + offset), scratch;
    std::copy_n(numbers.data() + inputs, outputs, room.begin() + static_cast<Index>(offset));
    const nn::ConstRows<float> x(numbers.data(), 1, inputs), y(nullptr, 0, 0),
        y_gradient(room.data() + offset, 1, outputs);
    const Batch<float> parameters = Batch<float>::Ones(1, 10);
    std::vector<float> gradient(10);
    nn::Rows<float> unwanted(nullptr, 0, 0);
    layer.backward(nn::Site<float>{.input = &input,
                                   .parameters = parameters.data(),
                                   .gradient = gradient.data(),
                                   .scratch = &scratch},
                   x, y, y_gradient, unwanted);
    return gradient.back();
  };
  for (std::size_t offset = 1; offset < 16; ++offset) {
    INFO("offset " << offset);
    const nn::Conv conv{.filters = 1, .height = 3, .width = 3};
    CHECK(bias_gradient(conv, {1, 21, 19}, offset) == bias_gradient(conv, {1, 21, 19}, 0));
    const nn::Deconv deconv{.filters = 1, .height = 3, .width = 3};
    CHECK(bias_gradient(deconv, {1, 21, 19}, offset) == bias_gradient(deconv, {1, 21, 19}, 0));
  }
}

TEST_CASE("maxpool: a window of more elements than are told apart is refused", "[nn]") {
  CHECK_THROWS_WITH(nn::Architecture({1, 4098, 4098}, nn::parse_layers("maxpool 4097")),
                    ContainsSubstring("at most 4096, got 4097"));
}

TEST_CASE("layers: outputs beyond any memory are refused before they are counted in bytes",
          "[nn]") {
  CHECK_THROWS_WITH(
      nn::Architecture({1, 2, 2}, nn::parse_layers("deconv 262144 1x1 stride 524287")),
      ContainsSubstring("more than any memory holds"));
}
