#include "mathtool/stats/hypothesis/fisher_exact.hpp"

#include <fmt/format.h>

#include <cmath>

#include "counts.hpp"
#include "mathtool/math/calculus/find_root.hpp"
#include "mathtool/stats/distributions/hypergeometric.hpp"
#include "mathtool/stats/hypothesis/chi_squared_independence.hpp"
#include "significance.hpp"
#include "table_network.hpp"

namespace mathtool::stats {
namespace {

/// The first cell of a 2 × 2 table given its margins, under any odds ratio.
///     P(k) ∝ C(m, k) C(n, c − k) ωᵏ
class FirstCell {
 public:
  FirstCell(double m, double n, double c) : low_(std::max(0.0, c - n)) {
    const Hypergeometric central(m + n, m, c);
    for (double k = low_; k <= std::min(c, m); ++k) logs_.push_back(log_pdf(central, k));
  }

  /// Probabilities of all values under log ω.
  std::vector<Extended> probabilities(double log_odds) const {
    std::vector<Extended> p(logs_.size());
    Extended largest = -infinity, sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i)
      largest = std::max(largest, p[i] = logs_[i] + static_cast<Extended>(i) * log_odds);
    for (Extended& each : p) sum += each = std::exp(each - largest);
    for (Extended& each : p) each /= sum;
    return p;
  }

  double mean(double log_odds) const {
    Extended mean = low_;
    const auto p = probabilities(log_odds);
    for (std::size_t i = 0; i < p.size(); ++i) mean += static_cast<Extended>(i) * p[i];
    return static_cast<double>(mean);
  }

  Extended at_most(double k, double log_odds) const { return sum(log_odds, 0, place(k) + 1); }
  Extended at_least(double k, double log_odds) const {
    return sum(log_odds, place(k), logs_.size());
  }

  /// log P of the values that a test counts, finite however far out they lie.
  Extended log_p(double k, double log_odds, Alternative alternative) const {
    const std::size_t observed = place(k);
    const Extended limit = log_weight(observed, log_odds) + std::log1p(1e-7L);
    const auto counts = [&](std::size_t i) {
      if (alternative == Alternative::two_sided) return log_weight(i, log_odds) <= limit;
      return alternative == Alternative::less ? i <= observed : i >= observed;
    };
    return log_sum(log_odds, counts) - log_sum(log_odds, [](std::size_t) { return true; });
  }

  double low() const { return low_; }
  double high() const { return low_ + static_cast<double>(logs_.size()) - 1; }

 private:
  std::size_t place(double k) const { return static_cast<std::size_t>(k - low_); }

  Extended log_weight(std::size_t i, double log_odds) const {
    return logs_[i] + static_cast<Extended>(i) * log_odds;
  }

  template <class Counts>
  Extended log_sum(double log_odds, const Counts& counts) const {
    Extended largest = -infinity, sum = 0;
    for (std::size_t i = 0; i < logs_.size(); ++i)
      if (counts(i)) largest = std::max(largest, log_weight(i, log_odds));
    for (std::size_t i = 0; i < logs_.size(); ++i)
      if (counts(i)) sum += std::exp(log_weight(i, log_odds) - largest);
    return largest + std::log(sum);
  }

  Extended sum(double log_odds, std::size_t begin, std::size_t end) const {
    const auto p = probabilities(log_odds);
    Extended total = 0;
    for (std::size_t i = begin; i < end; ++i) total += p[i];
    return total;
  }

