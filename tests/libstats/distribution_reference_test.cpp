#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/distributions/kolmogorov_smirnov.hpp"
#include "mathtool/stats/distributions/noncentral_chi2.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

// Against figures of 25 digits that mpmath gave, from the centre to tails of 1e-300.

using namespace mathtool;
using namespace mathtool::test;
using stats::AnyDistribution;

namespace {

/// The rows of a file behind its first line, cut at commas.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

/// The distribution that "dist,p1,p2,p3" names.
AnyDistribution distribution_of(const std::vector<std::string>& row) {
  std::string text = row[0] + "(";
  for (std::size_t i = 1; i <= 3; ++i)
    if (!row[i].empty()) text += (i > 1 ? ", " : "") + row[i];
  return stats::parse_distribution(text + ")");
}

/// Correct digits; of a logarithm below 1 absolute, as it crosses 0.
double correct_digits(double computed, const std::string& text, bool logarithm) {
  const double expected = std::strtod(text.c_str(), nullptr);
  if (computed == expected) return 15.5;
  const bool absolute = expected == 0 || (logarithm && std::abs(expected) < 1);
  const double error = std::abs(computed - expected) / (absolute ? 1 : std::abs(expected));
  return std::isnan(error) ? -1 : -std::log10(error);
}

using Evaluation = double (*)(const AnyDistribution&, double);

}  // namespace

TEST_CASE("distributions: density, tails and logarithms to 13 digits", "[stats][reference]") {
  REQUIRE_REFERENCE_DATA(data);
  constexpr Evaluation verbs[] = {
      stats::pdf<AnyDistribution>,     stats::log_pdf<AnyDistribution>,
      stats::cdf<AnyDistribution>,     stats::survival<AnyDistribution>,
      stats::log_cdf<AnyDistribution>, stats::log_survival<AnyDistribution>};
  constexpr bool logarithm[] = {false, true, false, false, true, true};
  constexpr double least_normal = std::numeric_limits<double>::min();
  for (const auto& row : rows_of(data / "distributions" / "tails_mpmath.csv")) {
    const AnyDistribution d = distribution_of(row);
    const double x = std::strtod(row[4].c_str(), nullptr);
    for (std::size_t verb = 0; verb < 6; ++verb) {
      const std::string& expected = row[5 + verb];
      if (!logarithm[verb] && std::strtod(expected.c_str(), nullptr) < least_normal) continue;
      INFO(d.text() << " at " << row[4] << ", column " << 5 + verb << ": " << expected);
      CHECK(correct_digits(verbs[verb](d, x), expected, logarithm[verb]) >= 13);
    }
  }
}

TEST_CASE("distributions: quantiles of both tails to 12 digits", "[stats][reference]") {
  REQUIRE_REFERENCE_DATA(data);
  for (const auto& row : rows_of(data / "distributions" / "quantiles_mpmath.csv")) {
    const AnyDistribution d = distribution_of(row);
    const double p = std::strtod(row[5].c_str(), nullptr);
    const double x = row[4] == "lower" ? stats::quantile(d, p) : stats::quantile_survival(d, p);
    INFO(d.text() << ", " << row[4] << " tail of " << row[5] << ": " << row[6]);
    CHECK(correct_digits(x, row[6], false) >= 12);
  }
}

TEST_CASE("distribution: Kolmogorov and Smirnov's statistic of small and large samples",
          "[stats][reference]") {
  const auto below = [](double n, double x) { return stats::cdf(stats::KolmogorovSmirnov(n), x); };
  // Marsaglia, Tsang & Wang, Evaluating Kolmogorov's distribution (2003).
  CHECK_NEAR(below(10, 0.274), 0.6284796154565043, 1e-14);
  CHECK_NEAR(below(2000, 0.04), 0.99676943191713676985, 1e-14);
  CHECK_NEAR(below(16000, 0.016), 0.99945234913828052085, 1e-14);
  // By hand: 2x − 1 of one observation; of two 2(2x − ½)² up to ½, then 1 − 2(1 − x)².
  CHECK_NEAR(below(1, 0.8), 0.6, 2e-16);
  CHECK_NEAR(below(2, 0.375), 2 * 0.25 * 0.25, 1e-15);
  CHECK_NEAR(below(2, 0.75), 1 - 2 * 0.0625, 1e-15);
}

// By the closed form of the Bessel functions of order 1/2 and 3/2, in 60 digits.
TEST_CASE("distributions: noncentral chi-squared far out, where only the logarithm is a number",
          "[stats][reference]") {
  struct Place {
    double df, nc, x, log_density;
  };
  for (const auto& [df, nc, x, expected] :
       {Place{3, 10, 1e20, -49999999968377223406.0}, Place{3, 10, 1e24, -4.9999999999683772234e+23},
        Place{5, 1e30, 1e12, -4.999999990000000005e+29},
        Place{3, 1e15, 0.1556, -499999987526046.05566},
        Place{3, 1e15, 1e10, -496842722339850.50214}}) {
    const stats::NoncentralChi2 d(df, nc);
    CAPTURE(df, nc, x);
    CHECK_NEAR(stats::log_pdf(d, x), expected, relative(1e-14, expected));
    const bool upper = x > nc;
    CHECK_NEAR(upper ? stats::log_survival(d, x) : stats::log_cdf(d, x), expected,
               relative(1e-12, expected));
    CHECK((upper ? stats::survival(d, x) : stats::cdf(d, x)) == 0);
  }
}
