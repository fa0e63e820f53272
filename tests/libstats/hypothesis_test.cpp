#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "estimates.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/stats/distributions/student_t.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"
#include "mathtool/stats/hypothesis/bootstrap.hpp"
#include "mathtool/stats/hypothesis/fisher_exact.hpp"
#include "mathtool/stats/hypothesis/kolmogorov_smirnov_test.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/permutation.hpp"
#include "mathtool/stats/hypothesis/studentized_range.hpp"
#include "mathtool/stats/hypothesis/t_test.hpp"
#include "mathtool/stats/hypothesis/wilcoxon_signed_rank.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;
using math::FiftyDigits;

namespace {

/// The groups of a NIST table of two columns, group and value, below line 60.
std::vector<std::vector<double>> nist_groups(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  for (int i = 0; i < 60; ++i) std::getline(file, line);
  std::vector<std::vector<double>> groups;
  for (std::size_t group; file >> group;) {
    groups.resize(std::max(groups.size(), group));
    file >> groups[group - 1].emplace_back();
  }
  return groups;
}

/// F to 50 digits from the doubles as they are: what can be had of rounded input.
FiftyDigits exact_f(const std::vector<std::vector<double>>& groups) {
  FiftyDigits total = 0, n = 0, within = 0, between = 0;
  for (const auto& group : groups)
    for (const double x : group) total += x, n += 1;
  const FiftyDigits mean = total / n;
  for (const auto& group : groups) {
    FiftyDigits sum = 0;
    for (const double x : group) sum += x;
    const FiftyDigits own = sum / group.size();
    for (const double x : group) within += (x - own) * (x - own);
    between += (own - mean) * (own - mean) * group.size();
  }
  const FiftyDigits k = groups.size();
  return between / (k - 1) / (within / (n - k));
}

double digits(const FiftyDigits& computed, const FiftyDigits& expected) {
  const auto error = static_cast<double>(abs(FiftyDigits((computed - expected) / expected)));
  return error > 0 ? std::min(15.5, -std::log10(error)) : 15.5;
}

}  // namespace

TEST_CASE("anova: NIST's tables to 13 digits, or to what the rounded input holds", "[stats]") {
  REQUIRE_REFERENCE_DATA(data);
  const auto folder = data / "nist";
  nlohmann::json certified;
  std::ifstream(folder / "certified.json") >> certified;
  for (const auto& [name, set] : certified["anova"].items()) {
    INFO(name);
    const auto groups = nist_groups(folder / "anova" / (name + ".dat"));
    std::vector<Moments> sums;
    for (const auto& group : groups) sums.push_back(moments(group));
    const Anova found = anova(sums);
    const FiftyDigits exact = exact_f(groups);
    CHECK(digits(found.test.statistic, exact) > 14);
    const FiftyDigits truth(set["recomputed_exact"]["F"].get<std::string>());
    const double limit = digits(exact, truth);
    CHECK(digits(found.test.statistic, truth) >= std::min(13.0, limit - 0.5));
    CHECK(found.table[0].df == set["df_between"].get<double>());
    CHECK(found.table[1].df == set["df_within"].get<double>());
  }
}

// Of k = 2 the range is √2 |t|: P(Q > q) = 2 P(T > q/√2).
TEST_CASE("studentized range: of two means it is Student's t", "[stats]") {
  for (const double df : {1.0, 2.0, 5.0, 30.0, 1e3, 1e6})
    for (const double q : {0.1, 1.0, 3.0, 8.0, 20.0}) {
      const double expected = 2 * survival(StudentT(df), q / std::sqrt(2.0));
      INFO(df << " " << q);
      const StudentizedRange range(2, df);
      CHECK_NEAR(range.survival(q), expected, relative(1e-11, expected));
      CHECK_NEAR(range.cdf(q), 1 - expected, 1e-11);
    }
}

// mpmath's nested quadrature with 18 digits, of which 11 or more hold.
TEST_CASE("studentized range: tails of several means", "[stats]") {
  CHECK_NEAR(StudentizedRange(3, 20).survival(3.5), 0.0558918490817490, 1e-12);
  CHECK_NEAR(StudentizedRange(10, 5).survival(10), 0.0111088330042729, 1e-11);
  // R: qtukey(0.95, 3, 27)
  CHECK_NEAR(StudentizedRange(3, 27).quantile_survival(0.05), 3.5064261233926857, 1e-8);
  for (const double p : {1e-12, 1e-3, 0.05, 0.5, 0.99}) {
    const StudentizedRange range(5, 12);
    CHECK_NEAR(range.survival(range.quantile_survival(p)), p, relative(1e-11, p));
  }
  CHECK_THROWS_AS(StudentizedRange(1.5, 3), DomainError);
  CHECK_THROWS_AS(StudentizedRange(3, 0), DomainError);
}

// mpmath with 40 digits: the noncentral hypergeometric mean and tails solved for ω. Engines (rows)
// by transmissions of mtcars.
TEST_CASE("fisher: odds ratio and interval of 12 6 / 7 7", "[stats]") {
  Mat table(2, 2);
  table << 12, 6, 7, 7;
  const TestResult found = fisher_exact_test(table);
  CHECK_NEAR(found.estimate, 1.956038563444674, 1e-12);
  CHECK_NEAR(found.ci.low, 0.382534008551759, 1e-12);
  CHECK_NEAR(found.ci.high, 10.59100076407486, 1e-11);
}

// All 3 x 3 tables with the margins of the identity are the 3! permutations, equally likely.
TEST_CASE("fisher: equally likely tables leave nothing to reject", "[stats]") {
  CHECK_NEAR(fisher_exact_test(Mat::Identity(3, 3)).p_value, 1, 1e-14);
  // No table with all margins 3 is less likely than 3 I and its 3! orders of the rows: each arises
  // in one of the 9!/(3! 3! 3!) = 1680 ways to deal three labels, three of each, to nine places.
  CHECK_NEAR(fisher_exact_test(3 * Mat::Identity(3, 3)).p_value, 6.0 / 1680, 1e-14);
}

