#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

Json bins_of(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), {"hist", "--json"});
  return json_of(run_mathtool(std::move(arguments), {.input = input}))["result"]["bins"];
}

}  // namespace

TEST_CASE("hist: bins of equal width hold every value once", "[cli]") {
  const Json bins = bins_of({"-", "--bins", "4"}, "x\n0\n1\n2\n3\n4\n");
  REQUIRE(bins.size() == 4);
  CHECK(bins[0]["column"] == "x");
  CHECK(bins[0]["low"] == 0);
  CHECK(bins[0]["high"] == 1);
  CHECK(bins[3]["high"] == 4);
  CHECK(bins[0]["count"] == 1);
  CHECK(bins[3]["count"] == 2);  // the last bin has both its edges
}

TEST_CASE("hist: bins are chosen from the data, every column by itself", "[cli]") {
  const Json bins = bins_of({iris});
  double first = 0;
  for (const Json& bin : bins)
    if (bin["column"] == "Sepal.Length") first += bin["count"].get<double>();
  CHECK(first == 150);
  CHECK(bins.back()["column"] == "Petal.Width");
  const Json constant = bins_of({"-"}, "x\n3.5\n3.5\n3.5\n");
  REQUIRE(constant.size() == 1);
  CHECK(constant[0]["count"] == 3);
  CHECK(constant[0]["low"] < 3.5);
  CHECK(constant[0]["high"] > 3.5);
}

TEST_CASE("hist: what does not fit the memory is read again, with the same counts", "[cli]") {
  std::string text = "x\n";
  for (int i = 0; i < 20000; ++i) text += std::to_string((i * 7919) % 20011) + ".5\n";
  const ScratchFolder folder;
  const std::string file = folder.write("x.csv", text);
  const std::vector<std::string> how{"--bins", "7", "--memory"};
  const auto counted = [&](const std::string& memory) {
    return bins_of({file, "--bins", "7", "--memory", memory});
  };
  CHECK(counted("16K") == counted("256M"));
  CHECK(bins_of({"-", "--bins", "7", "--memory", "16K"}, text) == counted("256M"));
}

TEST_CASE("hist: a drawn bar is as wide as its bin, whatever the unit", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  // Four bins; of the second the bar is missing, so that the columns beneath the gap are blank.
  const auto lowest_bars = [](const std::string& unit) {
    std::string text = "x\n";
    for (const char* value : {"0", "0.5", "2.5", "3.5", "4"}) text += value + unit + "\n";
    const Outcome drawn = run_mathtool({"hist", "--bins", "4", "--plot", "-q"}, {.input = text});
    std::string found;
    for (const std::string& line : lines(drawn.out))
      if (line.find('|') != std::string::npos) found = line.substr(line.find('|'));
    return found;
  };
  const std::string usual = lowest_bars("e0");
  CHECK(usual.find("# ") != std::string::npos);
  CHECK(lowest_bars("e-6") == usual);
  CHECK(lowest_bars("e6") == usual);
}

TEST_CASE("hist: more columns than a page holds are drawn in part, with a note", "[cli]") {
  if (run({"/bin/sh", "-c", "command -v gnuplot"}).status != 0) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  const Outcome drawn =
      run_mathtool({"hist", "--plot", folder / "h.png"}, {.input = table_text(20, 60)});
  CHECK(drawn.status == 0);
  CHECK_THAT(drawn.err, ContainsSubstring("the first 24 of 60 panels are drawn"));
  CHECK(folder.content("h.png").starts_with("\x89PNG"));
}

TEST_CASE("hist: the screen shows bars, --plot writes a picture", "[cli]") {
  const Outcome screen = run_mathtool({"hist", iris, "-c", "1"});
  CHECK_THAT(screen.out, ContainsSubstring("Sepal.Length"));
  CHECK(screen.out.find("count") != std::string::npos);
  CHECK(run_mathtool({"hist"}, {.input = ""}).status == 3);
  CHECK(run_mathtool({"hist", iris, "--bins", "0"}).status == 2);
}
