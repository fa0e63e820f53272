#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/support/runs.hpp"

/// Runs of `mathtool fit`.
namespace mathtool::test::curves {

/// R's data set BOD: biochemical oxygen demand by days (Bates & Watts, 1988, A1.4).
inline const std::string bod = "Time,demand\n1,8.3\n2,10.3\n3,19\n4,16\n5,15.6\n7,19.8\n";
inline const std::string saturation = "demand ~ A*(1-exp(-k*Time))";

inline Outcome fit(std::vector<std::string> arguments, const std::string& input = bod) {
  arguments.insert(arguments.begin(), "fit");
  return run_mathtool(std::move(arguments), {.input = input});
}

inline nlohmann::json fitted(std::vector<std::string> arguments, const std::string& input = bod) {
  arguments.push_back("--json");
  return json_of(fit(std::move(arguments), input))["result"];
}

inline double entry(const nlohmann::json& result, std::size_t parameter, const char* key) {
  return result["parameters"][parameter][key].get<double>();
}

/// Runs what has to be refused; returns the one line about it.
inline std::string refusal(const std::vector<std::string>& arguments, int status,
                           const std::string& input = bod) {
  const Outcome outcome = fit(arguments, input);
  INFO(outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  return outcome.err;
}

}  // namespace mathtool::test::curves
