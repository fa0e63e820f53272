// Two regressions as problems of minimisation, each by mini-batches with Adam, by Adam on all rows
// and by L-BFGS: the same minimum, by ways of very different length.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>
#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/opt/descent.hpp"
#include "mathtool/opt/logistic_objective.hpp"
#include "mathtool/opt/methods/lbfgs.hpp"
#include "mathtool/opt/mini_batches.hpp"
#include "mathtool/opt/minimize.hpp"
#include "mathtool/opt/rules/adam.hpp"

using namespace mathtool;

namespace {

struct Rows {
  RowMat X;
  Vec y;
};

/// y = 1 + 2 x1 − 3 x2 + noise within ±0.1, or 1 with the probability 1 / (1 + exp −(...)).
Rows made_up_rows(bool logistic) {
  math::Philox random(7);
  Rows rows{RowMat(1000, 2), Vec(1000)};
  for (Index i = 0; i < rows.X.rows(); ++i) {
    rows.X(i, 0) = 2 * math::uniform(random) - 1, rows.X(i, 1) = 2 * math::uniform(random) - 1;
    const double score = 1 + 2 * rows.X(i, 0) - 3 * rows.X(i, 1), u = math::uniform(random);
    rows.y[i] = logistic ? double(u < 1 / (1 + std::exp(-score))) : score + 0.2 * u - 0.1;
  }
  return rows;
}

/// Half the mean square of the residuals over some rows, and its gradient.
auto mean_square(const Rows& data) {
  return [&data](const Vec& w, std::span<const Index> rows, Vec& gradient) {
    gradient = Vec::Zero(3);
    double sum = 0;
    for (const Index i : rows) {
      const Vec x{{data.X(i, 0), data.X(i, 1), 1}};
      const double residual = x.dot(w) - data.y[i];
      sum += residual * residual / 2;
      gradient += residual * x;
    }
    gradient /= static_cast<double>(rows.size());
    return sum / static_cast<double>(rows.size());
  };
}

/// The mean logarithmic loss over some rows.
auto mean_log_loss(const Rows& data) {
  return [&data](const Vec& w, std::span<const Index> rows, Vec& gradient) {
    gradient = Vec::Zero(3);
    double sum = 0;
    for (const Index i : rows) {
      const Vec x{{data.X(i, 0), data.X(i, 1), 1}};
      const double z = x.dot(w);
      sum += std::log1p(std::exp(-std::abs(z))) + std::max(z, 0.0) - data.y[i] * z;
      gradient += (1 / (1 + std::exp(-z)) - data.y[i]) * x;
    }
    gradient /= static_cast<double>(rows.size());
    return sum / static_cast<double>(rows.size());
  };
}

/// Prints the path at iterations 0, 1, 2, 4, 8, ...
opt::MinimizeOptions printing(opt::StoppingOptions stopping) {
  return {.stopping = stopping, .observe = [](const opt::Iterate& now) {
            if ((now.iteration & (now.iteration - 1)) == 0)
              std::printf("  %6lld  f = %.6f  w = %7.4f %7.4f %7.4f\n",
                          static_cast<long long>(now.iteration), now.value, now.x[0], now.x[1],
                          now.x[2]);
            return opt::Flow::keep_going;
          }};
}

void print_end(const opt::Minimum& m, double f) {
  std::printf("  %s after %lld iterations: f = %.6f, w = %.3f %.3f %.3f\n",
              std::string(to_string(m.status)).c_str(), static_cast<long long>(m.iterations), f,
              m.x[0], m.x[1], m.x[2]);
}

/// The three ways to the minimum of a mean over rows.
template <class F>
void three_ways(F f, Index rows) {
  const Vec start = Vec::Zero(3);
  auto objective = opt::by_mini_batches(f, rows, {.batch = 50, .seed = 1});
  const auto whole = [&](const Vec& w, Vec& gradient) { return objective.over_all(w, gradient); };

  std::printf("mini-batches of 50, Adam, a rate that falls to 0\n");
  Vec last = start, gradient;
  opt::MinimizeOptions options = printing({.gradient_tol = 0, .max_iterations = 2000});
  const auto print = options.observe;
  options.observe = [&](const opt::Iterate& now) { return last = now.x, print(now); };
  opt::Minimum m =
      opt::minimize(objective, start,
                    opt::Descent<opt::Adam>{.rule = {.learning_rate = 0.05},
                                            .schedule = opt::parse_schedule("cosine", 2000)},
                    options);
  m.x = last;  // the lowest value of a batch says little
  print_end(m, whole(m.x, gradient));

  std::printf("all rows, Adam\n");
  m = opt::minimize(whole, start, opt::Adam{.learning_rate = 0.05},
                    printing({.gradient_tol = 1e-6}));
  print_end(m, m.value);

  std::printf("all rows, L-BFGS\n");
  m = opt::minimize(whole, start, opt::Lbfgs{}, printing({.gradient_tol = 1e-6}));
  print_end(m, m.value);
}

}  // namespace

int main() try {
  std::printf("== linear regression\n");
  const Rows linear = made_up_rows(false);
  three_ways(mean_square(linear), linear.X.rows());

  std::printf("== logistic regression\n");
  const Rows logistic = made_up_rows(true);
  three_ways(mean_log_loss(logistic), logistic.X.rows());

  // The library has the latter as an objective, with its Hessian and on all processors.
  const opt::LogisticObjective f(logistic.X, logistic.y);
  std::printf("the library's objective, L-BFGS\n");
  const opt::Minimum m = opt::minimize(f, Vec::Zero(f.parameters()), opt::Lbfgs{});
  print_end(m, m.value);
} catch (const Error& error) {
  std::fprintf(stderr, "regression-by-descent: %s\n", error.what());
  return 1;
}
