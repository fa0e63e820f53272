#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

// Layers where arithmetic by hand, or none, tells what must come out.

using namespace mathtool;
using nn::Batch;

namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

template <class T>
nn::Sequential<T> network_of(const math::Shape& input, const char* layers) {
  return {input, nn::parse_layers(layers)};
}

/// One number through an activation, and its derivative.
template <class T>
std::pair<T, T> at(const char* layer, T x) {
  nn::Sequential<T> network = network_of<T>({1}, layer);
  const Batch<T> one = Batch<T>::Ones(1, 1);
  const auto pass = test::network_pass<T>(network, one * x, one);
  return {pass.y(0, 0), pass.x_gradient(0, 0)};
}

/// The largest relative error of a float activation at numbers from low to high.
template <class Exact>
double worst_relative_error(const char* layer, const Exact& exact, float low, float high) {
  constexpr Index n = 4001;
  Batch<float> x(n, 1);
  for (Index i = 0; i < n; ++i) x(i, 0) = low + (high - low) * static_cast<float>(i) / (n - 1);
  const Batch<float> y = network_of<float>({1}, layer).predict(x);
  double worst = 0;
  for (Index i = 0; i < n; ++i) {
    const double expected = exact(static_cast<double>(x(i, 0)));
    if (expected != 0)
      worst = std::max(worst, std::abs(static_cast<double>(y(i, 0)) / expected - 1));
  }
  return worst;
}

}  // namespace

TEST_CASE("activations: floats are right to a few roundings, relative, far below 0 too", "[nn]") {
  const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  CHECK(worst_relative_error("sigmoid", sigmoid, -80, 20) < 2.5e-7);
  CHECK(worst_relative_error(
            "tanh", [](double x) { return std::tanh(x); }, -3, 3) < 2.5e-7);
  CHECK(worst_relative_error(
            "tanh", [](double x) { return std::tanh(x); }, -1e-3F, 1e-3F) < 2.5e-7);
  const auto elu = [](double x) { return x > 0 ? x : std::expm1(x); };
  CHECK(worst_relative_error("elu", elu, -30, 2) < 2.5e-7);
  CHECK(worst_relative_error("elu", elu, -1e-3F, 1e-3F) < 2.5e-7);
  const auto gelu = [](double x) { return x / 2 * std::erfc(-x / std::sqrt(2.0)); };
  CHECK(worst_relative_error("gelu", gelu, -12, 6) < 6e-7);
  CHECK(worst_relative_error("gelu", gelu, -1e-3F, 1e-3F) < 6e-7);
}

TEST_CASE("activations: values by hand", "[nn]") {
  CHECK(at<double>("relu", -2) == std::pair(0.0, 0.0));
  CHECK(at<double>("relu", 2) == std::pair(2.0, 1.0));
  CHECK(at<double>("relu", 0) == std::pair(0.0, 0.0));
  CHECK(at<double>("leaky_relu 0.25", -2) == std::pair(-0.5, 0.25));
  CHECK(at<double>("leaky_relu 0.25", 2) == std::pair(2.0, 1.0));
  CHECK(at<double>("elu 2", 3) == std::pair(3.0, 1.0));
  CHECK_NEAR(at<double>("elu 2", -1).first, 2 * std::expm1(-1), 1e-15);
  CHECK_NEAR(at<double>("elu 2", -1).second, 2 * std::exp(-1), 1e-15);
  CHECK(at<double>("sigmoid", 0) == std::pair(0.5, 0.25));
  CHECK(at<double>("tanh", 0) == std::pair(0.0, 1.0));
  CHECK(at<double>("gelu", 0) == std::pair(0.0, 0.5));
  // x Φ(x) with Φ(1) = 0.84134474606854292578, φ(1) = 0.24197072451914336758 (mpmath, ncdf, npdf).
  CHECK_NEAR(at<double>("gelu", 1).first, 0.84134474606854292578, 2e-16);
  CHECK_NEAR(at<double>("gelu", 1).second, 1.08331547058768629336, 3e-16);
  // −10 Φ(−10), where 1 + erf has no digit left (mpmath: -10*ncdf(-10)).
  CHECK_NEAR(at<double>("gelu", -10).first, -7.6198530241605260660e-23, 1e-36);
  CHECK_NEAR(at<float>("gelu", -10).first, -7.6198530241605260660e-23, 4e-29);
}

