#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/process.hpp"
#include "support/catch.hpp"

namespace mathtool::test {

struct Ended {
  int status;
  nlohmann::json report;
  const nlohmann::json& result() const { return report.at("result"); }
  std::string reason() const { return report["reason"]; }
};

/// What `mathtool minimize` says, as JSON.
inline Ended minimized(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "minimize");
  arguments.push_back("--json");
  const Outcome outcome = run_mathtool(std::move(arguments));
  INFO(outcome.err);
  REQUIRE((outcome.status == 0 || outcome.status == 4));
  return {outcome.status, nlohmann::json::parse(outcome.out)};
}

inline double at(const Ended& ended, const char* name) {
  return ended.result()["x"][name].get<double>();
}

/// Exit status, nothing on stdout, one line on stderr that holds each of the words.
inline void check_refused(std::vector<std::string> arguments, int status,
                          const std::vector<std::string>& words) {
  arguments.insert(arguments.begin(), "minimize");
  const Outcome outcome = run_mathtool(std::move(arguments));
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  for (const std::string& word : words) CHECK_THAT(outcome.err, ContainsSubstring(word));
}

}  // namespace mathtool::test
