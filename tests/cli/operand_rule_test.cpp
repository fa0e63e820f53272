#include "cli/operand_rule.hpp"

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using namespace mathtool::cli;

namespace {

/// -k, --components VALUE; -s, --standardize; --plot [FILE].
std::optional<Takes> takes(const std::string& name) {
  if (name == "-k" || name == "--components") return Takes::value;
  if (name == "-s" || name == "--standardize") return Takes::nothing;
  if (name == "--plot") return Takes::figure_file;
  return std::nullopt;
}

/// As in "-k=3 -s= [data.csv]".
std::string divided(const std::vector<std::string>& words) {
  const std::vector<std::string> known = {"--components", "--standardize", "--plot"};
  const auto declared = [](const std::string& name) { return takes(name); };
  std::string text;
  for (const Argument& a : divide_arguments(words, declared, known)) {
    if (!text.empty()) text += ' ';
    text += a.option.empty() ? "[" + a.value + "]" : a.option + "=" + a.value;
  }
  return text;
}

}  // namespace

TEST_CASE("operand rule: values stand behind, or are attached", "[cli]") {
  CHECK(divided({"-k", "3"}) == "-k=3");
  CHECK(divided({"-k3"}) == "-k=3");
  CHECK(divided({"--components", "3"}) == "--components=3");
  CHECK(divided({"--components=3"}) == "--components=3");
  CHECK(divided({"--components="}) == "--components=");
  CHECK(divided({"--components", ""}) == "--components=");
}

TEST_CASE("operand rule: a value may begin with a dash", "[cli]") {
  CHECK(divided({"-k", "-5"}) == "-k=-5");
  CHECK(divided({"-k", "--", "x"}) == "-k=-- [x]");
  CHECK(divided({"--components", "-s"}) == "--components=-s");
}

TEST_CASE("operand rule: one dash makes an option only of a declared letter", "[cli]") {
  CHECK(divided({"-.5", "-inf", "-x1*x2", "-", "-sk"}) == "[-.5] [-inf] [-x1*x2] [-] [-sk]");
  CHECK(divided({"-s", "data.csv", "-k2"}) == "-s= [data.csv] -k=2");
}

TEST_CASE("operand rule: two dashes end the options", "[cli]") {
  CHECK(divided({"-s", "--", "-s", "--plot", "--"}) == "-s= [-s] [--plot] [--]");
}

TEST_CASE("operand rule: a picture's name belongs to --plot, another file does not", "[cli]") {
  CHECK(divided({"--plot", "data.csv"}) == "--plot= [data.csv]");
  CHECK(divided({"--plot", "f.svg", "data.csv"}) == "--plot=f.svg [data.csv]");
  CHECK(divided({"data.csv", "--plot", "f.PNG"}) == "[data.csv] --plot=f.PNG");
  CHECK(divided({"--plot=f.any"}) == "--plot=f.any");
  CHECK(divided({"--plot", ".svg"}) == "--plot= [.svg]");
}

TEST_CASE("operand rule: what is no option is refused by name", "[cli]") {
  CHECK_THROWS_AS(divided({"--component", "3"}), DomainError);
  CHECK_THROWS_WITH(divided({"--component", "3"}),
                    ContainsSubstring("did you mean '--components'?"));
  CHECK_THROWS_WITH(divided({"--standardize=1"}), ContainsSubstring("takes no value, got '1'"));
  CHECK_THROWS_WITH(divided({"-k"}), ContainsSubstring("-k needs a value"));
  CHECK_THROWS_WITH(divided({"--plot="}), ContainsSubstring("needs a file name"));
}
