#include "mathtool/stats/hypothesis/t_test.hpp"

#include <fmt/format.h>

#include <cmath>

#include "mathtool/stats/distributions/student_t.hpp"
#include "noncentrality.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {
namespace {

/// The parts that all t tests share. `deviation` is the sd that makes the effect of the difference.
void finish_t(TestResult& result, double mu, double standard_error, double deviation, double df,
              const TestOptions& options) {
  result.statistic_name = "t";
  result.alternative = options.alternative;
  const double difference = result.estimate - mu;
  result.statistic = difference / standard_error;
  result.df = {df};
  const StudentT t(df);
  set_symmetric_p_value(result, t);
  result.ci = interval_about(result.estimate, standard_error, t, options);
  const double unit = standard_error / deviation;
  const Interval nc = noncentral_t_interval(result.statistic, df, options.level);
  result.effect_size = {"Cohen's d", difference / deviation, {nc.low * unit, nc.high * unit}};
}

double pooled_deviation(const Moments& x, const Moments& y) {
  const double m = x.weight() - 1, n = y.weight() - 1;
  return std::sqrt(x.variance() * (m / (m + n)) + y.variance() * (n / (m + n)));
}

TestResult one_mean(const Moments& x, double mu, const TestOptions& options) {
  require_level(options.level);
  require_values(x, 2);
  require_spread(x.variance() > 0, x);
  TestResult result{.estimate = x.mean(), .n = x.weight()};
  finish_t(result, mu, x.standard_error(), x.standard_deviation(), x.weight() - 1, options);
  return result;
}

TestResult two_means(const Moments& x, const Moments& y, double mu, const TestOptions& options) {
  require_level(options.level);
  require_values(x, 2);
  require_values(y, 2);
  require_spread(x.variance() > 0 || y.variance() > 0, x);
  return {.null_hypothesis =
              mu == 0 ? "the means are equal" : fmt::format("the means differ by {}", mu),
          .estimate_name = "difference of means",
          .estimate = difference_of_means(x, y),
          .n = x.weight() + y.weight()};
}

}  // namespace

TestResult t_test(const Moments& x, double mu, const TestOptions& options) {
  TestResult result = one_mean(x, mu, options);
  result.method = "Student's t test of one mean";
  result.null_hypothesis = fmt::format("the mean is {}", mu);
  result.estimate_name = "mean";
  return result;
}

TestResult paired_t_test(const Moments& differences, double mu, const TestOptions& options) {
  TestResult result = one_mean(differences, mu, options);
  result.method = "Student's t test of pairs";
  result.null_hypothesis = fmt::format("the mean difference is {}", mu);
  result.estimate_name = "mean difference";
  return result;
}

TestResult welch_t_test(const Moments& x, const Moments& y, double mu, const TestOptions& options) {
  TestResult result = two_means(x, y, mu, options);
  result.method = "Welch's t test of two means";
  const double a = x.variance() / x.weight(), b = y.variance() / y.weight();
  const double share = a / (a + b);  // squares of a and b could leave the range of doubles
  const double df =
      1 / (share * share / (x.weight() - 1) + (1 - share) * (1 - share) / (y.weight() - 1));
  finish_t(result, mu, std::sqrt(a + b), pooled_deviation(x, y), df, options);
  return result;
}

TestResult pooled_t_test(const Moments& x, const Moments& y, double mu,
                         const TestOptions& options) {
  TestResult result = two_means(x, y, mu, options);
  result.method = "Student's t test of two means, variances pooled";
  const double deviation = pooled_deviation(x, y);
  finish_t(result, mu, deviation * std::sqrt(1 / x.weight() + 1 / y.weight()), deviation,
           x.weight() + y.weight() - 2, options);
  return result;
}

}  // namespace mathtool::stats
