#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/metrics/calibration.hpp"
#include "mathtool/stats/metrics/precision_recall.hpp"
#include "mathtool/stats/metrics/roc.hpp"
#include "mathtool/stats/metrics/scoring_rules.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

namespace {

using Numbers = std::vector<double>;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// The example of scikit-learn's roc_auc_score, roc_curve and precision_recall_curve.
RankedScores four_scores() {
  return rank_scores(Numbers{0.1, 0.4, 0.35, 0.8}, {false, false, true, true});
}

/// Area and standard error by their definition: every positive against every negative.
std::pair<double, double> area_by_pairs(const Numbers& positives, const Numbers& negatives) {
  const auto m = std::ssize(positives), n = std::ssize(negatives);
  Mat wins(m, n);
  for (Index i = 0; i < m; ++i)
    for (Index j = 0; j < n; ++j) {
      const double x = positives[static_cast<std::size_t>(i)],
                   y = negatives[static_cast<std::size_t>(j)];
      wins(i, j) = x > y ? 1 : x == y ? 0.5 : 0;
    }
  const double area = wins.mean();
  const Vec v10 = wins.rowwise().mean(), v01 = wins.colwise().mean().transpose();
  const double s10 = (v10.array() - area).square().sum() / static_cast<double>(m - 1);
  const double s01 = (v01.array() - area).square().sum() / static_cast<double>(n - 1);
  return {area, std::sqrt(s10 / static_cast<double>(m) + s01 / static_cast<double>(n))};
}

/// n numbers on a grid of `levels`, so that many are tied.
Numbers tied_numbers(std::size_t n, std::uint64_t levels, std::uint64_t seed, double shift) {
  math::Philox random(seed);
  Numbers numbers(n);
  for (double& x : numbers) x = static_cast<double>(math::uniform_index(random, levels)) + shift;
  return numbers;
}

}  // namespace

TEST_CASE("ROC: scikit-learn's example of the curve and its area", "[stats]") {
  const std::vector<RocPoint> curve = roc_curve(four_scores());
  const Numbers fpr{0, 0, 0.5, 0.5, 1}, tpr{0, 0.5, 0.5, 1, 1},
      thresholds{infinite, 0.8, 0.4, 0.35, 0.1};
  REQUIRE(curve.size() == 5);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    CHECK(curve[i].fpr == fpr[i]);
    CHECK(curve[i].tpr == tpr[i]);
    CHECK(curve[i].threshold == thresholds[i]);
  }
  CHECK(roc_area(four_scores()).area == 0.75);
}

// Hanley & McNeil (1982), Table I: CT images rated 1 to 5. Stata's manual of roctab gives, by
// DeLong: area 0.8932, std. err. 0.0307, interval 0.83295 to 0.95339. More digits in R 4.2.2 from
// psi <- outer(pos, neg, function(x, y) (x > y) + 0.5 * (x == y)), mean(psi) and
// sqrt(var(rowMeans(psi))/51 + var(colMeans(psi))/58).
TEST_CASE("ROC: area and DeLong's interval of Hanley and McNeil's images", "[stats]") {
  const Numbers ratings{1, 2, 3, 4, 5}, abnormal{3, 2, 2, 11, 33}, normal{33, 6, 6, 11, 2};
  const RocArea found = roc_area(rank_scores({ratings, abnormal}, {ratings, normal}));
  CHECK_NEAR(found.area, 0.89317106152805947, ulps(2, 1));
  CHECK_NEAR(found.std_error, 0.030724408379381115, relative(1e-14, 0.03));
  CHECK_NEAR(found.ci_low, 0.83295232765817184, 1e-15);
  CHECK_NEAR(found.ci_high, 0.9533897953979471, 1e-15);
  CHECK(found.reason.empty());
}

TEST_CASE("ROC: area and standard error are those of all pairs", "[stats]") {
  for (const std::uint64_t levels : {1, 2, 5, 40, 100000})
    for (const std::size_t m : {2, 7, 160}) {
      const Numbers positives = tied_numbers(m, levels, 1, 0.0),
                    negatives = tied_numbers(m + 31, levels, 2, -1.0);
      const auto [area, error] = area_by_pairs(positives, negatives);
      const RocArea found = roc_area(rank_scores({positives, {}}, {negatives, {}}));
      INFO(levels << " levels, " << m << " positives");
      CHECK_NEAR(found.area, area, 1e-14);
      CHECK_NEAR(found.std_error, error, 1e-14);
    }
}

