#include "mathtool/nn/filters.hpp"

#include <numeric>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;

TEST_CASE("filters: the kernels of a convolution, in their order", "[nn][images]") {
  nn::Sequential<> network({4, 5, 5}, nn::parse_layers("conv 3 1x1, relu, conv 2 2x3, flatten"));
  std::iota(network.parameters().begin(), network.parameters().end(), 0.0F);
  // 3 × 4 weights and 3 biases come before.
  const nn::Filters filters = nn::filters_of(network, 2);
  CHECK(filters.filters == 2);
  CHECK(filters.channels == 3);
  CHECK(filters.height == 2);
  CHECK(filters.width == 3);
  CHECK(filters.kernel(0, 0) == (nn::Batch<float>(2, 3) << 15, 16, 17, 18, 19, 20).finished());
  CHECK(filters.kernel(1, 2)(1, 2) == 15 + 35);
  CHECK(filters.bias == Eigen::Vector2f(51, 52));
}

TEST_CASE("filters: of a group they see the channels of the group alone", "[nn][images]") {
  const nn::Sequential<> network({4, 3, 3}, nn::parse_layers("conv 4 3x3 groups 2"));
  CHECK(nn::filters_of(network, 0).channels == 2);
}

TEST_CASE("filters: what is no convolution is refused, and those there are named", "[nn][images]") {
  const nn::Sequential<> network({1, 9, 9}, nn::parse_layers("conv 3 5x5 relu, flatten, dense 2"));
  CHECK_THROWS_AS(nn::filters_of(network, 1), DomainError);
  CHECK_THROWS_WITH(nn::filters_of(network, 3),
                    "layer 4 (dense 2) is no convolution; there is 1 (conv 3 5x5)");
  CHECK_THROWS_WITH(nn::filters_of(network, 4),
                    "layer 5 of 4 is no convolution; there is 1 (conv 3 5x5)");
  CHECK_THROWS_AS(nn::filters_of(network, -1), DomainError);
  const nn::Sequential<> dense({2}, nn::parse_layers("dense 2"));
  CHECK_THROWS_WITH(nn::filters_of(dense, 0),
                    "layer 1 (dense 2) is no convolution; the network has none");
}