  double low_;
  std::vector<Extended> logs_ = {};
};

/// The odds ratio at which a function of log ω that rises is 0.
double odds_at(FunctionRef<double(double)> rising) {
  double reach = 1;
  while (reach < 700 && !(rising(-reach) < 0 && rising(reach) > 0)) reach *= 2;
  const math::Root root = math::find_root(rising, -reach, reach, {.rel_tol = 1e-14});
  return std::exp(root.value);
}

Interval odds_interval(const FirstCell& cell, double k, const FisherOptions& options) {
  const double left_out =
      (1 - options.level) / (options.alternative == Alternative::two_sided ? 2 : 1);
  const auto lower = [&] {
    if (k == cell.low()) return 0.0;
    return odds_at([&](double w) { return static_cast<double>(cell.at_least(k, w)) - left_out; });
  };
  const auto upper = [&] {
    if (k == cell.high()) return infinity;
    return odds_at([&](double w) { return left_out - static_cast<double>(cell.at_most(k, w)); });
  };
  return {options.alternative == Alternative::less ? 0.0 : lower(),
          options.alternative == Alternative::greater ? infinity : upper()};
}

TestResult four_cells(const Mat& table, const FisherOptions& options) {
  const double k = table(0, 0);
  const FirstCell cell(table.col(0).sum(), table.col(1).sum(), table.row(0).sum());
  TestResult result{.method = "Fisher's exact test",
                    .null_hypothesis = fmt::format("the odds ratio is {}", options.odds_ratio),
                    .alternative = options.alternative,
                    .estimate_name = "odds ratio",
                    .n = table.sum()};
  const double log_odds = std::log(options.odds_ratio);
  const Extended log_p = std::min(Extended(0), cell.log_p(k, log_odds, options.alternative));
  result.p_value = static_cast<double>(std::exp(log_p));
  result.log10_p = static_cast<double>(log_p / std::numbers::ln10_v<Extended>);
  if (k == cell.low())
    result.estimate = 0;
  else if (k == cell.high())
    result.estimate = infinity;
  else
    result.estimate = odds_at([&](double w) { return cell.mean(w) - k; });
  result.ci = odds_interval(cell, k, options);
  FisherOptions both = options;
  both.alternative = Alternative::two_sided;
  result.effect_size = {"odds ratio", result.estimate, odds_interval(cell, k, both)};
  return result;
}

}  // namespace

TestResult fisher_exact_test(const MatRef& counts, const FisherOptions& options) {
  require_level(options.level);
  require(options.odds_ratio > 0 && std::isfinite(options.odds_ratio),
          "Fisher's test: the odds ratio must be > 0, got {}", options.odds_ratio);
  for (const auto column : counts.colwise()) {
    const Vec cells = column;
    require_whole_counts({cells.data(), static_cast<std::size_t>(cells.size())});
  }
  const Mat table = occupied_table(counts);
  constexpr double most = 1e6;  // observations; beyond, the margins alone take long
  require<InsufficientDataError>(table.sum() <= most,
                                 "{} observations are too many for the exact test; use chisq",
                                 table.sum());
  if (table.rows() == 2 && table.cols() == 2) return four_cells(table, options);
  require(options.alternative == Alternative::two_sided && options.odds_ratio == 1,
          "Fisher's test: sides and odds ratios are for 2 x 2 tables, this one is {} x {}",
          table.rows(), table.cols());
  TestResult result{.method = "Fisher's exact test",
                    .null_hypothesis = "the two variables are independent",
                    .n = table.sum()};
  // What is left of the rows is the state: the fewer of them, the fewer states.
  const bool turned = table.rows() > table.cols();
  const std::optional<double> p =
      table_network_p_value(turned ? Mat(table.transpose()) : table, options.budget, options.stop);
  if (p) {
    set_p_value(result, *p);
  } else {
    result.status = Status::out_of_budget;
    result.reason = fmt::format(
        "the {} x {} table of {} observations needs more than {:g} steps of the exact test; use "
        "random tables (--permutation 9999), or chisq",
        table.rows(), table.cols(), result.n, options.budget);
  }
  const TestResult squares =
      chi_squared_independence_test(table, {.continuity = false, .level = options.level});
  result.effect_size = squares.effect_size;
  result.estimate_name = squares.estimate_name;
  result.estimate = squares.estimate;
  result.ci = squares.ci;
  return result;
}

}  // namespace mathtool::stats
