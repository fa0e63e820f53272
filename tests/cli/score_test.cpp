#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/score_runs.hpp"
#include "support/reference_data.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const std::string gearbox = MATHTOOL_SOURCE_DIR "/examples/gearbox.csv";
const std::string ratings = MATHTOOL_SOURCE_DIR "/examples/ct-ratings.csv";

}  // namespace

TEST_CASE("score: scores that tell of the other label are noticed", "[cli]") {
  const std::string table = "y,s\nno,0.9\nyes,0.2\nno,0.7\nyes,0.8\n";
  CHECK(score.report(by_score, table)["notes"].dump().find("other label than 'yes'") !=
        std::string::npos);
  CHECK(score.report(with(by_score, {"--positive", "no"}), table)["notes"].empty());
}

// examples/gearbox.csv holds round(fitted(glm(am ~ wt, binomial, mtcars)), 4) as p, y = am. In R
// 4.2.2: psi <- outer(p[y==1], p[y==0], function(x, z) (x > z) + 0.5 * (x == z)); a <- mean(psi);
// s <- sqrt(var(rowMeans(psi))/13 + var(colMeans(psi))/19); a - qnorm(.975) * s;
// -mean(y*log(p) + (1-y)*log1p(-p)); mean((p-y)^2); table(y, p >= .5); and average precision by
// its definition: sum(diff(c(0, R)) * P) over the thresholds.
TEST_CASE("score: probabilities of a logistic regression", "[cli]") {
  const Json found = score.result({gearbox, "--truth", "gearbox", "--score", "probability"});
  CHECK(found["task"] == "classification");
  CHECK(found["positive"] == "manual");
  CHECK(found["confusion"] ==
        Json{{"labels", {"automatic", "manual"}}, {"matrix", {{18, 1}, {2, 11}}}});
  CHECK_NEAR(found["auc"].get<double>(), 0.9331983805668016, ulps(1, 1));
  CHECK_NEAR(found["auc_std_error"].get<double>(), 0.048112128124091463, 1e-16);
  CHECK_NEAR(found["auc_ci"][0].get<double>(), 0.838900342224005779, 1e-15);
  CHECK(found["auc_ci"][1] == 1);
  CHECK_NEAR(found["log_loss"].get<double>(), 0.29962423906784524, ulps(2, 1));
  CHECK_NEAR(found["brier"].get<double>(), 0.089500438437499996, ulps(1, 1));
  CHECK_NEAR(found["average_precision"].get<double>(), 0.92411199911199915, ulps(2, 1));
  CHECK_NEAR(found["accuracy"].get<double>(), 29.0 / 32, ulps(1, 1));
  CHECK_NEAR(found["precision"].get<double>(), 11.0 / 12, ulps(1, 1));
  CHECK_NEAR(found["recall"].get<double>(), 11.0 / 13, ulps(1, 1));
  CHECK_NEAR(found["f1"].get<double>(), 22.0 / 25, ulps(1, 1));
  CHECK_NEAR(found["mcc"].get<double>(), (18 * 11 - 1 * 2) / std::sqrt(20.0 * 12 * 19 * 13),
             ulps(2, 1));
  CHECK(found["calibration"].size() == 10);
  CHECK(found["classes"][1]["support"] == 13);
}

// Hanley & McNeil (1982): the area is 0.893. Stata's manual of roctab: std. err. 0.0307, interval
// 0.83295 to 0.95339 by DeLong.
TEST_CASE("score: a table of counts by --weights, a positive label that is not the last", "[cli]") {
  const Json report = score.report({ratings, "--truth", "disease", "--score", "rating", "--weights",
                                    "patients", "--positive", "abnormal", "--threshold", "4"});
  const Json& found = report["result"];
  CHECK(found["observations"] == 109);
  CHECK_NEAR(found["auc"].get<double>(), 0.8932, 5e-5);
  CHECK_NEAR(found["auc_std_error"].get<double>(), 0.0307, 5e-5);
  CHECK_NEAR(found["auc_ci"][0].get<double>(), 0.83295, 5e-6);
  CHECK_NEAR(found["auc_ci"][1].get<double>(), 0.95339, 5e-6);
  CHECK(found["confusion"] ==
        Json{{"labels", {"abnormal", "normal"}}, {"matrix", {{44, 7}, {13, 45}}}});
  CHECK_NEAR(found["recall"].get<double>(), 44.0 / 51, ulps(1, 1));
  CHECK(found["log_loss"].is_null());
  CHECK(found["brier"].is_null());
  CHECK(found["calibration"].is_null());
  CHECK(report["notes"].dump().find("no probabilities") != std::string::npos);
}

