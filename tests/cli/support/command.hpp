#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/support/runs.hpp"

namespace mathtool::test {

/// A command of the program, to be run with arguments and with what stands on standard input.
class Command {
 public:
  explicit Command(std::string name) : name_(std::move(name)) {}

  Outcome operator()(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.begin(), name_);
    return run_mathtool(std::move(arguments), {.input = input});
  }

  /// What it says by --json, which must succeed.
  nlohmann::json report(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.push_back("--json");
    return json_of((*this)(std::move(arguments), input));
  }

  nlohmann::json result(std::vector<std::string> arguments, const std::string& input = "") const {
    return report(std::move(arguments), input)["result"];
  }

  /// Of what has to be refused: the one line on stderr, where nothing is on stdout.
  std::string refusal(int status, std::vector<std::string> arguments,
                      const std::string& input = "") const {
    const Outcome outcome = (*this)(std::move(arguments), input);
    INFO(input << outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.out.empty());
    CHECK(lines(outcome.err).size() == 1);
    return outcome.err;
  }

 private:
  std::string name_;
};

}  // namespace mathtool::test
