#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/score_runs.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

/// Two hundred thousand rows of a score on a grid, its label and a guess: many blocks to share.
std::string long_table() {
  std::string text = "truth,score,guess,group\n";
  for (int i = 0; i < 200'000; ++i) {
    const int s = static_cast<int>(i * 7919LL % 1000), t = (i * 104729LL % 1000) < s;
    text += (t ? "yes," : "no,") + std::to_string(s) + "e-3," + (i % 3 ? "yes," : "no,") +
            std::to_string(i % 4) + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("score: one class only has null where a metric is undefined, and a note", "[cli]") {
  const Json report = score.report(by_score, "y,s\n0,0.1\n0,0.2\n0,0.7\n");
  const Json& found = report["result"];
  CHECK(found["positive"] == "1");
  CHECK(found["confusion"]["matrix"] == Json({{2, 1}, {0, 0}}));
  for (const char* metric : {"auc", "average_precision", "recall", "mcc"}) {
    INFO(metric);
    CHECK(found[metric].is_null());
    CHECK(report["notes"].dump().find(metric + std::string(" ")) != std::string::npos);
  }
  CHECK(found["precision"] == 0);
  CHECK(score.result(with(by_score, {"--positive", "yes"}),
                     "y,s\nno,0.1\nno,0.2\n")["confusion"]["labels"] == Json({"no", "yes"}));
  CHECK(score.result(by_score, "y,s\na,0.1\na,0.9\n")["recall"] == 0.5);
}

TEST_CASE("score: all scores equal are as good as chance", "[cli]") {
  const Json found = score.result(by_score, "y,s\n0,0.5\n1,0.5\n0,0.5\n1,0.5\n");
  CHECK(found["auc"] == 0.5);
  CHECK(found["average_precision"] == 0.5);
  CHECK(found["auc_ci"] == Json({0.5, 0.5}));
  CHECK_NEAR(found["log_loss"].get<double>(), std::log(2.0), ulps(1, 1));
}

TEST_CASE("score: probabilities of exactly 0 and 1", "[cli]") {
  const Json right = score.result(by_score, "y,s\n0,0\n1,1\n0,0\n1,1\n");
  CHECK(right["log_loss"] == 0);
  CHECK(right["brier"] == 0);
  CHECK(right["mcc"] == 1);
  const Json wrong = score.report(by_score, "y,s\n0,1\n1,1\n0,0\n1,0.5\n");
  CHECK(wrong["result"]["log_loss"] == "inf");
  CHECK(wrong["notes"].dump().find("log_loss is infinite") != std::string::npos);
}

TEST_CASE("score: labels that occur in one column only", "[cli]") {
  const Json report = score.report(by_label, "y,p\na,a\na,b\n");
  CHECK(report["result"]["classes"][1]["recall"].is_null());
  CHECK(report["notes"].dump().find("recall of 'b' is undefined") != std::string::npos);
  const Json disjoint = score.report(by_label, "y,p\nyes,1\nno,0\n");
  CHECK(disjoint["result"]["accuracy"] == 0);
  CHECK(disjoint["notes"].dump().find("no label occurs in both 'y' and 'p'") != std::string::npos);
}

TEST_CASE("score: rows with missing cells are left out and counted by column, texts too", "[cli]") {
  const std::string gaps = "y,s\nno,0.1\n,0.4\nyes,NA\nyes,0.8\nNA,\n";
  const Json report = score.report(by_score, gaps);
  CHECK(report["input"]["used"] == 2);
  CHECK(report["input"]["dropped"] == Json{{"s", 2}, {"y", 2}});
  CHECK(report["result"]["auc"] == 1);
  CHECK_THAT(score.refusal(1, with(by_score, {"--missing", "error"}), gaps),
             ContainsSubstring(":3: column 'y' has no value"));
  CHECK_THAT(score.refusal(3, by_score, "y,s\nno,\n,0.4\n"),
             ContainsSubstring("no row is left to score"));
  CHECK_THAT(score.refusal(3, with(by_score, {"--where", "s > 2"}), gaps),
             ContainsSubstring("no row is left"));
}

TEST_CASE("score: weights are repetition, and rows of weight 0 are not there", "[cli]") {
  const std::string table = "y,s,w\nno,0.1,2\nyes,0.4,1\nno,0.6,1\nyes,0.8,3\nmaybe,0.9,0\n",
                    longhand = "y,s\nno,0.1\nno,0.1\nyes,0.4\nno,0.6\nyes,0.8\nyes,0.8\nyes,0.8\n";
  CHECK(score.result(with(by_score, {"--weights", "w"}), table) ==
        score.result(by_score, longhand));
  const std::string numbers = "y,p,w\n1.5,1,2\n2,2.5,1\n9,0,0\n";
  CHECK(score.result(with(by_label, {"--weights", "w"}), numbers) ==
        score.result(by_label, "y,p\n1.5,1\n1.5,1\n2,2.5\n"));
  CHECK_THAT(score.refusal(3, with(by_score, {"--weights", "w"}), "y,s,w\nno,0.1,0\nyes,0.4,0\n"),
             ContainsSubstring("weights sum to 0"));
  score.refusal(1, with(by_score, {"--weights", "w"}), "y,s,w\nno,0.1,-1\nyes,0.4,1\n");
}

TEST_CASE("score: a group has the labels of the whole table", "[cli]") {
  const Json groups = score.result(with(by_score, {"-g", "g"}),
                                   "y,s,g\n0,0.1,a\n1,0.9,a\n0,0.4,b\n0,0.6,b\n")["groups"];
  REQUIRE(groups.size() == 2);
  CHECK(groups[0]["auc"] == 1);
  CHECK(groups[1]["positive"] == "1");
  CHECK(groups[1]["auc"].is_null());
  CHECK(groups[1]["confusion"]["matrix"] == Json({{1, 1}, {0, 0}}));
  const Json numbers =
      score.result(with(by_label, {"-g", "g"}), "y,p,g\n1,1,a\n2,3,a\n0.5,1,b\n")["groups"];
  CHECK(numbers[0]["task"] == "regression");
  CHECK(numbers[0]["mae"] == 0.5);
}

TEST_CASE("score: the bytes do not depend on threads", "[cli]") {
  const ScratchFolder folder;
  const std::string table = folder.write("long.csv", long_table());
  for (const std::vector<std::string>& columns :
       {std::vector<std::string>{"--score", "score", "--curve", "roc"},
        std::vector<std::string>{"--predicted", "guess", "-g", "group"}}) {
    const auto arguments = with({table, "--truth", "truth", "--json"}, columns);
    const Outcome one = score(with(arguments, {"-j1"})), four = score(with(arguments, {"-j4"}));
    CHECK(one.status == 0);
    CHECK(one.out == four.out);
  }
}

TEST_CASE("score: scores are kept within --memory, labels need none", "[cli]") {
  const ScratchFolder folder;
  const std::string table = folder.write("long.csv", long_table());
  CHECK_THAT(score.refusal(1, {table, "--truth", "truth", "--score", "score", "--memory", "4M"}),
             ContainsSubstring("--memory"));
  CHECK(score({table, "--truth", "truth", "--predicted", "guess", "--memory", "4M"}).status == 0);
}

TEST_CASE("score: what cannot be scored is refused in one line", "[cli]") {
  const std::string table = "truth,s,p\nyes,0.2,no\nno,0.5,no\n";
  CHECK_THAT(score.refusal(3, by_score, ""), ContainsSubstring("empty"));
  CHECK_THAT(score.refusal(3, by_score, "y,s\n"), ContainsSubstring("no rows"));
  CHECK_THAT(score.refusal(3, by_score, "y,s\n0,inf\n1,0.5\n"), !ContainsSubstring("exclude it"));
  CHECK_THAT(score.refusal(3, by_score, "y,s\n0,NA\n1,NA\n"), ContainsSubstring("without a value"));
  score.refusal(1, by_score, "y,s\n0,a\n1,b\n");
  score.refusal(1, by_score, "y,s\n0,0.5\n1,x\n1,0.1\n");
  CHECK_THAT(score.refusal(2, {"--truth", "trth", "--score", "s"}, table),
             ContainsSubstring("'truth'"));
  CHECK_THAT(score.refusal(2, {"--score", "s"}, table), ContainsSubstring("--truth"));
  CHECK_THAT(score.refusal(2, {"--truth", "truth"}, table), ContainsSubstring("--score"));
  const std::vector<std::string> base{"--truth", "truth", "--score", "s"};
  CHECK_THAT(score.refusal(2, with(base, {"--positive", "yess"}), table),
             ContainsSubstring("'yes'"));
  score.refusal(2, with(base, {"--threshold", "high"}), table);
  score.refusal(2, with(base, {"--threshold", "0/0"}), table);
  score.refusal(2, with(base, {"--curve", "lift"}), table);
  score.refusal(2, with(base, {"-c", "s"}), table);
  score.refusal(2, with(base, {"-g", "truth"}), table);
  score.refusal(2, with(base, {"--missing", "mean"}), table);
  score.refusal(2, with(base, {"--predicted", "p", "--threshold", "0.4"}), table);
  score.refusal(2, {"--truth", "s", "--score", "s"}, table);
  score.refusal(2, {"--truth", "truth,p", "--score", "s"}, table);
  score.refusal(2, {"--truth", "truth", "--predicted", "p", "--curve", "roc"}, table);
  score.refusal(1, {"--truth", "truth", "--predicted", "p", "--task", "regression"}, table);
}

TEST_CASE("score: a thousand labels are the most", "[cli]") {
  std::string table = "y,p\n";
  for (int i = 0; i < 1001; ++i) table += "a" + std::to_string(i) + ",b\n";
  CHECK_THAT(score.refusal(3, by_label, table), ContainsSubstring("more than 1000 labels"));
}
