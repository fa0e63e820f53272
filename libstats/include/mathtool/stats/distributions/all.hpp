#pragma once

#include <tuple>

#include "mathtool/stats/distributions/affine.hpp"
#include "mathtool/stats/distributions/arcsine.hpp"
#include "mathtool/stats/distributions/bernoulli.hpp"
#include "mathtool/stats/distributions/beta.hpp"
#include "mathtool/stats/distributions/binomial.hpp"
#include "mathtool/stats/distributions/categorical.hpp"
#include "mathtool/stats/distributions/cauchy.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "mathtool/stats/distributions/discrete_uniform.hpp"
#include "mathtool/stats/distributions/exponential.hpp"
#include "mathtool/stats/distributions/f.hpp"
#include "mathtool/stats/distributions/gamma.hpp"
#include "mathtool/stats/distributions/geometric.hpp"
#include "mathtool/stats/distributions/gumbel.hpp"
#include "mathtool/stats/distributions/hyperexponential.hpp"
#include "mathtool/stats/distributions/hypergeometric.hpp"
#include "mathtool/stats/distributions/inverse_gamma.hpp"
#include "mathtool/stats/distributions/inverse_gaussian.hpp"
#include "mathtool/stats/distributions/kolmogorov_smirnov.hpp"
#include "mathtool/stats/distributions/laplace.hpp"
#include "mathtool/stats/distributions/logistic.hpp"
#include "mathtool/stats/distributions/lognormal.hpp"
#include "mathtool/stats/distributions/mixture.hpp"
#include "mathtool/stats/distributions/multinomial.hpp"
#include "mathtool/stats/distributions/multivariate_normal.hpp"
#include "mathtool/stats/distributions/negative_binomial.hpp"
#include "mathtool/stats/distributions/noncentral_beta.hpp"
#include "mathtool/stats/distributions/noncentral_chi2.hpp"
#include "mathtool/stats/distributions/noncentral_f.hpp"
#include "mathtool/stats/distributions/noncentral_t.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/distributions/pareto.hpp"
#include "mathtool/stats/distributions/poisson.hpp"
#include "mathtool/stats/distributions/rayleigh.hpp"
#include "mathtool/stats/distributions/skew_normal.hpp"
#include "mathtool/stats/distributions/student_t.hpp"
#include "mathtool/stats/distributions/triangular.hpp"
#include "mathtool/stats/distributions/truncated.hpp"
#include "mathtool/stats/distributions/uniform.hpp"
#include "mathtool/stats/distributions/weibull.hpp"

namespace mathtool::stats {

/// The registry. A distribution listed here gets the law tests, the reference tests, `mathtool
/// dist` with help and validation, `fitdist`, and its picture in docs/distributions.md.
using ContinuousDistributions =
    std::tuple<Normal, Lognormal, StudentT, ChiSquared, F, Gamma, InverseGamma, InverseGaussian,
               Beta, Exponential, Hyperexponential, Weibull, Logistic, Cauchy, Laplace, Gumbel,
               Pareto, Rayleigh, Uniform, Triangular, Arcsine, SkewNormal, KolmogorovSmirnov,
               NoncentralT, NoncentralChi2, NoncentralF, NoncentralBeta>;
using DiscreteDistributions = std::tuple<Bernoulli, Binomial, Poisson, Geometric, NegativeBinomial,
                                         Hypergeometric, DiscreteUniform, Categorical>;
using CombinedDistributions = std::tuple<Truncated, Affine, Mixture>;
using MultivariateDistributions = std::tuple<MultivariateNormal, Multinomial>;

}  // namespace mathtool::stats
