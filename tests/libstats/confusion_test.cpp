#include "mathtool/stats/metrics/confusion.hpp"

#include <limits>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/classification_metrics.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

namespace {

using Labels = std::vector<std::string>;

ConfusionMatrix confusion_of(const Labels& truth, const Labels& predicted) {
  Confusion confusion;
  for (std::size_t i = 0; i < truth.size(); ++i) confusion.push(truth[i], predicted[i]);
  return confusion.matrix();
}

std::vector<std::string> undefined_of(const ConfusionMatrix& confusion) {
  std::vector<std::string> names;
  for (const UndefinedMetric& each : classification_metrics(confusion).undefined)
    names.push_back(each.metric);
  return names;
}

}  // namespace

// scikit-learn's documentation of confusion_matrix.
TEST_CASE("confusion: rows are true labels, columns predicted ones", "[stats]") {
  const ConfusionMatrix found = confusion_of({"cat", "ant", "cat", "cat", "ant", "bird"},
                                             {"ant", "ant", "cat", "cat", "ant", "cat"});
  CHECK(found.labels == Labels{"ant", "bird", "cat"});
  CHECK(found.counts == Mat{{2, 0, 0}, {0, 0, 1}, {1, 0, 2}});
}

TEST_CASE("confusion: numbers are in the order of numbers, and a text among them makes all texts",
          "[stats]") {
  CHECK(confusion_of({"10", "9"}, {"-1", "9"}).labels == Labels{"-1", "9", "10"});
  CHECK(confusion_of({"10", "9"}, {"x", "9"}).labels == Labels{"10", "9", "x"});
}

TEST_CASE("confusion: weights are frequencies, and none leaves no trace", "[stats]") {
  Confusion confusion;
  confusion.push("a", "b", 2.5);
  confusion.push("a", "b", 0.5);
  confusion.push("c", "a", 0);
  CHECK(confusion.count() == 3);
  CHECK(confusion.matrix().labels == Labels{"a", "b"});
  CHECK(confusion.matrix().counts == Mat{{0, 3}, {0, 0}});
  CHECK_THROWS_AS(confusion.push("a", "b", -1), DomainError);
  CHECK_THROWS_AS(confusion.push("a", "b", std::numeric_limits<double>::infinity()), DomainError);
}

TEST_CASE("confusion: labels seen in another order merge by name", "[stats]") {
  Confusion first, second;
  first.push("a", "b");
  second.push("b", "a");
  second.push("b", "c");
  first.merge(second);
  CHECK(first.matrix().labels == Labels{"a", "b", "c"});
  CHECK(first.matrix().counts == Mat{{0, 1, 0}, {1, 0, 1}, {0, 0, 0}});
}

// scikit-learn's documentation of classification_report:
// y_true = [0, 1, 2, 2, 2], y_pred = [0, 0, 2, 2, 1]; its precision 0 of class 1 is 0/1.
TEST_CASE("classification metrics: each class and their means", "[stats]") {
  const ClassificationMetrics found =
      classification_metrics(confusion_of({"0", "1", "2", "2", "2"}, {"0", "0", "2", "2", "1"}));
  REQUIRE(found.classes.size() == 3);
  CHECK(found.classes[0].precision == 0.5);
  CHECK(found.classes[0].recall == 1);
  CHECK_NEAR(found.classes[0].f1, 2.0 / 3, ulps(1, 1));
  CHECK(found.classes[1].f1 == 0);
  CHECK(found.classes[2].precision == 1);
  CHECK_NEAR(found.classes[2].recall, 2.0 / 3, ulps(1, 1));
  CHECK_NEAR(found.classes[2].f1, 0.8, ulps(1, 1));
  CHECK(found.classes[2].support == 3);
  CHECK(found.accuracy == 0.6);
  CHECK_NEAR(found.macro_precision, 0.5, ulps(1, 1));
  CHECK_NEAR(found.macro_recall, 5.0 / 9, ulps(1, 1));
  CHECK_NEAR(found.macro_f1, (2.0 / 3 + 0.8) / 3, ulps(1, 1));
  CHECK(found.undefined.empty());
}

