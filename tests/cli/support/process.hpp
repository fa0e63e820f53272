#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mathtool::test {

/// What a process left behind.
struct Outcome {
  int status = 0;  ///< of exit; 128 + signal when a signal ended it
  std::string out, err;
  std::int64_t peak_memory = 0;  ///< bytes; at least what this process held when it began the other
};

struct Surroundings {
  std::string input = {};                     ///< on standard input
  std::vector<std::string> environment = {};  ///< NAME=value, before what is inherited
};

/// Runs a program, found in PATH or by its path, and waits for it.
Outcome run(const std::vector<std::string>& words, const Surroundings& around = {});

/// Runs the program under test.
Outcome run_mathtool(std::vector<std::string> arguments, const Surroundings& around = {});

/// Runs a line of shell in which $MATHTOOL is the program under test.
Outcome shell(const std::string& line, const Surroundings& around = {});

}  // namespace mathtool::test