TEST_CASE("ROC: weights count as repetition", "[stats]") {
  const Numbers scores{0.2, 0.2, 0.5, 0.7, 0.7, 0.9}, weights{2, 1, 3, 0, 1, 2};
  const std::vector<bool> positive{false, true, false, true, true, true};
  Numbers repeated;
  std::vector<bool> repeated_positive;
  for (std::size_t i = 0; i < scores.size(); ++i)
    for (double k = 0; k < weights[i]; ++k) {
      repeated.push_back(scores[i]);
      repeated_positive.push_back(positive[i]);
    }
  const RankedScores weighted = rank_scores(scores, positive, weights),
                     counted = rank_scores(repeated, repeated_positive);
  CHECK(weighted.scores == counted.scores);
  CHECK(weighted.positives == counted.positives);
  CHECK(weighted.negatives == counted.negatives);
  CHECK(roc_area(weighted).std_error == roc_area(counted).std_error);
  CHECK(average_precision(weighted) == average_precision(counted));
}

TEST_CASE("ROC: a monotone transform of the scores changes nothing, their negative mirrors it",
          "[stats]") {
  const Numbers positives = tied_numbers(50, 20, 3, 3), negatives = tied_numbers(40, 20, 4, 0);
  const auto mapped = [](Numbers x, double (*f)(double)) {
    for (double& each : x) each = f(each);
    return x;
  };
  const RocArea area = roc_area(rank_scores({positives, {}}, {negatives, {}}));
  const auto rise = [](double x) { return std::exp(x); };
  const auto flip = [](double x) { return -x; };
  const Numbers risen = mapped(positives, rise), risen_too = mapped(negatives, rise);
  const Numbers flipped = mapped(positives, flip), flipped_too = mapped(negatives, flip);
  CHECK(roc_area(rank_scores({risen, {}}, {risen_too, {}})).area == area.area);
  CHECK_NEAR(roc_area(rank_scores({flipped, {}}, {flipped_too, {}})).area, 1 - area.area,
             ulps(2, 1));
}

TEST_CASE("ROC: all scores equal are worth as much as chance", "[stats]") {
  const RankedScores same = rank_scores(Numbers{3, 3, 3, 3}, {true, false, true, false});
  CHECK(same.size() == 1);
  CHECK(roc_area(same).area == 0.5);
  CHECK(roc_area(same).std_error == 0);
  CHECK(average_precision(same) == 0.5);
  CHECK(roc_curve(same).size() == 2);
  CHECK(rank_scores(Numbers{0.0, -0.0}, {true, false}).size() == 1);
}

TEST_CASE("ROC: one class alone has no area, and says why", "[stats]") {
  const RocArea none = roc_area(rank_scores(Numbers{0.1, 0.2}, {true, true}));
  CHECK(std::isnan(none.area));
  CHECK(none.reason == "there is no negative row");
  CHECK(std::isnan(roc_curve(rank_scores(Numbers{0.1}, {true}))[1].fpr));
  CHECK(std::isnan(average_precision(rank_scores(Numbers{0.1}, {false}))));
  CHECK(std::isnan(roc_area(rank_scores(Numbers{}, {})).area));
  const RocArea single = roc_area(rank_scores(Numbers{0.1, 0.2, 0.3}, {true, false, false}));
  CHECK(single.area == 0);
  CHECK(std::isnan(single.std_error));
  CHECK_FALSE(single.reason.empty());
  const RocArea perfect = roc_area(rank_scores(Numbers{1, 2, 3, 4}, {false, false, true, true}));
  CHECK(perfect.area == 1);
  CHECK(perfect.ci_low == 1);
  CHECK_FALSE(perfect.reason.empty());
}

TEST_CASE("ranked scores: what cannot be ranked is refused", "[stats]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(rank_scores(Numbers{nan}, {true}), DomainError);
  CHECK_THROWS_AS(rank_scores(Numbers{infinite}, {true}), InsufficientDataError);
  CHECK_THROWS_AS(rank_scores(Numbers{1}, {true, false}), DimensionError);
  CHECK_THROWS_AS(rank_scores(Numbers{1}, {true}, Numbers{1, 2}), DimensionError);
  CHECK_THROWS_AS(rank_scores(Numbers{1}, {true}, Numbers{-1}), DomainError);
  CHECK_THROWS_AS(roc_area(four_scores(), {.level = 1}), DomainError);
}

