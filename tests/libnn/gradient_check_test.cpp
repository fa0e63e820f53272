#include "mathtool/nn/gradient_check.hpp"

#include <atomic>
#include <cmath>
#include <limits>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using nn::Batch;

namespace {

const nn::Loss classes = nn::CrossEntropy{};

Batch<double> some_classes(Index n, Index k) {
  Batch<double> t(n, 1);
  for (Index i = 0; i < n; ++i) t(i, 0) = static_cast<double>(i * 7 % k);
  return t;
}

}  // namespace

TEST_CASE("slope_by_differences: to nine digits where there is a slope, nothing at a kink",
          "[nn]") {
  const auto slope = [](auto f, double x) { return nn::slope_by_differences(f, x, 1e-8); };
  CHECK_NEAR(slope([](double x) { return std::sin(x); }, 1).value(), std::cos(1.0), 1e-11);
  CHECK_NEAR(slope([](double x) { return std::exp(100 * x); }, 0).value(), 100, 1e-8);
  CHECK(slope([](double) { return 3.0; }, 1).value() == 0);
  CHECK(!slope([](double x) { return std::abs(x); }, 0));
  CHECK(!slope([](double x) { return std::max(x, 0.0); }, 0));
  CHECK(!slope([](double x) { return std::max(x, 0.0) + std::sin(x); }, 0));
  CHECK(!slope([](double x) { return std::sqrt(x); }, 0));
  CHECK(!slope([](double x) { return std::floor(x); }, 1));
  // Steps that reach over a kink nearby are not believed.
  for (const double distance : {1e-2, 1e-3, 1e-4, 1e-5}) {
    const auto found = slope([&](double x) { return std::abs(x) + x; }, distance);
    if (found) CHECK_NEAR(*found, 2, 1e-8);
    CHECK((found || distance < 5e-5));
  }
  // Differences as coarse as the roundings of f agree by chance and are not believed.
  const auto f = [](double x) { return 2.77 + 1e-4 * std::sin(300 * x); };
  for (double x = 0; x < 1; x += 0.01) {
    const auto found = nn::slope_by_differences(f, x, 1e-11);
    if (found) CHECK_NEAR(*found, 0.03 * std::cos(300 * x), 2e-11);
  }
}

TEST_CASE("check_gradients: networks of all layers agree, array by array", "[nn]") {
  const nn::Sequential<double> network(
      {2, 4, 4},
      nn::parse_layers("batchnorm, flatten, dense 9 gelu, batchnorm elu, dropout 0.3, "
                       "residual(dense 9 tanh, residual(dense 9 sigmoid)), dense 5"),
      4);
  const Batch<double> x = test::random_rows(7, 32, 1);
  const nn::GradientCheck check =
      nn::check_gradients(network, classes, x, some_classes(7, 5), {.entries = 6, .seed = 3});
  INFO(check.reason);
  CHECK(check.status == Status::converged);
  CHECK(check.worst_error < 1e-8);
  const std::vector<nn::PlacedArray>& arrays = network.architecture().parameter_arrays();
  REQUIRE(check.rows.size() == arrays.size() + 1);
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    INFO(arrays[i].name);
    CHECK(check.rows[i].name == arrays[i].name);
    CHECK(check.rows[i].entries + check.rows[i].skipped == std::min<Index>(6, arrays[i].size));
    CHECK(check.rows[i].entries > 0);
  }
  CHECK(check.rows[0].layer == "layer 1 (batchnorm)");
  CHECK(check.rows.back().name == "input");
  CHECK(check.rows.back().entries == 6);
  nn::Parameters<double> gradient;
  CHECK_NEAR(
      check.loss,
      nn::loss_and_gradient<double>(network, classes, x, some_classes(7, 5), gradient, {.seed = 3}),
      1e-15);
}

