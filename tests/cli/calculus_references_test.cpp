#include <cmath>
#include <fstream>

#include "cli/calculator/calculator.hpp"
#include "cli/support/runs.hpp"
#include "support/reference_data.hpp"

using namespace mathtool;
using nlohmann::json;

namespace {

json read(const std::filesystem::path& data, const char* name) {
  return json::parse(std::ifstream(data / "calculus" / name));
}

/// Right to its own error bound, and to 12 digits.
void check(cli::Calculator& calculator, const std::string& line, double exact) {
  const cli::Answer answer = calculator.run(line);
  INFO(line << ": " << answer.reason);
  REQUIRE(answer.status == Status::converged);
  const double value = cli::real_number(answer.value, line);
  INFO(value << " ± " << answer.error.value_or(0) << ", exact " << exact);
  CHECK(std::abs(value - exact) <= std::max(answer.error.value_or(0), 1e-15 * std::abs(exact)));
  CHECK(std::abs(value - exact) <= 1e-12 * std::max(std::abs(exact), 1e-300));
}

}  // namespace

TEST_CASE("calc: the reference limits, with their verdicts", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  cli::Calculator calculator;
  for (const json file = read(data, "limits.json"); const json& entry : file["functions"]) {
    const std::string direction = entry["direction"], limit = entry["limit"];
    const std::string side = direction == "left" || direction == "right" ? ", " + direction : "";
    const std::string line = "limit(" + entry["f"].get<std::string>() + ", x, " +
                             entry["point"].get<std::string>() + side + ")";
    INFO(line);
    if (limit == "DNE") {
      const cli::Answer answer = calculator.run(line);
      REQUIRE(answer.value.is<std::string>());
      CHECK(*answer.value.as<std::string>() == "does not exist");
    } else if (limit == "inf" || limit == "-inf") {
      const double value = cli::real_number(calculator.run(line).value, line);
      CHECK(std::isinf(value));
      CHECK((value < 0) == (limit == "-inf"));
    } else {
      check(calculator, line, std::stod(entry["value"].get<std::string>()));
    }
  }
}

TEST_CASE("calc: the reference derivatives", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  cli::Calculator calculator;
  for (const json file = read(data, "derivatives.json"); const json& entry : file["univariate"])
    check(calculator,
          "diff(" + entry["f"].get<std::string>() + ", x, " + entry["order"].dump() + ", " +
              entry["x"].get<std::string>() + ")",
          std::stod(entry["value"].get<std::string>()));
}

TEST_CASE("calc: the reference roots", "[cli]") {
  REQUIRE_REFERENCE_DATA(data);
  cli::Calculator calculator;
  for (const json file = read(data, "roots.json"); const json& entry : file["scalar"])
    check(calculator,
          "solve(" + entry["f"].get<std::string>() + ", x, " + entry["bracket"][0].dump() + ", " +
              entry["bracket"][1].dump() + ")",
          std::stod(entry["root"].get<std::string>()));
}
