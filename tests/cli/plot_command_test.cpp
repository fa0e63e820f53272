#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/series/curve.hpp"
#include "cli/support/runs.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool::cli;
using mathtool::test::has_gnuplot;
using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using mathtool::test::ScratchFolder;
using nlohmann::json;

namespace {

json series(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "plot");
  arguments.push_back("--json");
  const Outcome outcome = run_mathtool(arguments, {.input = input});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return json::parse(outcome.out)["result"]["series"];
}

Curve sample(double (*f)(double), double low, double high) {
  return sample_curve(
      [f](std::span<const double> x, std::span<double> y) {
        std::transform(x.begin(), x.end(), y.begin(), f);
      },
      low, high);
}

int breaks(const Curve& curve) {
  return static_cast<int>(
      std::count_if(curve.y.begin(), curve.y.end(), [](double y) { return std::isnan(y); }));
}

const std::string grouped_points = "x,y,z,g\n1,10,5,a\n2,20,6,b\n3,30,7,a\n4,60,8,b\n";

}  // namespace

TEST_CASE("curve: a smooth graph is unbroken and reaches both ends", "[cli]") {
  const Curve curve = sample([](double x) { return std::sin(x); }, -10, 10);
  CHECK(curve.x.size() >= 400);
  CHECK(curve.x.front() == -10);
  CHECK(curve.x.back() == 10);
  CHECK(std::is_sorted(curve.x.begin(), curve.x.end()));
  CHECK(breaks(curve) == 0);
}

TEST_CASE("curve: lines are broken at poles and jumps", "[cli]") {
  // tan has poles at ±π/2 and ±3π/2 within [-5, 5]; floor jumps at 0, 1 and 2 within [-0.5, 2.5].
  CHECK(breaks(sample([](double x) { return std::tan(x); }, -5, 5)) == 4);
  CHECK(breaks(sample([](double x) { return std::floor(x); }, -0.5, 2.5)) == 3);
  CHECK(breaks(sample([](double x) { return 1 / x; }, -1, 1)) == 1);
  // Steep is not broken.
  CHECK(breaks(sample([](double x) { return std::atan(1e4 * x); }, -1, 1)) == 0);
}

TEST_CASE("curve: a graph that bends much is sampled more finely", "[cli]") {
  const Curve wave = sample([](double x) { return std::sin(50 * x); }, -10, 10);
  double farthest = 0;
  for (std::size_t i = 0; i + 1 < wave.x.size(); ++i)
    farthest = std::max(farthest, wave.x[i + 1] - wave.x[i]);
  CHECK(farthest < 2 * 3.1416 / 50 / 6);
}

TEST_CASE("curve: only towering values are cut off", "[cli]") {
  const std::vector<Curve> tame{sample([](double x) { return x * x; }, -10, 10)};
  CHECK_FALSE(readable_limits(tame));
  const std::vector<Curve> wild{sample([](double x) { return std::tan(x); }, -5, 5)};
  REQUIRE(readable_limits(wild));
  CHECK(readable_limits(wild)->second < 100);
  CHECK(readable_limits(wild)->second > 3);
}

TEST_CASE("plot command: an expression gives a series of its points", "[cli]") {
  const json found = series({"2t + 1", "--range", "0:4"});
  REQUIRE(found.size() == 1);
  CHECK(found[0]["name"] == "2t + 1");
  REQUIRE(found[0]["x"].size() == found[0]["y"].size());
  for (std::size_t i = 0; i < found[0]["x"].size(); ++i)
    CHECK(found[0]["y"][i].get<double>() == 2 * found[0]["x"][i].get<double>() + 1);
  CHECK(found[0]["x"][0] == 0);
  CHECK(found[0]["x"].back() == 4);
}

TEST_CASE("plot command: gaps of a curve are null", "[cli]") {
  const json y = series({"1/x"})[0]["y"];
  CHECK(std::count(y.begin(), y.end(), nullptr) == 1);
  const json root = series({"sqrt(x)", "--range=-1:1"})[0]["y"];
  CHECK(root[0] == nullptr);
  CHECK(root.back() == 1);
}

TEST_CASE("plot command: what makes no curve is refused", "[cli]") {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"x*y"}, "a curve has one variable, but there are 'x', 'y'"},
      {{"sin(x"}, "EXPR: column 6: expected ')' before end"},
      {{"sine(x)"}, "did you mean 'sin'?"},
      {{"x", "--range", "5:1"}, "LOW < HIGH"},
      {{"x", "--range", "1"}, "LOW:HIGH"},
      {{"x", "--range", "0:inf"}, "finite"},
      {{"x", "--kind", "box"}, "line or scatter"},
      {{"x", "--where", "x > 1"}, "--where is about a table, but 'x' is an expression"},
      {{"x", "--kind", "pie"}, "--kind must be"},
      {{"x", "t.csv"}, "one table, or expressions"},
      {{"t.csv", "x"}, "one table, or expressions"}};
  for (const auto& [arguments, expected] : cases) {
    std::vector<std::string> words{"plot"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Outcome outcome = run_mathtool(words);
    INFO(expected);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, ContainsSubstring(expected));
  }
  CHECK(run_mathtool({"plot", "no such.csv"}).status == 1);
  CHECK(run_mathtool({"plot", "-"}, {.input = "x,y\n"}).status == 3);
}

