#pragma once

#include <array>
#include <functional>
#include <span>
#include <string_view>

#include "fitting/fit_method.hpp"
#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/polygamma.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// log L / n at some parameters, with its derivatives by all of them.
struct MeanLogLikelihood {
  double value;
  Vec gradient;
  Mat hessian;
};

/// What a parameter does, and hence on which scale u the search for it walks.
enum class Role {
  location,      ///< θ = u
  scale,         ///< θ = eᵘ, in units of x
  shape,         ///< θ = eᵘ
  signed_shape,  ///< θ = sinh u
  probability    ///< θ = 1/(1 + e⁻ᵘ)
};

struct SoughtParameter {
  std::string_view name;
  Role role;
};

using LogLikelihood = std::function<MeanLogLikelihood(const std::vector<double>& theta)>;

/// The parameters, of which those that are not `fixed` are free, at which the mean log-likelihood
/// is highest, from the best of several starts: Newton's method with the exact second derivatives,
/// whose matrix is made definite where it is not, and with steps that are halved until they climb.
/// Returns: standard errors by the observed information of n observations; `divergent` where a
///          parameter runs away, `stalled`, `out_of_budget`.
ParameterEstimates maximize_likelihood(std::string_view family,
                                       std::span<const SoughtParameter> parameters,
                                       const FixedValues& fixed, double n,
                                       std::span<const std::vector<double>> starts,
                                       const LogLikelihood& likelihood, const StopToken& stop);

/// A number that carries its first and second derivatives by P parameters.
template <std::size_t P>
using SecondOrder = math::Dual<math::Dual<double, P>, P>;

/// Value and derivatives of f at `theta`.
///     f: (const array<S, P>&) → S for S = SecondOrder<P>
template <std::size_t P, class F>
MeanLogLikelihood differentiate(const F& f, const std::vector<double>& theta) {
  using Inner = math::Dual<double, P>;
  std::array<SecondOrder<P>, P> at;
  for (std::size_t k = 0; k < P; ++k) {
    const auto place = static_cast<std::ptrdiff_t>(k);
    at[k] = SecondOrder<P>::variable(Inner::variable(theta[k], place), place);
  }
  const SecondOrder<P> y = f(at);
  const auto size = static_cast<Index>(P);
  MeanLogLikelihood result{y.value().value(), Vec(size), Mat(size, size)};
  for (Index i = 0; i < size; ++i) {
    result.gradient[i] = y.value().derivative(i);
    for (Index j = 0; j < size; ++j) result.hessian(i, j) = y.derivative(i).derivative(j);
  }
  return result;
}

}  // namespace mathtool::stats