// scikit-learn's documentation of confusion_matrix and, for the numbers, of classification_report.
TEST_CASE("score: predicted labels, and means over more than two of them", "[cli]") {
  const Json report =
      score.report(by_label, "y,p\ncat,ant\nant,ant\ncat,cat\ncat,cat\nant,ant\nbird,cat\n");
  const Json& found = report["result"];
  CHECK(found["confusion"] ==
        Json{{"labels", {"ant", "bird", "cat"}}, {"matrix", {{2, 0, 0}, {0, 0, 1}, {1, 0, 2}}}});
  CHECK(found["average"] == "macro");
  CHECK(found["precision"].is_null());
  CHECK_NEAR(found["recall"].get<double>(), 5.0 / 9, ulps(1, 1));
  CHECK(found["auc"].is_null());
  CHECK(report["notes"].dump().find("precision of 'bird' is undefined") != std::string::npos);
  const Json numbers = score.result(by_label, "y,p\n0,0\n1,0\n2,2\n2,2\n2,1\n");
  CHECK_NEAR(numbers["precision"].get<double>(), 0.5, ulps(1, 1));
  CHECK_NEAR(numbers["f1"].get<double>(), (2.0 / 3 + 0.8) / 3, ulps(1, 1));
  const Json one =
      score.result(with(by_label, {"--positive", "2.0"}), "y,p\n0,0\n1,0\n2,2\n2,2\n2,1\n");
  CHECK(one["average"] == "positive");
  CHECK(one["precision"] == 1);
}

TEST_CASE("score: people read which side of the matrix is true", "[cli]") {
  const Outcome outcome = score({gearbox, "--truth", "gearbox", "--score", "probability"});
  CHECK_THAT(outcome.out, ContainsSubstring("true \\ predicted  automatic  manual  all"));
  CHECK_THAT(outcome.out, ContainsSubstring("'manual' is positive"));
  CHECK(outcome.err.empty());
}

// scikit-learn's documentation: r2_score 0.948..., mean_absolute_error 0.5, mean_squared_error
// 0.375. For mtcars in R: sqrt(mean((mpg-qsec)^2)), mean(abs(mpg-qsec)),
// 1 - sum((mpg-qsec)^2)/sum((mpg-mean(mpg))^2).
TEST_CASE("score: predicted numbers", "[cli]") {
  const Json found = score.result(by_label, "y,p\n3,2.5\n-0.5,0\n2,2\n7,8\n");
  CHECK(found["task"] == "regression");
  CHECK_NEAR(found["rmse"].get<double>(), std::sqrt(0.375), ulps(1, 1));
  CHECK(found["mae"] == 0.5);
  CHECK(found["mean_error"] == -0.25);
  CHECK_NEAR(found["r_squared"].get<double>(), 1 - 1.5 / 29.1875, ulps(1, 1));
}

TEST_CASE("score: errors of a column of mtcars agree with R", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  const Json found = score.result(
      {(data / "tabular/mtcars.csv").string(), "--truth", "mpg", "--predicted", "qsec"});
  CHECK_NEAR(found["rmse"].get<double>(), 5.879785816677338239, ulps(2, 6));
  CHECK_NEAR(found["mae"].get<double>(), 4.258124999999999716, ulps(2, 4));
  CHECK_NEAR(found["mean_error"].get<double>(), 2.241874999999999840, ulps(2, 2));
  CHECK_NEAR(found["r_squared"].get<double>(), 0.017536554168605778, ulps(2, 1));
}

