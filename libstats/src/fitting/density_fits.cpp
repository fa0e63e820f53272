#include <algorithm>
#include <array>
#include <cmath>

#include "fitting/maximize_likelihood.hpp"
#include "fitting/weighted_mean.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/stats/distributions/noncentral_beta.hpp"
#include "mathtool/stats/distributions/noncentral_chi2.hpp"
#include "mathtool/stats/distributions/noncentral_f.hpp"
#include "mathtool/stats/distributions/noncentral_t.hpp"

namespace mathtool::stats {
namespace {

/// The mean of log f as the distribution itself computes it.
template <class D, std::size_t... I>
Extended mean_log_density(const FrequencyTable& sample, const std::vector<double>& theta,
                          std::index_sequence<I...>) {
  const D d(theta[I]...);
  return weighted_mean(sample, [&](double x) { return d.log_density(x); });
}

/// f and its derivatives by differences of the fourth order, mixed ones of the second.
template <class F>
MeanLogLikelihood by_differences(const F& f, const std::vector<double>& theta,
                                 std::span<const SoughtParameter> parameters) {
  const auto size = std::ssize(theta);
  Vec h(size);
  for (std::size_t i = 0; i < theta.size(); ++i)
    h[static_cast<Index>(i)] =
        1e-3 * (parameters[i].role == Role::signed_shape ? std::hypot(1.0, theta[i]) : theta[i]);
  const auto at = [&](Index i, double a, Index j, double b) {
    std::vector<double> moved = theta;
    moved[static_cast<std::size_t>(i)] += a * h[i];
    moved[static_cast<std::size_t>(j)] += b * h[j];
    return f(moved);
  };
  const Extended middle = f(theta);
  MeanLogLikelihood result{static_cast<double>(middle), Vec(size), Mat(size, size)};
  for (Index i = 0; i < size; ++i) {
    const Extended left = at(i, -1, i, 0), right = at(i, 1, i, 0), far_left = at(i, -2, i, 0),
                   far_right = at(i, 2, i, 0);
    result.gradient[i] =
        static_cast<double>((8 * (right - left) - (far_right - far_left)) / (12 * h[i]));
    result.hessian(i, i) = static_cast<double>(
        (16 * (right + left) - (far_right + far_left) - 30 * middle) / (12 * h[i] * h[i]));
    for (Index j = 0; j < i; ++j)
      result.hessian(i, j) = result.hessian(j, i) = static_cast<double>(
          (at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) /
          (4 * h[i] * h[j]));
  }
  return result;
}

Role role_of(const Parameter& parameter) {
  return parameter.domain == Domain::real ? Role::signed_shape : Role::shape;
}

template <class D>
ParameterEstimates fit_by_density(const FrequencyTable& sample, const FixedValues& fixed,
                                  const StopToken& stop) {
  constexpr std::size_t size = D::parameters.size();
  std::array<SoughtParameter, size> parameters;
  for (std::size_t i = 0; i < size; ++i)
    parameters[i] = {D::parameters[i].name, role_of(D::parameters[i])};
  std::vector<std::vector<double>> starts{std::vector<double>(size, 2.0)};
  const double mean = mean_of(sample, [](double x) { return x; });
  if (parameters.back().role == Role::signed_shape) starts.front().back() = mean;
  const auto f = [&](const std::vector<double>& theta) {
    stop.check();
    return mean_log_density<D>(sample, theta, std::make_index_sequence<size>());
  };
  return maximize_likelihood(
      D::name, parameters, fixed, sample.total, starts,
      [&](const std::vector<double>& theta) { return by_differences(f, theta, parameters); }, stop);
}

template <class D>
constexpr FitMethod density_method(SampleRange range) {
  return {D::name, false, false, range, fit_by_density<D>};
}

}  // namespace

std::span<const FitMethod> density_methods() {
  constexpr SampleRange above_zero{0, infinity, SampleRange::Ends::singular};
  static constexpr FitMethod methods[] = {
      density_method<NoncentralT>({-infinity, infinity}),
      density_method<NoncentralChi2>(above_zero), density_method<NoncentralF>(above_zero),
      density_method<NoncentralBeta>({0, 1, SampleRange::Ends::singular})};
  return methods;
}

}  // namespace mathtool::stats
