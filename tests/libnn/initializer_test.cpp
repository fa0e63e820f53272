#include "mathtool/nn/initializer.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/sequential.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using nn::Initializer;
using Kind = nn::InitializerKind;

namespace {

template <class T = double>
std::vector<T> drawn(const Initializer& initializer, const nn::Fan& fan, std::uint64_t seed = 1,
                     std::uint64_t stream = 0) {
  std::vector<T> weights(static_cast<std::size_t>(fan.in * fan.out));
  nn::initialize<T>(initializer, fan, fan.in, seed, stream, weights);
  return weights;
}

/// rows × columns weights as a matrix.
RowMat matrix(const Initializer& initializer, Index rows, Index columns) {
  return Eigen::Map<const RowMat>(drawn(initializer, {rows, columns}).data(), rows, columns);
}

}  // namespace

TEST_CASE("initialisers: mean, variance and bounds are those of their definitions", "[nn]") {
  const nn::Fan fan{300, 100};
  struct Case {
    Initializer initializer;
    double variance;
    bool uniform;
  };
  // Glorot & Bengio (2010), eq. 12 and 16; He et al. (2015), eq. 10.
  const std::vector<Case> cases = {
      {{Kind::normal, 0.5}, 0.25, false},        {{Kind::uniform, 0.6}, 0.36 / 3, true},
      {{Kind::xavier_normal}, 2.0 / 400, false}, {{Kind::xavier_uniform}, 2.0 / 400, true},
      {{Kind::he_normal}, 2.0 / 300, false},     {{Kind::he_uniform, 3}, 9 * 2.0 / 300, true}};
  for (const Case& one : cases) {
    INFO(nn::to_string(one.initializer));
    const std::vector<double> weights = drawn(one.initializer, fan);
    const Eigen::Map<const Vec> w(weights.data(), std::ssize(weights));
    const auto n = static_cast<double>(w.size());
    const double sd = std::sqrt(one.variance);
    CHECK_NEAR(w.mean(), 0, test::monte_carlo(6, sd / std::sqrt(n)));
    // The kurtosis is 3, of a uniform distribution 1.8.
    const double spread = one.variance * std::sqrt((one.uniform ? 0.8 : 2.0) / n);
    CHECK_NEAR(w.squaredNorm() / n, one.variance, test::monte_carlo(6, spread));
    const double bound = std::sqrt(3.0) * sd;
    CHECK(w.cwiseAbs().maxCoeff() > 0.999 * bound);
    if (one.uniform) CHECK(w.cwiseAbs().maxCoeff() <= bound);
  }
}

TEST_CASE("initialisers: orthogonal ones keep lengths, wide or tall", "[nn]") {
  const RowMat tall = matrix({Kind::orthogonal, 1.5}, 20, 7);
  CHECK(test::largest_difference(tall.transpose() * tall, 2.25 * Mat::Identity(7, 7)) < 1e-14);
  const RowMat wide = matrix({Kind::orthogonal}, 7, 20);
  CHECK(test::largest_difference(wide * wide.transpose(), Mat::Identity(7, 7)) < 1e-14);
  const RowMat square = matrix({Kind::orthogonal}, 5, 5);
  CHECK(test::largest_difference(square * square.transpose(), Mat::Identity(5, 5)) < 1e-14);
  // Signs are not those of Householder's reflections: of one number, as often −1 as 1.
  int positive = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed)
    positive += drawn({Kind::orthogonal}, {1, 1}, seed)[0] > 0;
  CHECK_NEAR(positive, 200, test::monte_carlo(6, 10));
}

TEST_CASE("initialisers: orthogonal kernels are so filter by filter", "[nn]") {
  for (const char* layer : {"conv 4 3x3 init orthogonal", "conv 40 2x2 init orthogonal",
                            "deconv 4 3x3 init orthogonal", "dense 30 init orthogonal"}) {
    INFO(layer);
    const nn::Sequential<double> network({3, 5, 5}, nn::parse_layers(layer), 6);
    const nn::PlacedArray& array = network.architecture().parameter_arrays()[0];
    const Index rows = array.shape[0];
    const RowMat w = Eigen::Map<const RowMat>(network.parameters().data() + array.begin, rows,
                                              array.size / rows);
    const bool wide = w.rows() <= w.cols();
    const Mat gram = wide ? Mat(w * w.transpose()) : Mat(w.transpose() * w);
    CHECK(test::largest_difference(gram, Mat::Identity(gram.rows(), gram.cols())) < 1e-14);
  }
}

TEST_CASE("initialisers: float has the numbers of double, rounded once", "[nn]") {
  for (int kind = 1; kind < 9; ++kind) {
    const Initializer initializer{static_cast<Kind>(kind), 0.7};
    INFO(nn::to_string(initializer));
    const std::vector<double> twice = drawn<double>(initializer, {30, 20}, 9, 4);
    const std::vector<float> single = drawn<float>(initializer, {30, 20}, 9, 4);
    for (std::size_t i = 0; i < twice.size(); ++i)
      REQUIRE(single[i] == static_cast<float>(twice[i]));
    CHECK(drawn<double>(initializer, {30, 20}, 9, 4) == twice);
    if (initializer.kind == Kind::constant) continue;
    CHECK(drawn<double>(initializer, {30, 20}, 9, 5) != twice);
    CHECK(drawn<double>(initializer, {30, 20}, 8, 4) != twice);
  }
}

TEST_CASE("initialisers: what they cannot do is named", "[nn]") {
  CHECK(drawn({Kind::constant, -0.5}, {2, 2}) == std::vector<double>(4, -0.5));
  CHECK(drawn({Kind::constant, 0}, {2, 2}) == std::vector<double>(4, 0));
  CHECK_THROWS_AS(drawn({Kind::automatic}, {2, 2}), DomainError);
  for (const double scale : {0.0, -1.0, infinity, not_a_number})
    CHECK_THROWS_AS(drawn({Kind::he_normal, scale}, {2, 2}), DomainError);
  CHECK_THROWS_AS(drawn({Kind::constant, infinity}, {2, 2}), DomainError);
  CHECK_THROWS_AS(drawn({Kind::normal}, {0, 2}), DomainError);
  std::vector<double> seven(7);
  CHECK_THROWS_AS(nn::initialize<double>({Kind::orthogonal}, {2, 3}, 2, 0, 0, seven),
                  DimensionError);
}

TEST_CASE("initialisers: as people write them", "[nn]") {
  CHECK(nn::parse_initializer("he_normal") == Initializer{Kind::he_normal, 1});
  CHECK(nn::parse_initializer("normal:0.2") == Initializer{Kind::normal, 0.2});
  CHECK(nn::parse_initializer("constant:0") == Initializer{Kind::constant, 0});
  for (const char* text : {"", "he", "normal:", "normal:0", "normal:-1", "normal:nan",
                           "normal:1e999", "normal:1x", "normal: 1", ":1"}) {
    INFO(text);
    CHECK_THROWS_AS(nn::parse_initializer(text), DataError);
  }
  CHECK_THROWS_WITH(nn::parse_initializer("he_norml"), ContainsSubstring("mean 'he_normal'?"));
  CHECK_THROWS_WITH(nn::parse_initializer("gauss"),
                    ContainsSubstring("automatic, constant, normal"));
}
