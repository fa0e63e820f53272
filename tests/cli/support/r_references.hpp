#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/runs.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

namespace mathtool::test {

/// A figure of R beside its place in the result.
struct PlacedFigure {
  const char* place;
  double value;
};

/// What R 4.2.2 prints with 17 digits for `call`, on the tables of shared data/tabular that
/// `arguments` name, or on `input`, which holds x and y of the call.
struct Reference {
  const char* call;
  std::vector<std::string> arguments;
  std::string input;
  std::vector<PlacedFigure> figures;
  double tolerance = 1e-9;  ///< relative; 1e-8 where R's own quadrature or series stops there
};

inline const std::string x_values = "x\n1.1\n2.2\n0.3\n4.7\n3.9\n2.05\n";
inline const std::string two_samples =
    "x,y\n1.1,0.9\n2.2,2.3\n0.3,1.7\n4.7,5.5\n3.9,6.1\n2.05,7.2\n,3.3\n";
inline const std::string two_columns =
    "x,y\n1.1,0.9\n2.2,2.3\n0.3,1.7\n4.7,5.5\n3.9,6.1\n2.05,7.2\n";
/// y = (7 i) mod 17 + i/10.
inline const std::string scattered = [] {
  std::string text = "x,y\n";
  for (int i = 1; i <= 15; ++i)
    text += std::to_string(i) + "," + std::to_string((7 * i) % 17 + 0.1 * i) + "\n";
  return text;
}();

inline void check_references(const std::vector<Reference>& references) {
  REQUIRE_REFERENCE_DATA(data);
  for (const Reference& reference : references) {
    INFO(reference.call);
    std::vector<std::string> arguments{"test"};
    for (const std::string& word : reference.arguments)
      arguments.push_back(word.ends_with(".csv") ? (data / "tabular" / word).string() : word);
    arguments.push_back("--json");
    const nlohmann::json result =
        json_of(run_mathtool(arguments, {.input = reference.input}))["result"];
    for (const PlacedFigure& figure : reference.figures) {
      INFO(figure.place);
      const nlohmann::json found = result.at(nlohmann::json::json_pointer(figure.place));
      REQUIRE(found.is_number());
      CHECK_NEAR(found.get<double>(), figure.value, relative(reference.tolerance, figure.value));
    }
  }
}

}  // namespace mathtool::test
