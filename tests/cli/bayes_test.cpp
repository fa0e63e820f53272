#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/command.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using nlohmann::json;

namespace {

const std::string medical = MATHTOOL_SOURCE_DIR "/examples/medical-test.csv";
const std::string berkeley = MATHTOOL_SOURCE_DIR "/examples/berkeley.csv";

const Command bayes{"bayes"};

}  // namespace

// By hand: 0.01 · 0.99 / (0.01 · 0.99 + 0.99 · 0.05) = 1/6.
TEST_CASE("bayes: what a positive test of a rare disease means", "[cli]") {
  const json found = bayes.result({medical, "--given", "test=positive"});
  const json& disease = found["posterior"]["disease"];
  CHECK(disease[0]["level"] == "yes");
  CHECK(disease[0]["prior"] == 0.01);
  CHECK_NEAR(disease[0]["posterior"].get<double>(), 1.0 / 6, ulps(1, 1.0 / 6));
  CHECK_NEAR(disease[1]["posterior"].get<double>(), 5.0 / 6, ulps(1, 5.0 / 6));
  CHECK(found["conditional"][0]["disease"] == "yes");
  CHECK_NEAR(found["conditional"][0]["probability"].get<double>(), 1.0 / 6, ulps(1, 1.0 / 6));
  CHECK_NEAR(found["evidence_probability"].get<double>(), 0.0594, ulps(1, 0.0594));
  CHECK(found["given"] == json{{"test", "positive"}});
}

TEST_CASE("bayes: joint table and marginals; no evidence, no posterior", "[cli]") {
  const json found = bayes.result({medical});
  CHECK(found["joint"].size() == 4);
  CHECK(found["joint"][0] ==
        json{{"disease", "yes"}, {"test", "positive"}, {"probability", 0.0099}});
  CHECK(found["marginals"]["disease"][1] == json{{"level", "no"}, {"probability", 0.99}});
  CHECK_NEAR(found["marginals"]["test"][0]["probability"].get<double>(), 0.0594, ulps(1, 0.0594));
  CHECK(found["conditional"].is_null());
  CHECK(found["posterior"].is_null());
  // |0.0099 − 0.01 · 0.0594| = 0.009306
  CHECK_NEAR(found["independence"]["largest_difference"].get<double>(), 0.009306, 1e-17);
  CHECK_FALSE(found["independence"].contains("chi_squared"));
}

// Where a fifth is ill: 0.2 · 0.99 / (0.2 · 0.99 + 0.8 · 0.05) = 198/238.
TEST_CASE("bayes: --prior replaces one marginal and keeps what follows from it", "[cli]") {
  for (const char* prior : {"disease=yes:0.2,no:0.8", "disease=no:4/5,yes:1/5"}) {
    const json found = bayes.result({medical, "--prior", prior, "--given", "test=positive"});
    CHECK(found["posterior"]["disease"][0]["prior"] == 0.2);
    CHECK_NEAR(found["posterior"]["disease"][0]["posterior"].get<double>(), 198.0 / 238,
               ulps(1, 1));
    CHECK_NEAR(found["joint"][0]["probability"].get<double>(), 0.198, ulps(1, 0.198));
  }
  const json certain =
      bayes.result({medical, "--prior", "disease=no:1", "--given", "test=positive"});
  CHECK(certain["posterior"]["disease"][0]["posterior"] == 0);
}

// Of 108 women who applied to department A, 89 were admitted; of all 1835, 557. Pearson's statistic
// of R: summary(UCBAdmissions) gives 2000.3 on 16 df.
TEST_CASE("bayes: admissions to Berkeley", "[cli]") {
  const json all = bayes.result({berkeley, "--given", "gender=female"});
  CHECK(all["joint"].size() == 24);
  CHECK(all["conditional"].size() == 12);
  CHECK(all["posterior"]["admitted"][0]["posterior"] == 557.0 / 1835);
  CHECK(all["posterior"]["admitted"][0]["prior"] == 1755.0 / 4526);
  CHECK_NEAR(all["independence"]["chi_squared"].get<double>(), 2000.3, 0.05);
  CHECK(all["independence"]["df"] == 16);
  REQUIRE(all["independence"]["pairs"].size() == 3);
  CHECK(all["independence"]["pairs"][2]["a"] == "gender");
  CHECK_NEAR(all["independence"]["pairs"][2]["chi_squared"].get<double>(), 92.20528041152764,
             ulps(2, 92));
  const json a = bayes.result({berkeley, "--given", "department=A", "--given", "gender=female"});
  CHECK(a["posterior"]["admitted"][0]["posterior"] == 89.0 / 108);
  // -c sums over the variables that it leaves out.
  const json two = bayes.result({berkeley, "-c", "gender,admitted"});
  CHECK(two["joint"].size() == 4);
  CHECK(two["joint"][0]["probability"] == 1198.0 / 4526);
}

