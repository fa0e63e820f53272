#include "mathtool/nn/gradient_norms.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// The first layer's state weights times a factor; they begin orthogonal.
nn::Sequential<double> with_state_weights(const char* layers, double factor) {
  nn::Sequential<double> network({20, 3}, nn::parse_layers(layers), 4);
  for (const nn::PlacedArray& array : network.architecture().parameter_arrays())
    if (array.name == "0.state_weight")
      network.parameters().segment(array.begin, array.size) *= factor;
  return network;
}

double first_over_last(const nn::Sequential<double>& network) {
  const Vec norms = nn::gradient_norms_over_time<double>(network, nn::SquaredError{},
                                                         test::random_rows(30, 60, 1) * 0.05,
                                                         test::random_rows(30, 1, 2))
                        .front()
                        .norms;
  return norms[0] / norms[norms.size() - 1];
}

}  // namespace

TEST_CASE("gradient norms: of a simple recurrent unit as by hand", "[nn]") {
  // hₜ = tanh(w xₜ + u hₜ₋₁ + b), L = Σ (h₄ − y)² / n
  constexpr double w = 0.7, u = -1.3, b = 0.2;
  constexpr Index n = 700, steps = 4;  // enough to be cut into shards
  nn::Sequential<double> network({steps, 1}, nn::parse_layers("rnn 1"));
  network.parameters() << w, u, b;
  const nn::Batch<double> x = test::random_rows(n, steps, 1), y = test::random_rows(n, 1, 2);
  Vec squares = Vec::Zero(steps);
  for (Index i = 0; i < n; ++i) {
    Vec h(steps);
    for (Index t = 0; t < steps; ++t)
      h[t] = std::tanh(w * x(i, t) + (t > 0 ? u * h[t - 1] : 0.0) + b);
    double gradient = 2 * (h[steps - 1] - y(i, 0)) / n;
    for (Index t = steps; t-- > 0;) {
      squares[t] += gradient * gradient;
      gradient *= u * (1 - h[t] * h[t]);
    }
  }
  const auto found = nn::gradient_norms_over_time<double>(network, nn::SquaredError{}, x, y);
  REQUIRE(found.size() == 1);
  CHECK(found[0].layer == "layer 1 (rnn 1)");
  REQUIRE(found[0].norms.size() == steps);
  for (Index t = 0; t < steps; ++t)
    CHECK_NEAR(found[0].norms[t], std::sqrt(squares[t]),
               test::relative(1e-13, std::sqrt(squares[t])));
}

TEST_CASE("gradient norms: the loss at the last step is that of a network that gives it alone",
          "[nn]") {
  const nn::Sequential<double> all({6, 2}, nn::parse_layers("lstm 4 all, gru 5 all, dense 3"), 2);
  const nn::Sequential<double> last({6, 2}, nn::parse_layers("lstm 4 all, gru 5, dense 3"), 2);
  REQUIRE(all.parameters() == last.parameters());
  const nn::Batch<double> x = test::random_rows(8, 12, 1);
  const nn::Batch<double> classes =
      (test::random_rows(8, 6, 2).array() * 0.7 + 1.5).floor().cwiseMax(0).cwiseMin(2);
  const auto a = nn::gradient_norms_over_time<double>(all, nn::CrossEntropy{}, x, classes);
  const auto b =
      nn::gradient_norms_over_time<double>(last, nn::CrossEntropy{}, x, classes.rightCols(1));
  REQUIRE(a.size() == 2);
  // The mean is over six times as many targets.
  for (std::size_t k = 0; k < 2; ++k) CHECK((6 * a[k].norms - b[k].norms).norm() < 1e-13);
  const auto every = nn::gradient_norms_over_time<double>(all, nn::CrossEntropy{}, x, classes,
                                                          nn::LossOver::all_steps);
  // The state at the last step meets its own loss alone.
  CHECK_NEAR(every[1].norms[5], a[1].norms[5], 1e-14);
  CHECK(every[1].norms[0] > a[1].norms[0]);
}

TEST_CASE("gradient norms: vanish with small state weights, explode with large ones", "[nn]") {
  // At each step about the factor of the weights, as tanh is nearly straight around 0.
  CHECK(first_over_last(with_state_weights("rnn 16, dense 1", 0.5)) < std::pow(0.55, 19));
  CHECK(first_over_last(with_state_weights("rnn 16, dense 1", 1.2)) > 3);
  // A memory cell hands its gradient on with a factor of about σ(1) = 0.73 however small they are.
  CHECK(first_over_last(with_state_weights("lstm 16, dense 1", 0.5)) >
        100 * first_over_last(with_state_weights("rnn 16, dense 1", 0.5)));
}

TEST_CASE("gradient norms: need a recurrent layer and data that fit", "[nn]") {
  const nn::Sequential<double> dense({4}, nn::parse_layers("dense 1"));
  const nn::Batch<double> x = test::random_rows(3, 4, 1), y = test::random_rows(3, 1, 2);
  CHECK_THROWS_AS(nn::gradient_norms_over_time<double>(dense, nn::SquaredError{}, x, y),
                  DomainError);
  CHECK_THROWS_AS(nn::gradient_norms_over_time<double>(dense, nn::SquaredError{}, x.leftCols(3), y),
                  DimensionError);
}
