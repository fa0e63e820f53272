#include "mathtool/stats/hypothesis/kolmogorov_smirnov_test.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "../special/smirnov_sum.hpp"
#include "mathtool/stats/distributions/kolmogorov_smirnov.hpp"
#include "order_statistics.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

/// How far one distribution function lies above another, and below it.
struct Distances {
  double above = 0, below = 0;

  double by(Alternative alternative) const {
    if (alternative == Alternative::less) return below;
    return alternative == Alternative::greater ? above : std::max(above, below);
  }
};

/// log P(√n D > x) of Kolmogorov's limit law; of one side exp(−2x²).
Extended log_limit_survival(Extended x, bool two_sided) {
  constexpr Extended pi = std::numbers::pi_v<Extended>;
  if (!two_sided) return -2 * x * x;
  if (x < 0.8L) {  // by the series of the theta function that converges for small x
    Extended below = 0;
    for (int k = 1; k < 40; k += 2) below += std::exp(-k * k * pi * pi / (8 * x * x));
    return x > 0 ? std::log1p(-below * std::sqrt(2 * pi) / x) : 0;
  }
  Extended sum = 1;
  for (int k = 2; k < 20; ++k)
    sum += (k % 2 == 0 ? -1 : 1) * std::exp(-2 * (Extended(k) * k - 1) * x * x);
  return std::numbers::ln2_v<Extended> - 2 * x * x + std::log(sum);
}

void set_limit_p_value(TestResult& result, double n) {
  const Extended log_p = std::min(
      Extended(0), log_limit_survival(std::sqrt(static_cast<Extended>(n)) * result.statistic,
                                      result.alternative == Alternative::two_sided));
  result.p_value = static_cast<double>(std::exp(log_p));
  result.log10_p = static_cast<double>(log_p / std::numbers::ln10_v<Extended>);
}

void name_statistic(TestResult& result) {
  result.statistic_name = result.alternative == Alternative::two_sided ? "D"
                          : result.alternative == Alternative::less    ? "D-"
                                                                       : "D+";
  result.estimate_name = "largest distance";
  result.estimate = result.statistic;
  result.effect_size = {.name = "largest distance", .value = result.statistic};
}

constexpr double most_lattice_steps = 2e9;

/// P(D ≥ distance) over all ways to mix m and n values; where values are tied nothing is compared.
/// `ends[s]`: whether the first s + 1 of all values end with a group of ties.
Extended lattice_survival(double m, double n, double distance, Alternative alternative,
                          const std::vector<bool>& ends) {
  const auto rows = static_cast<std::size_t>(m), columns = static_cast<std::size_t>(n);
  // Differences of shares in units of 1/(m n), so that equal ones are equal.
  const double reached = std::floor(distance * m * n - 1e-7) + 1;
  const auto crosses = [&](std::size_t i, std::size_t j) {
    if (i + j == 0 || !ends[i + j - 1]) return false;
    const double gap = static_cast<double>(i) * n - static_cast<double>(j) * m;
    if (alternative == Alternative::greater) return gap >= reached;
    if (alternative == Alternative::less) return -gap >= reached;
    return std::abs(gap) >= reached;
  };
  // Row by row: of the ways to (i, j), which share has crossed. A path comes from the left with
  // probability j/(i + j), from above with i/(i + j).
  std::vector<Extended> crossed(columns + 1, 0);
  for (std::size_t i = 0; i <= rows; ++i)
    for (std::size_t j = 0; j <= columns; ++j) {
      if (crosses(i, j)) {
        crossed[j] = 1;
      } else if (i + j > 0) {
        const auto from_above = static_cast<Extended>(i), from_left = static_cast<Extended>(j);
        crossed[j] =
            ((i > 0 ? from_above * crossed[j] : 0) + (j > 0 ? from_left * crossed[j - 1] : 0)) /
            (from_above + from_left);
      }
    }
  return crossed[columns];
}

}  // namespace

TestResult kolmogorov_smirnov_test(std::span<const double> x, const AnyDistribution& distribution,
                                   const KolmogorovOptions& options) {
  require<InsufficientDataError>(!x.empty(), "the sample has no value");
  require(!distribution.discrete(), "Kolmogorov's test needs a continuous distribution, not {}",
          distribution.text());
  const std::vector<double> values = sorted(x);
  const auto n = static_cast<double>(values.size());
  Distances distances;
  bool ties = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ties = ties || (i > 0 && values[i] == values[i - 1]);
    const auto rank = static_cast<double>(i);
    const double below = cdf(distribution, values[i]);
    distances.above = std::max(distances.above, (rank + 1) / n - below);
    distances.below = std::max(distances.below, below - rank / n);
  }
  TestResult result{.method = "Kolmogorov and Smirnov's test of a distribution",
                    .null_hypothesis = "the values come from the distribution",
                    .statistic = distances.by(options.alternative),
                    .alternative = options.alternative,
                    .n = n};
  name_statistic(result);
  constexpr double few = 100;
  const bool exact = options.method == RankMethod::exact ||
                     (options.method == RankMethod::automatic && n < few && !ties);
  if (ties)
    result.notes.push_back(
        "values are tied, which those of a continuous distribution never are: the p-value is "
        "rough");
  if (!exact) {
    set_limit_p_value(result, n);
    return result;
  }
  result.method += ", exact";
  if (options.alternative == Alternative::two_sided) {
    set_upper_p_value(result, KolmogorovSmirnov(n));
  } else {
    const Extended d = result.statistic;
    const Extended log_p = d <= 0 ? 0 : d >= 1 ? -infinity : log_smirnov_tail(n, d);
    result.p_value = static_cast<double>(std::exp(log_p));
    result.log10_p = static_cast<double>(log_p / std::numbers::ln10_v<Extended>);
  }
  return result;
}

TestResult kolmogorov_smirnov_test(std::span<const double> x, std::span<const double> y,
                                   const KolmogorovOptions& options) {
  require<InsufficientDataError>(!x.empty() && !y.empty(), "a sample has no value");
  const std::vector<double> a = sorted(x), b = sorted(y);
  const auto m = static_cast<double>(a.size()), n = static_cast<double>(b.size());
  Distances distances;
  std::vector<bool> ends(a.size() + b.size(), false);
  bool ties = false;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const double value = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    const std::size_t before = i + j;
    while (i < a.size() && a[i] == value) ++i;
    while (j < b.size() && b[j] == value) ++j;
    ties = ties || i + j - before > 1;
    ends[i + j - 1] = true;
    // One division: equal distances are equal doubles.
    const double gap = (static_cast<double>(i) * n - static_cast<double>(j) * m) / (m * n);
    distances.above = std::max(distances.above, gap);
    distances.below = std::max(distances.below, -gap);
  }
  TestResult result{.method = "Kolmogorov and Smirnov's test of two samples",
                    .null_hypothesis = "both samples come from one distribution",
                    .statistic = distances.by(options.alternative),
                    .alternative = options.alternative,
                    .n = m + n};
  name_statistic(result);
  constexpr double few = 10000;
  const bool exact = options.method == RankMethod::exact ||
                     (options.method == RankMethod::automatic && m * n < few);
  if (exact) {
    require<InsufficientDataError>(m * n <= most_lattice_steps,
                                   "{} and {} values are too many to count; leave --exact out", m,
                                   n);
    result.method += ", exact";
    set_p_value(result, lattice_survival(m, n, result.statistic, options.alternative, ends));
  } else {
    set_limit_p_value(result, m * n / (m + n));
    if (ties) result.notes.push_back("there are ties: the p-value of the limit law is rough");
  }
  return result;
}

}  // namespace mathtool::stats
