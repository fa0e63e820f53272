#include "mathtool/stats/hypothesis/correlation_test.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "../kendall_test.hpp"
#include "mathtool/stats/correlation.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/distributions/student_t.hpp"
#include "mathtool/stats/mid_ranks.hpp"
#include "mathtool/stats/rank_correlation.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

void require_rows(double n) {
  require<InsufficientDataError>(n >= 3, "a correlation is tested with 3 rows at least, got {}", n);
}

void require_defined(double r) {
  require<InsufficientDataError>(
      !std::isnan(r),
      "a column is constant, or its squares leave the range of numbers: it has "
      "no correlation with another");
}

/// tanh(atanh r ± z · error), open on the alternative's side; none at r = ±1, where it has no
/// width.
Interval fisher_interval(double r, double error, const TestOptions& options) {
  if (std::abs(r) == 1) return {not_a_number, not_a_number};
  const Interval ci = interval_about(std::atanh(r), error, Normal(), options);
  return {std::tanh(ci.low), std::tanh(ci.high)};
}

void set_correlation(TestResult& result, const char* name, double r, double error,
                     const TestOptions& options) {
  result.alternative = options.alternative;
  result.null_hypothesis = "there is no association";
  result.estimate_name = name;
  result.estimate = r;
  result.ci = fisher_interval(r, error, options);
  result.effect_size = {name, r, fisher_interval(r, error, {.level = options.level})};
}

struct RankedPair {
  MidRanks x, y;
  double n;

  bool ties() const { return x.ties || y.ties; }
};

RankedPair rank_pair(std::span<const double> x, std::span<const double> y) {
  require<DimensionError>(x.size() == y.size(), "correlation: {} values of x, but {} of y",
                          x.size(), y.size());
  require_rows(static_cast<double>(x.size()));
  return {mid_ranks_of(x), mid_ranks_of(y), static_cast<double>(x.size())};
}

Mat as_matrix(std::span<const double> x, std::span<const double> y) {
  Mat X(std::ssize(x), 2);
  X.col(0) = Eigen::Map<const Vec>(x.data(), std::ssize(x));
  X.col(1) = Eigen::Map<const Vec>(y.data(), std::ssize(y));
  return X;
}

/// P(S ≥ s) without ties by all orders of the rows.
double counted_squares(int n, double s) {
  std::vector<int> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  double reached = 0, all = 0;
  do {
    double sum = 0;
    for (int i = 0; i < n; ++i) {
      const double gap = order[static_cast<std::size_t>(i)] - i;
      sum += gap * gap;
    }
    all += 1;
    reached += sum >= s;
  } while (std::next_permutation(order.begin(), order.end()));
  return reached / all;
}

/// P(S ≥ s), or P(S < s), by Edgeworth's series as AS 89 has it for more than 9 rows. S is even.
/// Below 0, far out, the series has nothing to say.
double edgeworth_squares(double n, double s, Tail tail) {
  const double b = 1 / n;
  const double x = (6 * (s - 1) * b / (n * n - 1) - 1) * std::sqrt(1 / b - 1);
  double y = x * x;
  const double u =
      x * b *
      (0.2274 + b * (0.2531 + 0.1745 * b) +
       y * (-0.0758 + b * (0.1033 + 0.3932 * b) -
            y * b *
                (0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)))));
  y = u / std::exp(y / 2);
  const double p = tail == Tail::upper ? survival(Normal(), x) + y : cdf(Normal(), x) - y;
  return std::clamp(p, 0.0, 1.0);
}

constexpr double most_enumerated = 9, most_edgeworth = 1290;

/// P(S ≥ s), the tail of negative correlations.
double upper_squares(double n, double s) {
  const double all = n * (n * n - 1) / 3;
  if (s <= 0) return 1;
  if (s > all) return 0;
  return n <= most_enumerated ? counted_squares(static_cast<int>(n), s)
                              : edgeworth_squares(n, s, Tail::upper);
}

/// P(S ≤ s), the tail of positive ones. Orders come in pairs: S of one reversed is `all` less S.
double lower_squares(double n, double s) {
  if (n <= most_enumerated) return upper_squares(n, n * (n * n - 1) / 3 - s);
  return edgeworth_squares(n, s + 2, Tail::lower);
}

/// P(at most k of the pairs are concordant), in a random order of n rows.
double at_most_concordant(double n, double k) {
  const double pairs = n * (n - 1) / 2;
  if (k < 0) return 0;
  if (k >= pairs) return 1;
  if (k < pairs / 2) return kendall_exact_p_value(n, k) / 2;
  return 1 - at_most_concordant(n, pairs - k - 1);
}

double tie_variance(const MidRanks& ranked, double* pairs, double* triples) {
  // From the ranks alone: a group of t ties is t equal ranks.
  std::vector<double> ranks = ranked.ranks;
  std::sort(ranks.begin(), ranks.end());
  double variance = 0;
  for (std::size_t begin = 0, end = 0; begin < ranks.size(); begin = end) {
    while (end < ranks.size() && ranks[end] == ranks[begin]) ++end;
    const auto t = static_cast<double>(end - begin);
    *pairs += t * (t - 1);
    *triples += t * (t - 1) * (t - 2);
    variance += t * (t - 1) * (2 * t + 5);
  }
  return variance;
}

}  // namespace

