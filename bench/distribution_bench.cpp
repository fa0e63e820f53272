#include <benchmark/benchmark.h>

#include <boost/math/distributions.hpp>
#include <boost/random.hpp>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/array_verbs.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/sample_means.hpp"
#ifdef MATHTOOL_BENCH_GSL
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#endif

// Nanoseconds for one of a million numbers: densities, distribution functions and quantiles over
// arrays, beside Boost.Math (in double precision throughout) and GSL; variates; and a million means
// of 30. bench/peers/arrays.py does the same with SciPy and NumPy.

namespace {

using namespace mathtool;
using stats::AnyDistribution;

constexpr std::size_t size = 1'000'000;

std::vector<double> uniforms(double low, double high, bool whole = false) {
  std::vector<double> x(size);
  math::Philox random(1);
  for (double& each : x) {
    each = low + (high - low) * math::uniform(random);
    if (whole) each = std::floor(each);
  }
  return x;
}

const std::vector<double>& probabilities() {
  static const std::vector<double> p = uniforms(1e-4, 1 - 1e-4);
  return p;
}

using Verb = void (*)(const AnyDistribution&, std::span<const double>, std::span<double>);

void ours(benchmark::State& state, const AnyDistribution& d, Verb verb,
          const std::vector<double>& x) {
  std::vector<double> out(x.size());
  for (auto _ : state) {
    verb(d, x, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}

template <class F>
void theirs(benchmark::State& state, const F& f, const std::vector<double>& x) {
  for (auto _ : state) {
    double sum = 0;
    for (const double each : x) sum += f(each);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}

void add_ours(const std::string& name, const std::vector<double>& x) {
  const AnyDistribution d = stats::parse_distribution(name);
  const auto add = [&](const char* verb, Verb f, const std::vector<double>& at) {
    benchmark::RegisterBenchmark(("ours/" + name + "/" + verb).c_str(),
                                 [=](benchmark::State& state) { ours(state, d, f, at); })
        ->Unit(benchmark::kMillisecond);
  };
  add("pdf", stats::pdf, x);
  add("cdf", stats::cdf, x);
  add("quantile", stats::quantile, probabilities());
}

/// Pdf, cdf and quantile of a peer.
template <class Pdf, class Cdf, class Quantile>
void add_theirs(const std::string& peer, const std::string& name, const std::vector<double>& x,
                const Pdf& pdf, const Cdf& cdf, const Quantile& quantile) {
  const auto add = [&](const char* verb, const auto& f, const std::vector<double>& at) {
    benchmark::RegisterBenchmark((peer + "/" + name + "/" + verb).c_str(),
                                 [=](benchmark::State& state) { theirs(state, f, at); })
        ->Unit(benchmark::kMillisecond);
  };
  add("pdf", pdf, x);
  add("cdf", cdf, x);
  add("quantile", quantile, probabilities());
}

template <class D>
void add_boost(const std::string& name, const D& d, const std::vector<double>& x) {
  add_theirs(
      "boost", name, x, [d](double v) { return boost::math::pdf(d, v); },
      [d](double v) { return boost::math::cdf(d, v); },
      [d](double p) { return boost::math::quantile(d, p); });
}

void draw(benchmark::State& state, const std::string& name) {
  const AnyDistribution d = stats::parse_distribution(name);
  std::vector<double> out(size);
  math::Philox random(1);
  for (auto _ : state) {
    d.sample(random, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

template <class D>
void draw_boost(benchmark::State& state, D d) {
  boost::random::mt19937_64 random(1);
  std::vector<double> out(size);
  for (auto _ : state) {
    for (double& x : out) x = d(random);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

void means(benchmark::State& state) {
  const AnyDistribution d = stats::parse_distribution("exponential");
  for (auto _ : state)
    benchmark::DoNotOptimize(stats::sample_means(
        d, 30, {.samples = 1'000'000, .threads = static_cast<int>(state.range(0))}));
}

const bool registered = [] {
  namespace bm = boost::math;
  using Policy = bm::policies::policy<bm::policies::promote_double<false>>;
  const std::vector<double> z = uniforms(-4, 4), positive = uniforms(0.01, 12),
                            unit = uniforms(1e-3, 1 - 1e-3), count = uniforms(10, 51, true),
                            small_count = uniforms(0, 30, true);
  for (const char* name : {"normal", "logistic", "student_t(5)"}) add_ours(name, z);
  for (const char* name : {"exponential", "gamma(2.5)", "chi_squared(4)"}) add_ours(name, positive);
  for (const char* name : {"uniform", "beta(2, 3)"}) add_ours(name, unit);
  add_ours("binomial(100, 0.3)", count);
  add_ours("poisson(10)", small_count);

  add_boost("normal", bm::normal_distribution<double, Policy>(), z);
  add_boost("logistic", bm::logistic_distribution<double, Policy>(), z);
  add_boost("student_t(5)", bm::students_t_distribution<double, Policy>(5), z);
  add_boost("exponential", bm::exponential_distribution<double, Policy>(), positive);
  add_boost("gamma(2.5)", bm::gamma_distribution<double, Policy>(2.5), positive);
  add_boost("chi_squared(4)", bm::chi_squared_distribution<double, Policy>(4), positive);
  add_boost("uniform", bm::uniform_distribution<double, Policy>(), unit);
  add_boost("beta(2, 3)", bm::beta_distribution<double, Policy>(2, 3), unit);
  add_boost("binomial(100, 0.3)", bm::binomial_distribution<double, Policy>(100, 0.3), count);
  add_boost("poisson(10)", bm::poisson_distribution<double, Policy>(10), small_count);
#ifdef MATHTOOL_BENCH_GSL
  add_theirs("gsl", "normal", z, gsl_ran_ugaussian_pdf, gsl_cdf_ugaussian_P,
             gsl_cdf_ugaussian_Pinv);
  add_theirs(
      "gsl", "logistic", z, [](double x) { return gsl_ran_logistic_pdf(x, 1); },
      [](double x) { return gsl_cdf_logistic_P(x, 1); },
      [](double p) { return gsl_cdf_logistic_Pinv(p, 1); });
  add_theirs(
      "gsl", "exponential", positive, [](double x) { return gsl_ran_exponential_pdf(x, 1); },
      [](double x) { return gsl_cdf_exponential_P(x, 1); },
      [](double p) { return gsl_cdf_exponential_Pinv(p, 1); });
  add_theirs(
      "gsl", "student_t(5)", z, [](double x) { return gsl_ran_tdist_pdf(x, 5); },
      [](double x) { return gsl_cdf_tdist_P(x, 5); },
      [](double p) { return gsl_cdf_tdist_Pinv(p, 5); });
  add_theirs(
      "gsl", "gamma(2.5)", positive, [](double x) { return gsl_ran_gamma_pdf(x, 2.5, 1); },
      [](double x) { return gsl_cdf_gamma_P(x, 2.5, 1); },
      [](double p) { return gsl_cdf_gamma_Pinv(p, 2.5, 1); });
#endif

  for (const char* name :
       {"uniform", "normal", "exponential", "gamma(2.5)", "poisson(10)", "binomial(100, 0.3)"})
    benchmark::RegisterBenchmark(("draw/ours/" + std::string(name)).c_str(), draw, name)
        ->Unit(benchmark::kMillisecond);
  const auto add_draw = [](const std::string& name, const auto& d) {
    benchmark::RegisterBenchmark(("draw/boost/" + name).c_str(), [d](benchmark::State& state) {
      draw_boost(state, d);
    })->Unit(benchmark::kMillisecond);
  };
  add_draw("uniform", boost::random::uniform_01<>());
  add_draw("normal", boost::random::normal_distribution<>());
  add_draw("exponential", boost::random::exponential_distribution<>());
  add_draw("gamma(2.5)", boost::random::gamma_distribution<>(2.5));
  add_draw("poisson(10)", boost::random::poisson_distribution<>(10));
  add_draw("binomial(100, 0.3)", boost::random::binomial_distribution<>(100, 0.3));
  benchmark::RegisterBenchmark("means_of_30_exponentials", means)
      ->Arg(1)
      ->Arg(2)
      ->ArgName("threads")
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
