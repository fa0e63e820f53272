#include "mathtool/stats/hypothesis/jarque_bera.hpp"

#include <cmath>

#include "mathtool/stats/distributions/chi_squared.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {

TestResult jarque_bera_test(const Moments& x) {
  require_values(x, 4);
  require_spread(x.variance() > 0, x);
  const double n = x.weight();
  // Back from the estimates that are adjusted for bias to the ratios of moments.
  const double g1 = x.skewness() * (n - 2) / std::sqrt(n * (n - 1));
  const double g2 = (x.kurtosis() * (n - 2) * (n - 3) / (n - 1) - 6) / (n + 1);
  require<InsufficientDataError>(std::isfinite(g1) && std::isfinite(g2),
                                 "the fourth powers of the deviations leave the range of numbers");
  TestResult result{.method = "Jarque and Bera's test of normality",
                    .null_hypothesis = "the values come from a normal distribution",
                    .statistic_name = "JB",
                    .statistic = n * (g1 * g1 / 6 + g2 * g2 / 24),
                    .df = {2},
                    .alternative = Alternative::greater,
                    .n = n};
  set_upper_p_value(result, ChiSquared(2));
  constexpr double many = 2000;
  if (n < many)
    result.notes.push_back("below 2000 values the chi-squared law is rough: shapiro is sharper");
  return result;
}

}  // namespace mathtool::stats
