#include "mathtool/nn/feature_maps.hpp"

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using nn::Batch;

TEST_CASE("feature maps: a convolution before and behind its activation, by hand", "[nn][images]") {
  nn::Sequential<> network({1, 2, 3}, nn::parse_layers("conv 2 1x2 relu, flatten, dense 1"));
  network.parameters().head(6) << 1, -1, 2, 0, 0.5F, 0;  // two kernels, two biases
  const Batch<float> image = (Batch<float>(1, 6) << 1, 3, 4, 0, 0, 7).finished();

  const nn::Sequential<> maps = nn::network_up_to(network, 0);
  CHECK(maps.architecture().output() == math::Shape{2, 2, 2});
  CHECK(maps.predict(image) ==
        (Batch<float>(1, 8) << -1.5F, -0.5F, 0.5F, -6.5F, 2, 6, 0, 0).finished());
  CHECK(nn::network_up_to(network, 1).predict(image) ==
        (Batch<float>(1, 8) << 0, 0, 0.5F, 0, 2, 6, 0, 0).finished());
  CHECK(nn::network_up_to(network, 3).predict(image) == network.predict(image));
}

TEST_CASE("feature maps: running means and residuals come along", "[nn][images]") {
  nn::Sequential<> network({2, 3, 3},
                           nn::parse_layers("batchnorm, residual(conv 2 3x3 pad same tanh, "
                                            "batchnorm), flatten, dense 2"),
                           4);
  network.buffers() << 1, 2, 3, 4, 5, 6, 7, 8;
  const nn::Sequential<> maps = nn::network_up_to(network, 1);
  CHECK(maps.buffers().size() == 8);
  const Batch<float> x = Batch<float>::Ones(3, 18);
  nn::Sequential<> rest({2, 3, 3}, nn::parse_layers("flatten, dense 2"));
  rest.parameters() = network.parameters().tail(rest.parameters().size());
  CHECK(rest.predict(maps.predict(x)) == network.predict(x));
}

TEST_CASE("feature maps: of a layer that there is not", "[nn][images]") {
  const nn::Sequential<> network({2}, nn::parse_layers("dense 2"));
  CHECK_THROWS_AS(nn::network_up_to(network, 1), DomainError);
  CHECK_THROWS_AS(nn::network_up_to(network, -1), DomainError);
}
