// Minimisers beside their peers: Rosenbrock's function of 100 variables from (-1.2, 1, ...), where
// the methods themselves take the time, and a logistic regression of 100,000 rows and 50 columns,
// where its sums do. Each ends at f <= 1e-13, or at the same optimum to 9 digits.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/opt/logistic_objective.hpp"
#include "mathtool/opt/methods/bfgs.hpp"
#include "mathtool/opt/methods/lbfgs.hpp"
#include "mathtool/opt/methods/trust.hpp"
#include "mathtool/opt/minimize.hpp"
#ifdef MATHTOOL_BENCH_DLIB
#include <dlib/optimization.h>
#endif
#ifdef MATHTOOL_BENCH_NLOPT
#include <nlopt.hpp>
#endif

namespace {

using namespace mathtool;

double rosenbrock(Index n, const double* x, double* g) {
  double sum = 0;
  if (g) std::fill_n(g, n, 0.0);
  for (Index i = 0; i + 1 < n; ++i) {
    const double d = x[i + 1] - x[i] * x[i], e = 1 - x[i];
    sum += 100 * d * d + e * e;
    if (g) g[i] += -400 * x[i] * d - 2 * e, g[i + 1] += 200 * d;
  }
  return sum;
}

Vec rosenbrock_start(Index n) {
  Vec x(n);
  for (Index i = 0; i < n; ++i) x[i] = i % 2 == 0 ? -1.2 : 1;
  return x;
}

template <class Method>
void rosenbrock_mathtool(benchmark::State& state, const Method& method) {
  const Index n = state.range(0);
  const Vec start = rosenbrock_start(n);
  const auto f = [](const Vec& x, Vec& g) { return rosenbrock(x.size(), x.data(), g.data()); };
  opt::Minimum m;
  for (auto _ : state)
    m = opt::minimize(f, start, method, {.stopping = {.gradient_tol = 0, .target = 1e-13}});
  state.counters["f"] = m.value;
  state.counters["evaluations"] = static_cast<double>(m.evaluations);
}
void rosenbrock_lbfgs(benchmark::State& state) { rosenbrock_mathtool(state, opt::Lbfgs{}); }
void rosenbrock_bfgs(benchmark::State& state) { rosenbrock_mathtool(state, opt::Bfgs{}); }
BENCHMARK(rosenbrock_lbfgs)->Arg(2)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(rosenbrock_bfgs)->Arg(2)->Arg(100)->Unit(benchmark::kMicrosecond);

/// The rows of a CSV file named by MATHTOOL_LOGIT, y in its last column; else random ones.
std::pair<RowMat, Vec> logistic_rows() {
  if (const char* file = std::getenv("MATHTOOL_LOGIT")) {
    data::TableReader table(data::Input::open(file));
    std::vector<RowMat> blocks;
    Index rows = 0;
    table.read({.numbers = table.schema().columns_of(data::ColumnType::numeric)},
               [&](data::RowBlock&& block) {
                 rows += block.numbers.rows();
                 blocks.push_back(std::move(block.numbers));
               });
    RowMat all(rows, blocks.at(0).cols());
    Index at = 0;
    for (const RowMat& block : blocks) all.middleRows(at, block.rows()) = block, at += block.rows();
    const Index p = all.cols() - 1;
    return {all.leftCols(p), all.col(p)};
  }
  math::Philox random(1, 0);
  RowMat X(100'000, 50);
  Vec y(X.rows());
  for (Index i = 0; i < X.rows(); ++i) {
    double score = 0;
    for (Index j = 0; j < X.cols(); ++j) {
      X(i, j) = 6 * math::uniform(random) - 3;
      score += X(i, j) * std::sin(static_cast<double>(j)) / 8;
    }
    y[i] = math::uniform(random) < 1 / (1 + std::exp(-score)) ? 1 : 0;
  }
  return {X, y};
}

const std::pair<RowMat, Vec>& logistic_data() {
  static const std::pair<RowMat, Vec> rows = logistic_rows();
  return rows;
}

template <class Method>
void logistic_mathtool(benchmark::State& state, const Method& method) {
  const auto& [X, y] = logistic_data();
  const opt::LogisticObjective f(X, y, {.l2 = 1.0 / static_cast<double>(X.rows())});
  opt::Minimum m;
  for (auto _ : state)
    m = opt::minimize(f, Vec::Zero(f.parameters()), method, {.stopping = {.gradient_tol = 1e-6}});
  state.counters["f"] = m.value;
  state.counters["evaluations"] = static_cast<double>(m.evaluations);
}
void logistic_trust(benchmark::State& state) { logistic_mathtool(state, opt::Trust{}); }
void logistic_bfgs(benchmark::State& state) { logistic_mathtool(state, opt::Bfgs{}); }
void logistic_lbfgs(benchmark::State& state) { logistic_mathtool(state, opt::Lbfgs{}); }
BENCHMARK(logistic_trust)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(logistic_bfgs)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(logistic_lbfgs)->UseRealTime()->Unit(benchmark::kMillisecond);

/// What a user of the peers would write: Eigen's products and a loop.
class PlainLogistic {
 public:
  PlainLogistic() : X_(logistic_data().first.rows(), logistic_data().first.cols() + 1) {
    X_ << logistic_data().first, Vec::Ones(X_.rows());
  }
  Index size() const { return X_.cols(); }
  double operator()(const double* at, double* gradient) const {
    const Eigen::Map<const Vec> w(at, size());
    const Vec &y = logistic_data().second, z = X_ * w;
    const auto n = static_cast<double>(X_.rows());
    Vec residual(z.size());
    double sum = 0;
    for (Index i = 0; i < z.size(); ++i) {
      const double e = std::exp(-std::abs(z[i]));
      sum += std::log1p(e) + std::max(z[i], 0.0) - y[i] * z[i];
      residual[i] = (z[i] > 0 ? 1 / (1 + e) : e / (1 + e)) - y[i];
    }
    const auto free = w.head(size() - 1);
    if (gradient) {
      Eigen::Map<Vec> g(gradient, size());
      g.noalias() = X_.transpose() * residual;
      g.head(size() - 1) += free;
      g /= n;
    }
    return (sum + free.squaredNorm() / 2) / n;
  }

 private:
  RowMat X_;
};

#ifdef MATHTOOL_BENCH_DLIB
using Column = dlib::matrix<double, 0, 1>;

template <class Strategy, class F>
double dlib_minimum(Strategy strategy, const Vec& start, F&& f) {
  Column x(start.size());
  std::copy(start.begin(), start.end(), x.begin());
  return dlib::find_min(
      strategy, dlib::objective_delta_stop_strategy(1e-13, 5000),
      [&](const Column& at) { return f(&at(0), nullptr); },
      [&](const Column& at) {
        Column g(at.size());
        f(&at(0), &g(0));
        return g;
      },
      x, -1e9);
}

void rosenbrock_dlib_lbfgs(benchmark::State& state) {
  const Index n = state.range(0);
  double value = 0;
  for (auto _ : state)
    value = dlib_minimum(dlib::lbfgs_search_strategy(10), rosenbrock_start(n),
                         [&](const double* x, double* g) { return rosenbrock(n, x, g); });
  state.counters["f"] = value;
}
void logistic_dlib_bfgs(benchmark::State& state) {
  const PlainLogistic f;
  double value = 0;
  for (auto _ : state) value = dlib_minimum(dlib::bfgs_search_strategy(), Vec::Zero(f.size()), f);
  state.counters["f"] = value;
}
BENCHMARK(rosenbrock_dlib_lbfgs)->Arg(2)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(logistic_dlib_bfgs)->UseRealTime()->Unit(benchmark::kMillisecond);
#endif

#ifdef MATHTOOL_BENCH_NLOPT
template <class F>
double nlopt_minimum(nlopt::algorithm algorithm, const Vec& start, F&& f) {
  nlopt::opt search(algorithm, static_cast<unsigned>(start.size()));
  search.set_min_objective(
      [](const std::vector<double>& x, std::vector<double>& g, void* data) {
        return (*static_cast<std::remove_reference_t<F>*>(data))(x.data(),
                                                                 g.empty() ? nullptr : g.data());
      },
      const_cast<void*>(static_cast<const void*>(&f)));
  search.set_ftol_rel(1e-13);
  search.set_xtol_rel(1e-10);
  search.set_maxeval(5000);
  std::vector<double> x(start.begin(), start.end());
  double value = 0;
  try {
    search.optimize(x, value);
  } catch (const std::exception&) { value = f(x.data(), nullptr); }
  return value;
}

void rosenbrock_nlopt_lbfgs(benchmark::State& state) {
  const Index n = state.range(0);
  const auto f = [n](const double* x, double* g) { return rosenbrock(n, x, g); };
  double value = 0;
  for (auto _ : state) value = nlopt_minimum(nlopt::LD_LBFGS, rosenbrock_start(n), f);
  state.counters["f"] = value;
}
void logistic_nlopt_slsqp(benchmark::State& state) {
  const PlainLogistic f;
  double value = 0;
  for (auto _ : state) value = nlopt_minimum(nlopt::LD_SLSQP, Vec::Zero(f.size()), f);
  state.counters["f"] = value;
}
BENCHMARK(rosenbrock_nlopt_lbfgs)->Arg(2)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(logistic_nlopt_slsqp)->UseRealTime()->Unit(benchmark::kMillisecond);
#endif

}  // namespace
