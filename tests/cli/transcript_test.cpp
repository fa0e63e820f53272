#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/show_answer.hpp"
#include "mathtool/math/expression/formula_error.hpp"
#include "support/catch.hpp"

using namespace mathtool;

namespace {

/// What the calculator prints at its prompt.
std::string answer(cli::Calculator& calculator, const std::string& line) {
  constexpr int digits = 15;
  try {
    const cli::Answer result = calculator.run(line);
    std::string text = cli::show_answer(result, digits) + "\n";
    for (const std::string& note : result.notes) text += "note: " + note + "\n";
    return text;
  } catch (const math::FormulaError& error) {
    return math::caret_text(error) + "\n" + error.what() + "\n";
  } catch (const Error& error) { return std::string(error.what()) + "\n"; }
}

/// The page with every answer computed anew: in blocks marked `calculator`, or `explained` where
/// the steps are shown, lines that begin with "> " are what was typed.
std::string recomputed(const std::string& page) {
  std::istringstream lines(page);
  std::string result;
  std::optional<cli::Calculator> calculator;
  for (std::string line; std::getline(lines, line);) {
    if (line == "```calculator")
      calculator.emplace();
    else if (line == "```explained")
      calculator.emplace(cli::CalculatorOptions{.explain = true});
    else if (line == "```")
      calculator.reset();
    else if (calculator && !line.starts_with("> "))
      continue;
    result += line + "\n";
    if (calculator && line.starts_with("> ")) result += answer(*calculator, line.substr(2));
  }
  return result;
}

}  // namespace

TEST_CASE("docs/calculator.md shows what the calculator answers", "[cli]") {
  const std::string path = std::string(MATHTOOL_SOURCE_DIR) + "/docs/calculator.md";
  std::stringstream page;
  page << std::ifstream(path).rdbuf();
  REQUIRE(page.str().size() > 1000);
  const std::string expected = recomputed(page.str());
  if (std::getenv("MATHTOOL_UPDATE_TRANSCRIPT")) std::ofstream(path) << expected;
  CHECK(page.str() == expected);
}
