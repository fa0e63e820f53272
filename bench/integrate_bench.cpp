// Twenty integrals with known values, all of which some quadrature gets wrong: the relative error
// of each beside its time, for `integrate` and for the peers, and the time of all of them together.

#include "mathtool/math/calculus/integrate.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/quadrature/sinh_sinh.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <string>

#ifdef MATHTOOL_BENCH_GSL
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#endif

namespace {

constexpr double peer_tolerance = 1e-10;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double pi = std::numbers::pi;

double sech(double x) { return std::abs(x) < 700 ? 1 / std::cosh(x) : 0; }

struct Problem {
  const char* name;
  double (*f)(double);
  double a, b, exact;
};

const Problem problems[] = {
    {"exp", [](double x) { return std::exp(x); }, 0, 1, std::numbers::e - 1},
    {"sin", [](double x) { return std::sin(x); }, 0, pi, 2},
    {"pi", [](double x) { return 4 / (1 + x * x); }, 0, 1, pi},
    {"sqrt", [](double x) { return std::sqrt(x); }, 0, 1, 2.0 / 3},
    {"log", [](double x) { return std::log(x); }, 0, 1, -1},
    {"1/sqrt", [](double x) { return 1 / std::sqrt(x); }, 0, 1, 2},
    {"x^-0.9", [](double x) { return std::pow(x, -0.9); }, 0, 1, 10},
    {"Runge", [](double x) { return 1 / (1 + 25 * x * x); }, -1, 1, 0.4 * std::atan(5)},
    {"cos 50x", [](double x) { return std::cos(50 * x); }, 0, 10, std::sin(500) / 50},
    {"|x - 1/3|", [](double x) { return std::abs(x - 1.0 / 3); }, 0, 1, 5.0 / 18},
    {"e^-x", [](double x) { return std::exp(-x); }, 0, inf, 1},
    {"Gauss", [](double x) { return std::exp(-x * x); }, -inf, inf, 1.7724538509055160273},
    {"Cauchy", [](double x) { return 1 / (1 + x * x); }, 0, inf, pi / 2},
    {"x^2 e^-x", [](double x) { return x > 700 ? 0 : x * x * std::exp(-x); }, 0, inf, 2},
    {"log/(1-x)", [](double x) { return x < 1 ? std::log(x) / (1 - x) : -1; }, 0, 1, -pi* pi / 6},
    {"x^x", [](double x) { return std::pow(x, x); }, 0, 1, 0.78343051071213440706},
    {"log/(1+100x^2)", [](double x) { return std::log(x) / (1 + 100 * x * x); }, 0, inf,
     -0.05 * pi* std::numbers::ln10},
    {"e^cos", [](double x) { return std::exp(std::cos(x)); }, 0, 2 * pi, 7.95492652101284527451},
    {"peaks",
     [](double x) {
       return std::pow(sech(10 * (x - 0.2)), 2) + std::pow(sech(100 * (x - 0.4)), 4) +
              std::pow(sech(1000 * (x - 0.6)), 6);
     },
     0, 1, 0.21080273550054927738},
    {"sqrt log", [](double x) { return std::sqrt(x) * std::log(x); }, 0, 1, -4.0 / 9}};

/// To 1e-12, unless told otherwise.
double ours(const Problem& p) { return mathtool::math::integrate(p.f, p.a, p.b).value; }

double ours_as_peers(const Problem& p) {
  return mathtool::math::integrate(p.f, p.a, p.b,
                                   {.rel_tol = peer_tolerance, .abs_tol = peer_tolerance})
      .value;
}

double boost_gauss_kronrod(const Problem& p) {
  constexpr unsigned halvings = 15;
  return boost::math::quadrature::gauss_kronrod<double, 21>::integrate(p.f, p.a, p.b, halvings,
                                                                       peer_tolerance);
}

double boost_tanh_sinh(const Problem& p) {
  static boost::math::quadrature::tanh_sinh<double> finite;
  static boost::math::quadrature::exp_sinh<double> half_line;
  static boost::math::quadrature::sinh_sinh<double> line;
  if (std::isinf(p.a)) return line.integrate(p.f, peer_tolerance);
  if (std::isinf(p.b)) return half_line.integrate(p.f, peer_tolerance);
  return finite.integrate(p.f, p.a, p.b, peer_tolerance);
}

#ifdef MATHTOOL_BENCH_GSL
/// QUADPACK's QAGS on a finite range, QAGI and QAGIU on infinite ones.
double gsl(const Problem& p) {
  constexpr std::size_t panels = 1000;
  static const std::unique_ptr<gsl_integration_workspace, decltype(&gsl_integration_workspace_free)>
      workspace(gsl_integration_workspace_alloc(panels), gsl_integration_workspace_free);
  gsl_function f{[](double x, void* problem) { return static_cast<Problem*>(problem)->f(x); },
                 const_cast<Problem*>(&p)};
  double value = 0, error = 0;
  if (std::isinf(p.a))
    gsl_integration_qagi(&f, peer_tolerance, peer_tolerance, panels, workspace.get(), &value,
                         &error);
  else if (std::isinf(p.b))
    gsl_integration_qagiu(&f, p.a, peer_tolerance, peer_tolerance, panels, workspace.get(), &value,
                          &error);
  else
    gsl_integration_qags(&f, p.a, p.b, peer_tolerance, peer_tolerance, panels, workspace.get(),
                         &value, &error);
  return value;
}
#endif

using Method = double (*)(const Problem&);

double relative_error(Method method, const Problem& p) {
  return std::abs((method(p) - p.exact) / p.exact);
}

void one(benchmark::State& state, Method method, const Problem& p) {
  for (auto _ : state) benchmark::DoNotOptimize(method(p));
  state.counters["relative_error"] = relative_error(method, p);
}

void all(benchmark::State& state, Method method) {
  for (auto _ : state)
    for (const Problem& p : problems) benchmark::DoNotOptimize(method(p));
  double worst = 0;
  for (const Problem& p : problems) worst = std::max(worst, relative_error(method, p));
  state.counters["relative_error"] = worst;
}

const bool registered = [] {
  const auto add = [](const std::string& name, Method method) {
    for (const Problem& p : problems)
      benchmark::RegisterBenchmark((name + "/" + p.name).c_str(), one, method, p);
    benchmark::RegisterBenchmark((name + "/all").c_str(), all, method)
        ->Unit(benchmark::kMicrosecond);
  };
  add("integrate", ours);
  add("integrate_1e-10", ours_as_peers);
#ifdef MATHTOOL_BENCH_GSL
  gsl_set_error_handler_off();  // it would abort where an integral is too hard for it
  add("gsl", gsl);
#endif
  add("boost_gauss_kronrod", boost_gauss_kronrod);
  add("boost_tanh_sinh", boost_tanh_sinh);
  return true;
}();

}  // namespace