TestResult pearson_test(const CovarianceEstimate& covariance, const TestOptions& options) {
  require_level(options.level);
  require<DimensionError>(covariance.matrix.cols() == 2, "correlation: {} columns instead of 2",
                          covariance.matrix.cols());
  const auto n = static_cast<double>(covariance.observations);
  require_rows(n);
  const Correlation matrix = pearson_correlation(covariance);
  const double r = matrix.r(0, 1);
  require_defined(r);
  TestResult result{.method = "test of Pearson's correlation", .statistic_name = "t", .n = n};
  set_correlation(result, "Pearson's r", r, n > 3 ? 1 / std::sqrt(n - 3) : not_a_number, options);
  result.df = {n - 2};
  result.statistic = r * std::sqrt((n - 2) / ((1 - r) * (1 + r)));
  set_symmetric_p_value(result, StudentT(n - 2));
  if (std::abs(r) == 1) result.notes.push_back("the columns lie on a line");
  return result;
}

TestResult spearman_test(std::span<const double> x, std::span<const double> y,
                         const TestOptions& options) {
  require_level(options.level);
  const RankedPair ranked = rank_pair(x, y);
  const double n = ranked.n;
  const double rho = spearman_correlation(as_matrix(x, y)).r(0, 1);
  require_defined(rho);
  TestResult result{.method = "test of Spearman's rank correlation", .statistic_name = "S", .n = n};
  const double error = n > 3 ? std::sqrt((1 + rho * rho / 2) / (n - 3)) : not_a_number;
  set_correlation(result, "Spearman's rho", rho, error, options);
  const double cubes = n * (n * n - 1);
  result.statistic = cubes * (1 - rho) / 6;
  if (!ranked.ties() && n <= most_edgeworth) {
    const double s = 2 * std::round(result.statistic / 2);  // S of whole ranks is even
    result.statistic = s;
    const double upper = upper_squares(n, s), lower = lower_squares(n, s);
    switch (options.alternative) {
      case Alternative::less: set_p_value(result, upper); break;
      case Alternative::greater: set_p_value(result, lower); break;
      case Alternative::two_sided: set_p_value(result, 2 * (s > cubes / 6 ? upper : lower)); break;
    }
    result.method += n <= most_enumerated ? ", exact" : ", by Edgeworth's series";
    constexpr double far_out = 1e-3;  // where the error of the series is of the size of p
    if (n > most_enumerated && result.p_value < far_out)
      result.notes.push_back(
          "so far out Edgeworth's series can be wrong by powers of ten; --permutation deals ranks "
          "instead");
    if (result.p_value > 0) return result;
    result.method = "test of Spearman's rank correlation";  // the series fell below 0
  }
  TestResult t{.statistic = rho * std::sqrt((n - 2) / ((1 - rho) * (1 + rho))),
               .alternative = options.alternative};
  set_symmetric_p_value(t, StudentT(n - 2));
  result.p_value = t.p_value;
  result.log10_p = t.log10_p;
  if (ranked.ties())
    result.notes.push_back("there are ties: the p-value is that of Student's t of the ranks");
  return result;
}

TestResult kendall_test(std::span<const double> x, std::span<const double> y,
                        const TestOptions& options) {
  require_level(options.level);
  const RankedPair ranked = rank_pair(x, y);
  const double n = ranked.n, pairs = n * (n - 1);
  const double tau = kendall_correlation(as_matrix(x, y)).r(0, 1);
  require_defined(tau);
  TestResult result{.method = "test of Kendall's rank correlation", .n = n};
  set_correlation(result, "Kendall's tau", tau, n > 4 ? std::sqrt(0.437 / (n - 4)) : not_a_number,
                  options);
  constexpr double few = 50;
  if (n < few && !ranked.ties()) {
    const double concordant = std::round((tau + 1) * pairs / 4);
    const double lower = at_most_concordant(n, concordant);
    const double upper = at_most_concordant(n, pairs / 2 - concordant);
    result.method += ", exact";
    result.statistic_name = "T";
    result.statistic = concordant;
    switch (options.alternative) {
      case Alternative::less: set_p_value(result, lower); break;
      case Alternative::greater: set_p_value(result, upper); break;
      case Alternative::two_sided: set_p_value(result, 2 * std::min(lower, upper)); break;
    }
    return result;
  }
  double pairs_x = 0, pairs_y = 0, triples_x = 0, triples_y = 0;
  const double ties_x = tie_variance(ranked.x, &pairs_x, &triples_x);
  const double ties_y = tie_variance(ranked.y, &pairs_y, &triples_y);
  const double variance = (pairs * (2 * n + 5) - ties_x - ties_y) / 18 +
                          pairs_x * pairs_y / (2 * pairs) +
                          triples_x * triples_y / (9 * pairs * (n - 2));
  result.statistic_name = "z";
  result.statistic =
      tau * std::sqrt((pairs - pairs_x) / 2 * ((pairs - pairs_y) / 2)) / std::sqrt(variance);
  set_symmetric_p_value(result, Normal());
  return result;
}

}  // namespace mathtool::stats
