#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/command.hpp"
#include "support/tolerance.hpp"

namespace mathtool::test {

using Json = nlohmann::json;
using Figures = std::vector<double>;

inline const Command regress{"regress"};

inline std::vector<std::string> names(const Json& result) {
  std::vector<std::string> list;
  for (const Json& row : result["coefficients"]) list.push_back(row["name"]);
  return list;
}

/// Every entry to nine digits: what R prints with 15 and computes with fewer.
inline void check_column(const Json& result, const char* key, const Figures& expected,
                         double error = 1e-9) {
  REQUIRE(result["coefficients"].size() == expected.size());
  for (std::size_t j = 0; j < expected.size(); ++j) {
    INFO(result["coefficients"][j]["name"] << " " << key);
    CHECK_NEAR(result["coefficients"][j][key].get<double>(), expected[j],
               relative(error, expected[j]));
  }
}

inline void check_entry(const Json& result, const char* key, double expected, double error = 1e-9) {
  INFO(key);
  CHECK_NEAR(result[key].get<double>(), expected, relative(error, expected));
}

}  // namespace mathtool::test
