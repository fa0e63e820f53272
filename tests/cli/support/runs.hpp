#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/support/process.hpp"
#include "support/catch.hpp"

namespace mathtool::test {

inline const std::string iris = MATHTOOL_SOURCE_DIR "/examples/iris.csv";

inline Outcome run_pca(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "pca");
  return run_mathtool(std::move(arguments), {.input = input});
}

/// The JSON that a successful run printed.
inline nlohmann::json json_of(const Outcome& outcome) {
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return nlohmann::json::parse(outcome.out);
}

inline std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

inline bool has_gnuplot() { return run({"/bin/sh", "-c", "command -v gnuplot"}).status == 0; }

/// n rows of p numbers that are no function of each other.
inline std::string table_text(int n, int p) {
  std::string text = "c1";
  for (int j = 2; j <= p; ++j) text += ",c" + std::to_string(j);
  text += '\n';
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < p; ++j)
      text += std::to_string(std::sin(i * 1.7 + j * 2.3) + (i * (j + 3)) % 7) +
              (j + 1 < p ? "," : "\n");
  return text;
}

}  // namespace mathtool::test
