#include "support/problems/classical_problems.hpp"

#include <cmath>
#include <stdexcept>

#include "mathtool/math/autodiff/gradient.hpp"

namespace mathtool::test {
namespace {

/// A formula for any kind of number, with its exact gradient.
template <class F>
std::function<double(const Vec&, Vec&)> with_gradient(F f) {
  return [f](const Vec& x, Vec& gradient) {
    math::Tape<> tape;
    gradient.resize(x.size());
    return math::value_and_gradient(f, x, gradient, tape);
  };
}

template <class S>
S square(const S& x) {
  return x * x;
}

std::vector<Problem> make_problems() {
  std::vector<Problem> all;
  all.push_back({.name = "rosenbrock",  // number 1
                 .start = Vec{{-1.2, 1}},
                 .minimisers = {Vec{{1, 1}}},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(100 * square(S(x[1] - x[0] * x[0])) + square(S(1 - x[0])));
                 })});
  all.push_back({.name = "freudenstein-roth",  // number 2; another minimum, 48.98..., is local
                 .start = Vec{{4.5, 3.5}},
                 .minimisers = {Vec{{5, 4}}},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   const S a = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1];
                   const S b = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1];
                   return S(a * a + b * b);
                 })});
  all.push_back({.name = "beale",  // number 5
                 .start = Vec{{1, 1}},
                 .minimisers = {Vec{{3, 0.5}}},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   S sum = 0, power = 1;
                   for (const double y : {1.5, 2.25, 2.625}) {
                     power = power * x[1];
                     sum = sum + square(S(y - x[0] * (1 - power)));
                   }
                   return sum;
                 })});
  all.push_back({.name = "helical valley",  // number 7, on the branch x₁ > 0 by atan2
                 .start = Vec{{-1, 0, 0}},
                 .minimisers = {Vec{{1, 0, 0}}},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   using std::atan2, std::sqrt;
                   const S turn = atan2(x[1], x[0]) / (2 * std::acos(-1.0));
                   const S radius = sqrt(S(x[0] * x[0] + x[1] * x[1]));
                   return S(100 * (square(S(x[2] - 10 * turn)) + square(S(radius - 1))) +
                            x[2] * x[2]);
                 })});
  all.push_back({.name = "powell singular",  // number 13: the Hessian at the minimum is singular
                 .start = Vec{{3, -1, 0, 1}},
                 .minimisers = {Vec::Zero(4)},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(square(S(x[0] + 10 * x[1])) + 5 * square(S(x[2] - x[3])) +
                            square(square(S(x[1] - 2 * x[2]))) +
                            10 * square(square(S(x[0] - x[3]))));
                 })});
  all.push_back({.name = "wood",  // number 14
                 .start = Vec{{-3, -1, -3, -1}},
                 .minimisers = {Vec::Ones(4)},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(100 * square(S(x[1] - x[0] * x[0])) + square(S(1 - x[0])) +
                            90 * square(S(x[3] - x[2] * x[2])) + square(S(1 - x[2])) +
                            10 * square(S(x[1] + x[3] - 2)) + square(S(x[1] - x[3])) / 10);
                 })});
  all.push_back({.name = "booth",
                 .start = Vec{{0, 0}},
                 .minimisers = {Vec{{1, 3}}},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(square(S(x[0] + 2 * x[1] - 7)) + square(S(2 * x[0] + x[1] - 5)));
                 })});
  all.push_back({.name = "himmelblau",
                 .start = Vec{{0, 0}},
                 .minimisers = {Vec{{3, 2}}, Vec{{-2.805118086952745, 3.131312518250573}},
                                Vec{{-3.779310253377747, -3.283185991286170}},
                                Vec{{3.584428340330492, -1.848126526964404}}},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   return S(square(S(x[0] * x[0] + x[1] - 11)) + square(S(x[0] + x[1] * x[1] - 7)));
                 })});
  all.push_back({.name = "three-hump camel",
                 .start = Vec{{0.5, -0.5}},
                 .minimisers = {Vec::Zero(2)},
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   const S s = x[0] * x[0];
                   return S(2 * s - 1.05 * s * s + s * s * s / 6 + x[0] * x[1] + x[1] * x[1]);
                 })});
  all.push_back({.name = "ill-conditioned bowl",  // condition 1000, 10 variables
                 .start = Vec::Ones(10),
                 .minimisers = {Vec::Zero(10)},
                 .f = [](const Vec& x, Vec& gradient) {
                   gradient.resize(x.size());
                   double sum = 0;
                   for (Index i = 0; i < x.size(); ++i) {
                     const double weight = std::pow(10, static_cast<double>(i) / 3);
                     sum += weight * x[i] * x[i] / 2;
                     gradient[i] = weight * x[i];
                   }
                   return sum;
                 }});
  // Two parameters and a symmetric design: −log L is least where e^(a) = 3 of every 4, by hand.
  all.push_back({.name = "logistic regression",
                 .start = Vec{{0, 0}},
                 .minimisers = {Vec{{0, std::log(3)}}},
                 .minimum = 4 * std::log(4) - 3 * std::log(3),
                 .digits = 1e-14,
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   using std::exp, std::log;
                   // At z = 1 three of four are 1, at z = −1 one of four.
                   const S up = x[0] + x[1], down = x[0] - x[1];
                   return S((4 * log(S(1 + exp(up))) - 3 * up + 4 * log(S(1 + exp(down))) - down) /
                            2);
                 })});
  all.push_back({.name = "log-sum-exp",
                 .start = Vec{{1, -1, 2}},
                 .minimisers = {Vec::Zero(3)},
                 .minimum = std::log(6),
                 .digits = 1e-14,
                 .f = with_gradient([](const auto& x) {
                   using S = std::decay_t<decltype(x[0])>;
                   using std::exp, std::log;
                   S sum = 0;
                   for (Index i = 0; i < x.size(); ++i) sum = sum + exp(S(x[i])) + exp(S(-x[i]));
                   return S(log(sum));
                 })});
  return all;
}

}  // namespace

const std::vector<Problem>& classical_problems() {
  static const std::vector<Problem> all = make_problems();
  return all;
}

const Problem& classical_problem(const std::string& name) {
  for (const Problem& problem : classical_problems())
    if (problem.name == name) return problem;
  throw std::logic_error("there is no problem " + name);
}

}  // namespace mathtool::test