TEST_CASE("score: whole numbers are labels up to twenty of them, unless --task says otherwise",
          "[cli]") {
  std::string twenty = "y,p\n", more = "y,p\n";
  for (int i = 0; i < 21; ++i) {
    if (i < 20) twenty += std::to_string(i) + ',' + std::to_string(i) + '\n';
    more += std::to_string(i) + ',' + std::to_string(i) + '\n';
  }
  CHECK(score.result(by_label, twenty)["task"] == "classification");
  CHECK(score.result(by_label, more)["task"] == "regression");
  CHECK(score.result(by_label, "y,p\n0,0\n1,0.5\n")["task"] == "regression");
  CHECK(score.result(with(by_label, {"--task", "regression"}), twenty)["r_squared"] == 1);
  CHECK(score.result(with(by_label, {"--task", "classification"}), more)["accuracy"] == 1);
  CHECK_THAT(score(by_label, twenty).err, ContainsSubstring("--task regression"));
  score.refusal(2, with(by_label, {"--positive", "1"}), "y,p\n0,0\n1,0.5\n");
}

TEST_CASE("score: labels and scores of a row together", "[cli]") {
  const Json found = score.result({"--truth", "y", "--predicted", "p", "--score", "s"},
                                  "y,p,s\nno,yes,0.1\nno,no,0.4\nyes,no,0.35\nyes,yes,0.8\n");
  CHECK(found["confusion"]["matrix"] == Json({{1, 1}, {1, 1}}));
  CHECK(found["auc"] == 0.75);
  CHECK(found["threshold"].is_null());
}

TEST_CASE("score: the points of a curve", "[cli]") {
  const std::string four = "y,s\n0,0.1\n0,0.4\n1,0.35\n1,0.8\n";
  const Json roc = score.result(with(by_score, {"--curve", "roc"}), four)["roc"];
  REQUIRE(roc.size() == 5);
  CHECK(roc[0] == Json{{"fpr", 0}, {"tpr", 0}, {"threshold", "inf"}});
  CHECK(roc[2] == Json{{"fpr", 0.5}, {"tpr", 0.5}, {"threshold", 0.4}});
  const std::vector<std::string> rows =
      lines(score(with(by_score, {"--curve", "pr", "--csv"}), four).out);
  CHECK(rows == std::vector<std::string>{"recall,precision,threshold", "0,1,inf", "0.5,1,0.8",
                                         "0.5,0.5,0.4", "1,0.6666666666666666,0.35", "1,0.5,0.1"});
  CHECK(lines(score(with(by_score, {"--curve", "calibration", "--csv"}), four).out).size() == 11);
  CHECK_FALSE(score.result(by_score, four).contains("roc"));
}

TEST_CASE("score: each curve and the matrix can be drawn", "[cli]") {
  if (!has_gnuplot()) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  const std::string picture = folder / "c.svg";
  for (const auto& [curve, word] : {std::pair{"roc", "true positive rate"},
                                    {"pr", "recall"},
                                    {"calibration", "observed share"}}) {
    const Outcome drawn = score({gearbox, "--truth", "gearbox", "--score", "probability", "--curve",
                                 curve, "--plot=" + picture});
    CHECK(drawn.status == 0);
    CHECK_THAT(folder.content("c.svg"), ContainsSubstring(word));
  }
  CHECK(score(with(by_label, {"--plot=" + picture}), "y,p\na,a\nb,a\n").status == 0);
  CHECK_THAT(folder.content("c.svg"), ContainsSubstring("share of each true label"));
  CHECK(score(with(by_score, {"--plot=" + picture}), "y,s\n0,1\n0,0\n").status == 0);
  CHECK_THAT(folder.content("c.svg"), ContainsSubstring("undefined"));
  score.refusal(2, with(by_label, {"--plot=" + picture}), "y,p\n1.5,2\n2,2\n");
}