TEST_CASE("bayes: cells with a count are rows that repeat, whatever their order", "[cli]") {
  const std::string cells = "x,y,count\na,u,2\nb,u,1\na,v,1\n";
  const std::string rows = "x,y\na,u\nb,u\na,u\na,v\n";
  const json counted = bayes.result({}, cells);
  CHECK(counted == bayes.result({}, rows));
  CHECK(counted == bayes.result({"--weights", "n"}, "x,n,y\na,1,u\nb,1,u\na,1,v\na,1,u\n"));
  CHECK(counted["joint"][0] == json{{"x", "a"}, {"y", "u"}, {"probability", 0.5}});
}

TEST_CASE("bayes: numbers are levels too, in their order and however they are written", "[cli]") {
  const std::string table = "die,even,probability\n10,yes,0.5\n9.50,no,0.25\n-0,yes,0.25\n";
  const json found = bayes.result({}, table);
  const json& levels = found["marginals"]["die"];
  REQUIRE(levels.size() == 3);
  CHECK(levels[0]["level"] == "0");
  CHECK(levels[1]["level"] == "9.5");
  CHECK(levels[2]["level"] == "10");
  const json given = bayes.result({"--given", "die=9.500"}, table);
  CHECK(given["posterior"]["even"][1]["posterior"] == 1);
  const json one = bayes.result({}, "face,probability\n1,0.5\n2,0.5\n");
  CHECK(one["independence"].is_null());
}

TEST_CASE("bayes: names and levels may hold the signs of the options", "[cli]") {
  const std::string table = "a=b,\"c,d\",count\n\"x:1,y\",u=1,1\nz,u=1,3\nz,w,1\n";
  const json found = bayes.result({"--given", "c,d=u=1", "--prior", "a=b=x:1,y:0.5,z:0.5"}, table);
  // 0.5 · 1 : 0.5 · 3/4 = 4 : 3
  CHECK_NEAR(found["posterior"]["a=b"][0]["posterior"].get<double>(), 4.0 / 7, ulps(1, 1));
}

TEST_CASE("bayes: sums beyond the range of doubles", "[cli]") {
  const json found = bayes.result(
      {"--given", "b=v"}, "a,b,count\nx,u,1e308\ny,u,1e308\nx,v,1e308\ny,v,1e308\ny,v,1e308\n");
  CHECK_NEAR(found["joint"][0]["probability"].get<double>(), 0.2, ulps(1, 0.2));
  CHECK_NEAR(found["posterior"]["a"][1]["posterior"].get<double>(), 2.0 / 3, ulps(1, 1));
  const json tiny =
      bayes.result({"--given", "b=v"}, "a,b,count\nx,u,1e308\nx,v,1e-308\ny,v,3e-308\n");
  CHECK_NEAR(tiny["posterior"]["a"][1]["posterior"].get<double>(), 0.75, ulps(1, 0.75));
}

TEST_CASE("bayes: rows without a level or a count are left out and told, or refused", "[cli]") {
  const std::string table = "a,b,count\nx,u,1\n,u,1\ny,NA,2\ny,v,\nx,v,3\n";
  const json whole = json_of(bayes({"--json"}, table));
  CHECK(whole["input"]["rows"] == 5);
  CHECK(whole["input"]["used"] == 2);
  CHECK(whole["input"]["dropped"] == json{{"a", 1}, {"b", 1}, {"count", 1}});
  CHECK_THAT(whole["notes"][0].get<std::string>(), ContainsSubstring("3 of 5 rows dropped"));
  CHECK_THAT(bayes.refusal(1, {"--missing", "error"}, table),
             ContainsSubstring("<stdin>:3: column 'a' has no value"));
  CHECK_THAT(bayes.refusal(1, {"--missing", "error"}, "a,b\n1,u\n,v\n"),
             ContainsSubstring("<stdin>:3: column 'a' has no value"));
  CHECK_THAT(bayes.refusal(2, {"--missing", "mean"}, table), ContainsSubstring("--missing"));
}

TEST_CASE("bayes: probabilities that do not sum to 1 are divided, with a note", "[cli]") {
  const json whole = json_of(bayes({"--json"}, "a,probability\nx,30\ny,70\n"));
  CHECK(whole["result"]["joint"][0]["probability"] == 0.3);
  CHECK_THAT(whole["notes"][0].get<std::string>(), ContainsSubstring("sum to 100"));
}

TEST_CASE("bayes: independence is said in words", "[cli]") {
  CHECK_THAT(bayes({}, "a,b,count\nx,u,10\nx,v,20\ny,u,30\ny,v,60\n").out,
             ContainsSubstring("a and b are independent"));
  CHECK_THAT(bayes({medical}).out, ContainsSubstring("disease and test are not independent"));
  CHECK_THAT(bayes({berkeley}).out, ContainsSubstring("p < 1e-308"));
  const Outcome sparse = bayes({}, "a,b\nx,u\ny,v\n");
  CHECK_THAT(sparse.out, ContainsSubstring("too few observations"));
  CHECK_THAT(sparse.err, ContainsSubstring("the p value of chi-squared is rough"));
}