TEST_CASE("tests: exchanging the samples turns the sign", "[stats]") {
  const std::vector<double> x{1.5, 2.25, 7, 3.125, 4}, y{2, 8.5, 9, 6.75};
  const TestResult a = welch_t_test(moments(x), moments(y)),
                   b = welch_t_test(moments(y), moments(x));
  CHECK(a.statistic == -b.statistic);
  CHECK(a.p_value == b.p_value);
  CHECK_NEAR(a.ci.low, -b.ci.high, 1e-14);
  const TestResult u = mann_whitney_test(x, y), v = mann_whitney_test(y, x);
  CHECK(u.statistic + v.statistic == 20);
  CHECK_NEAR(u.p_value, v.p_value, 1e-15);
  CHECK(u.estimate == -v.estimate);
  const TestResult less = mann_whitney_test(x, y, 0, {.alternative = Alternative::less});
  const TestResult more = mann_whitney_test(y, x, 0, {.alternative = Alternative::greater});
  CHECK_NEAR(less.p_value, more.p_value, 1e-15);
}

TEST_CASE("tests: an offset of 1e9 changes nothing that it need not", "[stats]") {
  const std::vector<double> x{1.5, 2.25, 7, 3.125, 4}, y{2, 8.5, 9, 6.75};
  std::vector<double> high_x = x, high_y = y;
  for (double& each : high_x) each += 1e9;
  for (double& each : high_y) each += 1e9;
  const double expected = welch_t_test(moments(x), moments(y)).statistic;
  CHECK_NEAR(welch_t_test(moments(high_x), moments(high_y)).statistic, expected,
             relative(1e-14, expected));
}

TEST_CASE("tests: an interval touches the hypothesis where p is what it leaves out", "[stats]") {
  const Moments x = moments({1.5, 2.25, 7, 3.125, 4});
  const TestResult found = t_test(x, 0, {.level = 0.9});
  CHECK_NEAR(t_test(x, found.ci.low).p_value, 0.1, 1e-13);
  CHECK_NEAR(t_test(x, found.ci.high).p_value, 0.1, 1e-13);
  const TestResult one = t_test(x, 0, {.alternative = Alternative::greater, .level = 0.9});
  CHECK(one.ci.high == infinity);
  CHECK_NEAR(t_test(x, one.ci.low, {.alternative = Alternative::greater}).p_value, 0.1, 1e-13);
}

// All 2ⁿ signs of 1, 2, 3: V ≥ 6 in one, so p = 2/8.
TEST_CASE("wilcoxon: three values of one sign", "[stats]") {
  const std::vector<double> x{0.5, 1.25, 3};
  const TestResult found = wilcoxon_signed_rank_test(x);
  CHECK(found.statistic == 6);
  CHECK(found.p_value == 0.25);
  CHECK(found.effect_size.value == 1);
}

// Two samples of 3 without a mix: of C(6, 3) = 20 orders two are as far apart as D = 1.
TEST_CASE("ks: samples apart, counted", "[stats]") {
  const std::vector<double> x{1, 2, 3}, y{4, 5, 6};
  CHECK_NEAR(kolmogorov_smirnov_test(x, y).p_value, 2.0 / 20, 1e-15);
  CHECK_NEAR(kolmogorov_smirnov_test(x, y, {.alternative = Alternative::greater}).p_value, 1.0 / 20,
             1e-15);
  CHECK(kolmogorov_smirnov_test(x, x).p_value == 1);
}

TEST_CASE("permutation: as extreme as all, or as none", "[stats]") {
  const std::vector<std::vector<double>> same{{1, 1}, {1, 1, 1}};
  const auto gap = [](GroupedValues g) { return g[0][0] - g[1][0]; };
  CHECK(permute_groups(same, gap, {.permutations = 99}).p_value == 1);
  CHECK_THROWS_AS(permute_groups(same, gap, {.permutations = 0}), DomainError);
  const std::vector<double> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const auto product = [](std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  };
  CHECK(permute_pairs(x, x, product, {.permutations = 999, .alternative = Alternative::greater})
            .p_value == 0.001);
}

// The mean of n values has standard error √(Σ(x − x̄)²/n²) over all samples drawn again.
TEST_CASE("bootstrap: the standard error of a mean is known", "[stats]") {
  const std::vector<double> x{1, 2, 4, 8, 16, 3, 5, 7};
  const Index n = 8;
  const auto mean = [&](DrawnRows rows) {
    double sum = 0;
    for (const Index row : rows[0]) sum += x[static_cast<std::size_t>(row)];
    return sum / static_cast<double>(n);
  };
  const Bootstrap found = bootstrap(std::span(&n, 1), mean, {.samples = 20000});
  const double error = std::sqrt(moments(x).population_variance() / 8);
  CHECK_NEAR(found.std_error, error, monte_carlo(6, error / std::sqrt(2.0 * 20000)));
  CHECK_NEAR(found.bias, 0, monte_carlo(6, error / std::sqrt(20000.0)));
  CHECK(found.estimate == 5.75);
  // The values lean to the right, and BCa moves that way from the percentiles.
  CHECK(found.bca.low > found.percentile.low);
  CHECK(found.bca.high > found.percentile.high);
  CHECK(bootstrap(std::span(&n, 1), mean, {.samples = 50, .run = {.threads = 1}}).bca.low ==
        bootstrap(std::span(&n, 1), mean, {.samples = 50, .run = {.threads = 2}}).bca.low);
}