TEST_CASE("plot command: columns stand against the first, or against the row", "[cli]") {
  const json against = series({"-"}, grouped_points);
  REQUIRE(against.size() == 2);
  CHECK(against[0] == json{{"name", "y"}, {"x", {1, 2, 3, 4}}, {"y", {10, 20, 30, 60}}});
  CHECK(against[1]["name"] == "z");
  const json alone = series({"-c", "y"}, grouped_points);
  CHECK(alone[0] == json{{"name", "y"}, {"x", {1, 2, 3, 4}}, {"y", {10, 20, 30, 60}}});
  const json groups = series({"-", "-c", "x,y", "-g", "g"}, grouped_points);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0] == json{{"name", "a"}, {"x", {1, 3}}, {"y", {10, 30}}});
  CHECK(groups[1] == json{{"name", "b"}, {"x", {2, 4}}, {"y", {20, 60}}});
  const json some = series({"-", "-c", "x,y", "--where", "y > 15 && g == \"b\""}, grouped_points);
  CHECK(some[0] == json{{"name", "y"}, {"x", {2, 4}}, {"y", {20, 60}}});
}

TEST_CASE("plot command: bars are means of levels, or counts", "[cli]") {
  const json means = series({"-", "--kind", "bar", "-c", "y,g"}, grouped_points);
  CHECK(means[0] == json{{"name", "y"}, {"x", {"a", "b"}}, {"y", {20, 40}}});
  const json counts = series({"-", "--kind", "bar", "-c", "g"}, grouped_points + "5,1,1,a\n");
  CHECK(counts[0] == json{{"name", "count"}, {"x", {"a", "b"}}, {"y", {3, 2}}});
  const json weighted =
      series({"-", "--kind", "bar", "-c", "z,g", "--weights", "x"}, grouped_points);
  CHECK(weighted[0]["y"] == json{6.5, (2 * 6 + 4 * 8) / 6.0});  // (1·5 + 3·7)/4
}

TEST_CASE("plot command: boxes show quartiles, whiskers and what lies beyond", "[cli]") {
  // R: boxplot.stats uses hinges; quantile(c(1:9, 50)) gives 3.25, 5.5, 7.75, so that values beyond
  // 7.75 + 1.5·4.5 = 14.5 are outliers.
  const json box = series({"-", "--kind", "box"}, "v\n1\n2\n3\n4\n5\n6\n7\n8\n9\n50\n");
  CHECK(box[0]["x"] == json{"low", "q25", "median", "q75", "high", "outlier"});
  CHECK(box[0]["y"] == json{1, 3.25, 5.5, 7.75, 9, 50});
  const json groups = series({"-", "--kind", "box", "-c", "y", "-g", "g"}, grouped_points);
  REQUIRE(groups.size() == 2);
  CHECK(groups[1]["name"] == "y: b");
}

TEST_CASE("plot command: of a long table evenly spaced rows are kept, and said to be", "[cli]") {
  std::string text = "v\n";
  for (int i = 1; i <= 30'000; ++i) text += std::to_string(i) + "\n";
  const Outcome outcome = run_mathtool({"plot", "-", "--json"}, {.input = text});
  const json result = json::parse(outcome.out);
  const json x = result["result"]["series"][0]["x"];
  CHECK(x.size() == 7500);
  CHECK(x[0] == 1);
  CHECK(x[1] == 5);
  CHECK(x.back() == 29'997);
  CHECK(result["input"]["used"] == 30'000);
  CHECK_THAT(outcome.err, ContainsSubstring("every 4th of 30000 rows is drawn"));
  CHECK(run_mathtool({"plot", "-", "--json", "-j1"}, {.input = text}).out == outcome.out);
}

TEST_CASE("plot command: a matrix of numbers as a heatmap", "[cli]") {
  const json columns = series({"-", "--kind", "heatmap", "-c", "y,z"}, grouped_points);
  REQUIRE(columns.size() == 2);
  CHECK(columns[1] == json{{"name", "z"}, {"x", {1, 2, 3, 4}}, {"y", {5, 6, 7, 8}}});
}

TEST_CASE("plot command: CSV has one line for each point", "[cli]") {
  CHECK(run_mathtool({"plot", "-", "-c", "x,y", "--csv", "-q"}, {.input = grouped_points}).out ==
        "series,x,y\ny,1,10\ny,2,20\ny,3,30\ny,4,60\n");
}

TEST_CASE("plot command: draws in the terminal, or a picture into a file", "[cli]") {
  if (!has_gnuplot()) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const Outcome drawn = run_mathtool({"plot", "sin(x)/x"});
  CHECK(drawn.status == 0);
  CHECK_THAT(drawn.out, ContainsSubstring("sin(x)/x"));
  CHECK_THAT(drawn.out, ContainsSubstring("#####"));
  const ScratchFolder folder;
  for (const char* kind : {"line", "scatter", "bar", "box", "heatmap"})
    for (const std::string option : {"-o", "--plot"}) {
      const std::string path = folder / (kind + option + ".svg");
      const Outcome outcome = run_mathtool({"plot", "-", "--kind", kind, option, path, "-q"},
                                           {.input = grouped_points});
      INFO(kind << outcome.err);
      CHECK(outcome.status == 0);
      CHECK_THAT(outcome.out, ContainsSubstring("series"));
      CHECK_THAT(folder.content(kind + option + ".svg"), ContainsSubstring("</svg>"));
      CHECK(run_mathtool({"plot", "-", "--kind", kind}, {.input = grouped_points}).status == 0);
    }
}

TEST_CASE("plot command: without gnuplot the numbers are there all the same", "[cli]") {
  const Outcome drawn = run_mathtool({"plot", "x"}, {.environment = {"PATH=/nowhere"}});
  CHECK(drawn.status == 1);
  CHECK(drawn.out.empty());
  CHECK_THAT(drawn.err, ContainsSubstring("apt install gnuplot-nox"));
  CHECK(run_mathtool({"plot", "x", "--json"}, {.environment = {"PATH=/nowhere"}}).status == 0);
}