TEST_CASE("bayes: two variables are shown across each other, CSV lists the main table", "[cli]") {
  const Outcome screen = bayes({medical});
  CHECK_THAT(screen.out, ContainsSubstring("positive  negative"));
  CHECK_THAT(screen.out, ContainsSubstring("all"));
  CHECK(lines(bayes({medical, "--csv"}).out)[0] == "disease,test,probability");
  const std::vector<std::string> given =
      lines(bayes({medical, "--given", "test=negative", "--csv"}).out);
  REQUIRE(given.size() == 3);
  CHECK(given[0] == "variable,level,prior,posterior");
  CHECK(given[1].starts_with("disease,yes,0.01,0.00010631"));  // 1/9406
  CHECK(bayes({medical, "--md"}).out.starts_with("| disease | test | probability |"));
}

TEST_CASE("bayes: unknown names and options out of range are status 2", "[cli]") {
  CHECK_THAT(bayes.refusal(2, {medical, "--given", "tst=positive"}),
             ContainsSubstring("did you mean 'test'?"));
  CHECK_THAT(bayes.refusal(2, {medical, "--given", "test=postive"}),
             ContainsSubstring("did you mean 'positive'?"));
  CHECK_THAT(bayes.refusal(2, {medical, "--given", "test"}), ContainsSubstring("COL=value"));
  bayes.refusal(2, {medical, "--given", ""});
  bayes.refusal(2, {medical, "--given", "test=positive", "--given", "test=negative"});
  bayes.refusal(2, {medical, "--given", "test=positive", "--given", "disease=yes"});
  bayes.refusal(2, {medical, "--given", "probability=0.0099"});
  CHECK_THAT(bayes.refusal(2, {medical, "--prior", "diseas=yes:1"}),
             ContainsSubstring("did you mean 'disease'?"));
  CHECK_THAT(bayes.refusal(2, {medical, "--prior", "disease=yes:0.2"}),
             ContainsSubstring("sum to 0.2, not 1"));
  for (const char* prior : {"disease", "disease=", "disease=yes", "disease=yes:", "disease=yes:one",
                            "disease=maybe:1", "disease=yes:-0.5,no:1.5", "disease=yes:nan,no:1",
                            "disease=yes:inf", "disease=yes:0.5,yes:0.5", "disease=yes:0.6,no:0.6"})
    bayes.refusal(2, {medical, "--prior", prior});
  CHECK_THAT(bayes.refusal(2, {}, "a,count,probability\nx,1,1\n"),
             ContainsSubstring("-c '!count'"));
  bayes.refusal(2, {}, "count\n1\n2\n");
}

TEST_CASE("bayes: what the data cannot support is status 3, a broken table 1", "[cli]") {
  bayes.refusal(3, {}, "");
  bayes.refusal(3, {}, "a,b,count\n");
  bayes.refusal(3, {}, "a,b\n,x\ny,\n");
  bayes.refusal(3, {}, "a,count\nx,0\ny,0\n");
  bayes.refusal(3, {}, "a,probability\nx,inf\n");
  const std::string hole = "a,b,count\nx,u,0\ny,u,1\ny,v,1\n";
  CHECK_THAT(bayes.refusal(3, {"--given", "a=x"}, hole),
             ContainsSubstring("a = x has probability 0"));
  CHECK_THAT(bayes.refusal(3, {"--prior", "a=x:0.5,y:0.5"}, hole),
             ContainsSubstring("a = x has probability 0"));
  CHECK_THAT(bayes.refusal(1, {}, "a,probability\nx,-0.5\ny,1.5\n"),
             ContainsSubstring("<stdin>:2: column 'probability' has -0.5"));
  bayes.refusal(1, {}, "a,count\nx,two\ny,three\n");
  bayes.refusal(1, {}, "a,b\nx,y,z\n");
  bayes.refusal(1, {"no-such-file.csv"});
}

TEST_CASE("bayes: the same bytes from any number of threads, and within --memory", "[cli]") {
  std::string table = "a,b,probability\n";
  for (int i = 0; i < 30000; ++i)
    table += "l" + std::to_string(i * 7919 % 17) + "," + std::to_string(i % 13) + ",0." +
             std::to_string(i % 97 + 1) + "\n";
  const std::string one = bayes({"--json", "-j1"}, table).out;
  CHECK(one == bayes({"--json", "-j2"}, table).out);
  CHECK(json::parse(one)["result"]["joint"].size() == 17 * 13);
  std::string wide = "a,b\n";
  for (int i = 0; i < 20000; ++i)
    wide += "level " + std::to_string(i) + "," + std::to_string(i) + "\n";
  CHECK_THAT(bayes.refusal(1, {"--memory", "1M"}, wide), ContainsSubstring("--memory"));
  CHECK(bayes({"--csv"}, wide).status == 0);
}