TEST_CASE("ranked scores: the counts at a threshold include it", "[stats]") {
  CHECK(counts_at(four_scores(), 0.4) == Mat{{1, 1}, {1, 1}});
  CHECK(counts_at(four_scores(), 0.41) == Mat{{2, 0}, {1, 1}});
  CHECK(counts_at(four_scores(), -infinite) == Mat{{0, 2}, {0, 2}});
}

TEST_CASE("precision-recall: scikit-learn's example", "[stats]") {
  const std::vector<PrecisionRecallPoint> curve = precision_recall_curve(four_scores());
  const Numbers recall{0, 0.5, 0.5, 1, 1}, precision{1, 1, 0.5, 2.0 / 3, 0.5};
  REQUIRE(curve.size() == 5);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    CHECK(curve[i].recall == recall[i]);
    CHECK(curve[i].precision == precision[i]);
  }
  CHECK_NEAR(average_precision(four_scores()), 5.0 / 6, ulps(1, 1));  // its 0.83
}

// scikit-learn's documentation of log_loss: ["spam", "ham", "ham", "spam"] with probabilities of
// spam 0.9, 0.1, 0.2, 0.65 gives 0.21616...; the digits by -mean(y*log(p)+(1-y)*log1p(-p)) in R.
// Of brier_score_loss: [0, 1, 1, 0] with 0.1, 0.9, 0.8, 0.3 gives 0.037..., 0.15/4 by hand.
TEST_CASE("scoring rules: scikit-learn's examples", "[stats]") {
  CHECK_NEAR(log_loss(rank_scores(Numbers{0.9, 0.1, 0.2, 0.65}, {true, false, false, true})),
             0.21616187468057915, ulps(1, 1));
  CHECK_NEAR(brier_score(rank_scores(Numbers{0.1, 0.9, 0.8, 0.3}, {false, true, true, false})),
             0.0375, ulps(1, 1));
}

TEST_CASE("scoring rules: certainty costs nothing where right, everything where wrong", "[stats]") {
  const RankedScores right = rank_scores(Numbers{1, 0}, {true, false}),
                     wrong = rank_scores(Numbers{1, 0.5}, {false, true});
  CHECK(log_loss(right) == 0);
  CHECK_FALSE(std::signbit(log_loss(right)));
  CHECK(brier_score(right) == 0);
  CHECK(log_loss(wrong) == infinite);
  CHECK(brier_score(wrong) == 0.625);
  // log(1 - p) of a tiny p is -p, which 1 - p would lose.
  CHECK_NEAR(log_loss(rank_scores(Numbers{1e-20}, {false})), 1e-20, 1e-35);
  CHECK(std::isnan(log_loss(rank_scores(Numbers{}, {}))));
  CHECK_THROWS_AS(log_loss(rank_scores(Numbers{1.5}, {true})), DomainError);
  CHECK_THROWS_AS(brier_score(rank_scores(Numbers{-0.5}, {true})), DomainError);
}

// scikit-learn's documentation of calibration_curve, n_bins = 3: prob_true [0, 0.5, 1], prob_pred
// [0.2, 0.525, 0.85].
TEST_CASE("calibration: scikit-learn's example", "[stats]") {
  const RankedScores ranked =
      rank_scores(Numbers{0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1},
                  {false, false, false, false, true, true, true, true, true});
  const std::vector<CalibrationBin> table = calibration_table(ranked, {.bins = 3});
  REQUIRE(table.size() == 3);
  const Numbers observed{0, 0.5, 1}, predicted{0.2, 0.525, 0.85}, counts{3, 2, 4};
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(table[k].observed == observed[k]);
    CHECK_NEAR(table[k].predicted, predicted[k], ulps(1, 1));
    CHECK(table[k].count == counts[k]);
  }
  // By hand: (3 · 0.2 + 2 · 0.025 + 4 · 0.15) / 9.
  CHECK_NEAR(expected_calibration_error(table), 1.25 / 9, ulps(2, 1));
}

TEST_CASE("calibration: a bin has its upper edge, the first its lower edge too", "[stats]") {
  const auto table = calibration_table(
      rank_scores(Numbers{0, 0.1, 0.5, 1}, {false, true, false, true}), {.bins = 2});
  CHECK(table[0].count == 3);
  CHECK(table[1].count == 1);
  const auto empty = calibration_table(rank_scores(Numbers{}, {}));
  REQUIRE(empty.size() == 10);
  CHECK(std::isnan(empty[3].observed));
  CHECK(std::isnan(expected_calibration_error(empty)));
  CHECK_THROWS_AS(calibration_table(four_scores(), {.bins = 0}), DomainError);
}