TEST_CASE("activations: at infinity they are at their limits", "[nn]") {
  CHECK(at<float>("sigmoid", infinite) == std::pair(1.0F, 0.0F));
  CHECK(at<float>("sigmoid", -infinite) == std::pair(0.0F, 0.0F));
  CHECK(at<float>("tanh", infinite) == std::pair(1.0F, 0.0F));
  CHECK(at<float>("tanh", -infinite) == std::pair(-1.0F, 0.0F));
  CHECK(at<float>("elu", -infinite) == std::pair(-1.0F, 0.0F));
  CHECK(at<float>("gelu", infinite) == std::pair(infinite, 1.0F));
  CHECK(at<float>("gelu", -infinite) == std::pair(0.0F, 0.0F));
  CHECK(at<double>("gelu", -infinity) == std::pair(0.0, 0.0));
  CHECK(at<float>("relu", infinite) == std::pair(infinite, 1.0F));
  CHECK(at<float>("relu", -infinite) == std::pair(0.0F, 0.0F));
}

TEST_CASE("softmax: large logits do not overflow, an excluded class has probability 0", "[nn]") {
  const Batch<float> x =
      (Batch<float>(4, 3) << 1e4F, 0, -1e4F, 1e4F, 1e4F, 1e4F, -infinite, 0, 0, infinite, 0, 0)
          .finished();
  const Batch<float> y = network_of<float>({3}, "softmax").predict(x);
  CHECK(y.row(0) == Eigen::RowVector3f(1, 0, 0));
  CHECK(y.row(1) == Eigen::RowVector3f::Constant(1.0F / 3));
  CHECK(y.row(2) == Eigen::RowVector3f(0, 0.5F, 0.5F));
  CHECK(y.row(3).array().isNaN().all());
}

TEST_CASE("batchnorm: two rows by hand", "[nn]") {
  // Of 1 and 5: mean 3, variance 4 by N and 8 by N − 1.
  nn::Sequential<double> network = network_of<double>({1}, "batchnorm epsilon 1e-300");
  network.parameters() << 3, 10;
  const Batch<double> x = (Batch<double>(2, 1) << 1, 5).finished();
  const auto pass = test::network_pass<double>(
      network, x, Batch<double>((Batch<double>(2, 1) << 1, 3).finished()));
  CHECK(pass.y(0, 0) == 7);      // 10 − 3
  CHECK(pass.y(1, 0) == 13);     // 10 + 3
  CHECK(pass.gradient[0] == 2);  // −1 + 3
  CHECK(pass.gradient[1] == 4);
  CHECK_NEAR(pass.x_gradient.norm(), 0, 1e-15);  // of two rows, whatever they are
  CHECK_NEAR(network.buffers()[0], 0.3, 1e-16);
  CHECK_NEAR(network.buffers()[1], 0.9 + 0.8, 1e-15);
}

TEST_CASE("batchnorm: a large mean loses no digits of the spread", "[nn]") {
  nn::Sequential<double> network = network_of<double>({1}, "batchnorm epsilon 1e-12");
  const Batch<double> x = (Batch<double>(4, 1) << 1e8, 1e8 + 1, 1e8 + 2, 1e8 + 3).finished();
  const Batch<double> y = test::network_pass<double>(network, x, Batch<double>::Ones(4, 1)).y;
  CHECK_NEAR(y(3, 0), 1.5 / std::sqrt(1.25), 1e-11);  // mean 1.5, variance 1.25
}

TEST_CASE("batchnorm: one observation has no spread, so running figures stand for it", "[nn]") {
  nn::Sequential<float> network = network_of<float>({3}, "dense 3, batchnorm");
  network.buffers() << 1, 2, 3, 4, 5, 6;
  const nn::Parameters<float> before = network.buffers();
  const Batch<float> x = Batch<float>::Ones(1, 3);
  CHECK(test::network_pass<float>(network, x, x).y == network.predict(x));
  CHECK(network.buffers() == before);
}