TEST_CASE("check_gradients: symbols have no slope and are left alone", "[nn]") {
  const nn::Sequential<double> network(
      {6}, nn::parse_layers("embedding 4 vocabulary 9, gru 5, dense 3"), 2);
  CHECK(network.architecture().symbols() == 9);
  Batch<double> x(5, 6);
  for (Index i = 0; i < x.size(); ++i) x.data()[i] = static_cast<double>(i * 5 % 9);
  const nn::GradientCheck check = nn::check_gradients(network, classes, x, some_classes(5, 3));
  INFO(check.reason);
  CHECK(check.status == Status::converged);
  CHECK(check.worst_error < 1e-8);
  CHECK(check.rows.size() == network.architecture().parameter_arrays().size());
}

TEST_CASE("check_gradients: entries at a kink are passed over, those beside it are not", "[nn]") {
  nn::Sequential<double> network({2}, nn::parse_layers("dense 2 relu, dense 1"));
  network.parameters().setOnes();
  network.parameters()[5] = -2;  // the second unit is 0 for x = (1, 1): at its kink
  const Batch<double> x = Batch<double>::Ones(1, 2);
  const nn::GradientCheck check =
      nn::check_gradients(network, nn::SquaredError{}, x, Batch<double>::Zero(1, 1));
  INFO(check.reason);
  CHECK(check.status == Status::converged);
  REQUIRE(check.rows.size() == 5);
  CHECK(check.rows[0].entries == 2);  // of four weights
  CHECK(check.rows[0].skipped == 2);
  CHECK(check.rows[1].entries == 1);  // of two biases
  CHECK(check.rows[1].skipped == 1);
  CHECK(check.rows[2].entries == 2);
  CHECK(check.rows[4].skipped == 2);
}

TEST_CASE("check_gradients: a gradient that is not that of the function is found", "[nn]") {
  // x + 1e17 is 1e17 in double, whatever x within ±1: the function is constant, its formula is not.
  nn::Sequential<double> network({1}, nn::parse_layers("dense 1, dense 1"));
  network.parameters() << 1, 1e17, 1, -1e17;
  const nn::GradientCheck check = nn::check_gradients(
      network, nn::SquaredError{}, Batch<double>::Ones(1, 1), -Batch<double>::Ones(1, 1));
  CHECK(check.status == Status::suspicious);
  REQUIRE(check.rows.size() == 5);
  CHECK(check.rows[0].worst_error == 1);
  CHECK(check.rows[0].given == 2);  // 2 (0 − (−1))
  CHECK(check.rows[0].by_differences == 0);
  CHECK(check.worst_error == 1);
  CHECK(check.reason == "0.weight, entry 0: the gradient is 2, differences give 0");
}

TEST_CASE("check_gradients: what is not finite is said", "[nn]") {
  nn::Sequential<double> network({2}, nn::parse_layers("dense 2 relu, dense 1"));
  const Batch<double> x = Batch<double>::Ones(1, 2), t = Batch<double>::Zero(1, 1);
  network.parameters()[0] = not_a_number;
  CHECK(nn::check_gradients(network, nn::SquaredError{}, x, t).status == Status::not_finite);
  network.parameters().setConstant(1e200);
  const nn::GradientCheck check = nn::check_gradients(network, nn::SquaredError{}, x, t);
  CHECK(check.status == Status::not_finite);
  CHECK_THAT(check.reason, ContainsSubstring("the loss is inf"));
}

TEST_CASE("check_gradients: shapes, settings and stops", "[nn]") {
  const nn::Sequential<double> network({2}, nn::parse_layers("dense 3"));
  const Batch<double> x = Batch<double>::Ones(4, 2), t = some_classes(4, 3);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, Batch<double>::Ones(4, 3), t),
                  DimensionError);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, x, some_classes(3, 3)), DimensionError);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, Batch<double>(0, 2), Batch<double>(0, 1)),
                  DimensionError);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, x, t, {.entries = 0}), DomainError);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, x, t, {.tolerance = 0}), DomainError);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, x, Batch<double>::Constant(4, 1, 3)),
                  DomainError);
  CHECK_THROWS_AS(nn::check_gradients(network, classes, x, Batch<double>::Constant(4, 1, -1)),
                  DomainError);
  const std::atomic<bool> stop = true;
  CHECK_THROWS_AS(nn::check_gradients(network, classes, x, t, {}, {.stop = StopToken(stop)}),
                  Stopped);
}