// scikit-learn's documentation: matthews_corrcoef([+1, +1, +1, -1], [+1, -1, +1, +1]) = -0.33...,
// which is -1/3 by hand; cohen_kappa_score of the second pair is 0.6875.
TEST_CASE("classification metrics: agreement beyond chance", "[stats]") {
  CHECK_NEAR(
      matthews_correlation(confusion_of({"1", "1", "1", "-1"}, {"1", "-1", "1", "1"}).counts),
      -1.0 / 3, ulps(2, 1));
  CHECK_NEAR(cohen_kappa(confusion_of({"negative", "positive", "negative", "neutral", "positive"},
                                      {"negative", "positive", "negative", "neutral", "negative"})
                             .counts),
             0.6875, ulps(1, 1));
  // Gorodkin's definition by covariances of indicators, in R 4.2.2: X <- outer(t, 0:2, "=="),
  // Y <- outer(q, 0:2, "=="), k(X,Y)/sqrt(k(X,X) k(Y,Y)) with k(A,B) = sum(diag(cov(A*1,B*1))).
  CHECK_NEAR(
      matthews_correlation(
          confusion_of({"2", "0", "2", "2", "0", "1"}, {"0", "0", "2", "2", "0", "2"}).counts),
      0.4522670168666455, ulps(2, 1));
}

TEST_CASE("classification metrics: agreement keeps its digits where counts are huge", "[stats]") {
  // By hand: TP TN - FP FN = (n+1)(n-1) - n n = -1, divided by (2n)(2n) up to 1 in n².
  const double n = 94906265;  // n² just below 2⁵³, so that plain products of sums are rounded
  const Mat nearly{{n + 1, n}, {n, n - 1}};
  CHECK_NEAR(matthews_correlation(nearly), -1 / (4 * n * n), relative(1e-7, 1 / (4 * n * n)));
  CHECK(matthews_correlation(Mat{{n, n}, {n, n}}) == 0);
  CHECK(matthews_correlation(Mat{{n, 0}, {0, 3}}) == 1);
}

TEST_CASE("classification metrics: a metric whose divisor is 0 is NaN with its reason", "[stats]") {
  const ConfusionMatrix never{.labels = {"no", "yes"}, .counts = Mat{{5, 0}, {3, 0}}};
  CHECK(undefined_of(never) == std::vector<std::string>{"precision of 'yes'", "mcc"});
  const ClassificationMetrics found = classification_metrics(never);
  CHECK(std::isnan(found.classes[1].precision));
  CHECK(std::isnan(found.macro_precision));
  CHECK(found.classes[1].recall == 0);
  CHECK(found.classes[1].f1 == 0);
  CHECK(found.kappa == 0);
  const ConfusionMatrix lone = confusion_of({"a", "a"}, {"a", "a"});
  CHECK(undefined_of(lone) == std::vector<std::string>{"mcc", "kappa"});
  CHECK(classification_metrics(lone).accuracy == 1);
  const ConfusionMatrix unseen{.labels = {"a", "b"}, .counts = Mat{{2, 0}, {0, 0}}};
  CHECK(undefined_of(unseen) ==
        std::vector<std::string>{"precision of 'b'", "recall of 'b'", "f1 of 'b'", "mcc", "kappa"});
}

TEST_CASE("classification metrics: what is no matrix of counts is refused", "[stats]") {
  CHECK_THROWS_AS(accuracy(Mat::Ones(2, 3)), DimensionError);
  CHECK_THROWS_AS(accuracy(Mat{{1, -1}, {0, 1}}), DomainError);
  CHECK_THROWS_AS(recall(Mat::Ones(2, 2), 2), DomainError);
  CHECK(std::isnan(accuracy(Mat::Zero(2, 2))));
  CHECK_THROWS_AS(classification_metrics({{"a", "b"}, Mat::Zero(2, 2)}), InsufficientDataError);
  CHECK_THROWS_AS(classification_metrics({{"a"}, Mat::Ones(2, 2)}), DimensionError);
  CHECK_THROWS_AS(classification_metrics(ConfusionMatrix()), InsufficientDataError);
}