TEST_CASE("dropout: leaves out as many as it says, and makes up for them", "[nn]") {
  constexpr Index n = 400, d = 51;
  for (const double rate : {0.1, 0.5, 0.9}) {
    nn::Sequential<float> network({d}, {nn::Dropout{rate}});
    const Batch<float> x = Batch<float>::Ones(n, d);
    const auto pass = test::network_pass<float>(network, x, x, {.seed = 5, .step = 2});
    const double dropped =
        static_cast<double>((pass.y.array() == 0).count()) / static_cast<double>(n * d);
    CHECK_NEAR(dropped, rate, test::monte_carlo(6, std::sqrt(rate * (1 - rate) / (n * d))));
    const auto kept = static_cast<float>(1 / (1 - rate));
    CHECK(((pass.y.array() == 0) || (pass.y.array() == kept)).all());
    CHECK(pass.y == pass.x_gradient);  // the same elements
    CHECK(network.predict(x) == x);
    // Neighbours, rows, steps, seeds and layers are independent: as often equal as chance says.
    const auto equal = [&](const Batch<float>& other) {
      return static_cast<double>((pass.y.array() == other.array()).count()) /
             static_cast<double>(other.size());
    };
    const double chance = rate * rate + (1 - rate) * (1 - rate);
    const double allowed = test::monte_carlo(6, std::sqrt(chance * (1 - chance) / (n * d)));
    CHECK_NEAR(equal(test::network_pass<float>(network, x, x, {.seed = 5, .step = 3}).y), chance,
               allowed);
    CHECK_NEAR(equal(test::network_pass<float>(network, x, x, {.seed = 6, .step = 2}).y), chance,
               allowed);
    Batch<float> shifted = pass.y;
    shifted.topRows(n - 1) = pass.y.bottomRows(n - 1);
    shifted.row(n - 1) = pass.y.row(0);
    CHECK_NEAR(equal(shifted), chance, allowed);
  }
}

TEST_CASE("dropout: what a row loses depends on its number alone, not on its part of the batch",
          "[nn]") {
  const nn::Dropout dropout{0.3};
  for (const Index d : {1, 2, 7, 1024, 1025, 3000}) {
    const math::Shape shape = {d};
    const auto drop = [&](Index first, Index rows) {
      const Batch<float> x = Batch<float>::Ones(rows, d);
      Batch<float> y(rows, d);
      nn::Rows<float> out(y.data(), rows, d);
      const nn::Site<float> site{.input = &shape,
                                 .mode = nn::Mode::training,
                                 .draws = {.seed = 1, .step = 2, .layer = 3, .first_row = first}};
      dropout.forward(site, nn::ConstRows<float>(x.data(), rows, d), out);
      return y;
    };
    const Batch<float> all = drop(0, 9);
    CHECK(drop(0, 4) == all.topRows(4));
    CHECK(drop(4, 5) == all.bottomRows(5));
    CHECK(drop(8, 1) == all.bottomRows(1));
  }
}

TEST_CASE("layers: settings out of range are named", "[nn]") {
  const auto plan = [](const nn::Layer& layer) { return nn::Architecture({3}, {layer}); };
  CHECK_THROWS_WITH(plan(nn::Dropout{1}), ContainsSubstring("rate must be in [0, 1), got 1"));
  CHECK_THROWS_WITH(plan(nn::Dropout{not_a_number}), ContainsSubstring("got nan"));
  CHECK_THROWS_WITH(plan(nn::LeakyRelu{-1}), ContainsSubstring("slope must be in [0, 1), got -1"));
  CHECK_THROWS_WITH(plan(nn::Elu{0}), ContainsSubstring("alpha must be > 0, got 0"));
  CHECK_THROWS_WITH(plan(nn::BatchNorm{.momentum = 0}), ContainsSubstring("momentum"));
  CHECK_THROWS_WITH(plan(nn::BatchNorm{.epsilon = 0}), ContainsSubstring("epsilon"));
  CHECK_THROWS_AS(plan(nn::Dropout{1}), DomainError);
  CHECK_THROWS_WITH(nn::Architecture({2, 3}, {nn::BatchNorm()}),
                    ContainsSubstring("expects (features), (channels, height, width) or"));
  CHECK_THROWS_AS(nn::Architecture({2, 3}, {nn::BatchNorm()}), DimensionError);
  CHECK_THROWS_AS(nn::Architecture({}, {nn::Softmax()}), DimensionError);
}
