#include <rapidcheck.h>

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/layers/dense.hpp"
#include "mathtool/nn/layers/relu.hpp"
#include "mathtool/nn/layers/tanh.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using nn::Batch;

static_assert(nn::Layer<nn::Dense, float> && nn::Layer<nn::Dense, double>);
static_assert(nn::Layer<nn::Relu, float> && nn::Layer<nn::Relu, double>);
static_assert(nn::Layer<nn::Tanh, float> && nn::Layer<nn::Tanh, double>);

namespace {

/// The loss Σ c ∘ f(θ, x) for fixed coefficients: its gradient with respect to y is c.
template <class L>
double loss(const L& layer, const Vec& parameters, const Batch<double>& x, const Batch<double>& c) {
  const nn::ConstSlice<double> slice(parameters.data(), parameters.size());
  return layer.forward(slice, x).cwiseProduct(c).sum();
}

/// Analytic gradients against central differences, in x and in the parameters.
template <class L>
void check_gradients(const L& layer, Index inputs, Index outputs) {
  const Index n = *rc::gen::inRange(1, 6);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  Batch<double> x = test::random_matrix(n, inputs, seed);
  const Batch<double> c = test::random_matrix(n, outputs, seed + 1);
  Vec parameters = test::random_matrix(layer.parameter_count(), 1, seed + 2);

  const nn::ConstSlice<double> slice(parameters.data(), parameters.size());
  Vec gradient = Vec::Zero(parameters.size());
  nn::Slice<double> gradient_slice(gradient.data(), gradient.size());
  const Batch<double> x_gradient =
      layer.backward(slice, x, layer.forward(slice, x), c, gradient_slice);

  constexpr double h = 1e-5;
  const auto difference = [&](double& entry) {
    const double kept = entry;
    entry = kept + h;
    const double above = loss(layer, parameters, x, c);
    entry = kept - h;
    const double below = loss(layer, parameters, x, c);
    entry = kept;
    return (above - below) / (2 * h);
  };
  for (Index i = 0; i < x.size(); ++i) {
    if (std::abs(x.data()[i]) < h) continue;  // at a kink there is no derivative
    RC_ASSERT(std::abs(difference(x.data()[i]) - x_gradient.data()[i]) < 1e-8);
  }
  for (Index i = 0; i < parameters.size(); ++i)
    RC_ASSERT(std::abs(difference(parameters[i]) - gradient[i]) < 1e-8);
}

}  // namespace

TEST_CASE("layers: gradients equal differences, for any shape", "[nn][law]") {
  CHECK(rc::check([] {
    const Index inputs = *rc::gen::inRange(1, 8), outputs = *rc::gen::inRange(1, 8);
    check_gradients(nn::Dense(inputs, outputs), inputs, outputs);
    check_gradients(nn::Relu(), inputs, inputs);
    check_gradients(nn::Tanh(), inputs, inputs);
  }));
}

TEST_CASE("dense: a map computed by hand", "[nn]") {
  const Vec parameters{{1, 2, 3, 4, 10, 20}};  // W = (1 2; 3 4), b = (10, 20)
  const nn::ConstSlice<double> slice(parameters.data(), 6);
  const Batch<double> x = (Batch<double>(1, 2) << 1, -1).finished();
  const Batch<double> y = nn::Dense(2, 2).forward(slice, x);
  CHECK(y(0, 0) == 8);   // 1 − 3 + 10
  CHECK(y(0, 1) == 18);  // 2 − 4 + 20
}

TEST_CASE("dense: shapes that do not fit are named", "[nn]") {
  const Vec parameters = Vec::Zero(6);
  const nn::ConstSlice<double> slice(parameters.data(), 6);
  CHECK_THROWS_WITH(nn::Dense(2, 2).forward(slice, Batch<double>(4, 3)),
                    ContainsSubstring("rows of 2, got 4 x 3"));
  CHECK_THROWS_AS(nn::Dense(0, 2), DomainError);
  CHECK_THROWS_WITH(nn::Dense(2, 3).forward(slice, Batch<double>(4, 2)),
                    ContainsSubstring("expected 9 parameters, got 6"));
}

TEST_CASE("relu: NaN does not become a number", "[nn]") {
  const nn::ConstSlice<double> none(nullptr, 0);
  const Batch<double> x = (Batch<double>(1, 3) << -1, 2, std::nan("")).finished();
  const Batch<double> y = nn::Relu().forward(none, x);
  CHECK(y(0, 0) == 0);
  CHECK(y(0, 1) == 2);
  CHECK(std::isnan(y(0, 2)));
}
