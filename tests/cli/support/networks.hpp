#pragma once

#include <string>
#include <vector>

#include "cli/support/command.hpp"
#include "support/scratch_folder.hpp"

namespace mathtool::test {

inline const Command networks{"nn"};

/// Of classes that a line separates with a wide margin.
inline const std::string two_classes = [] {
  std::string text = "a,b,kind\n";
  for (int i = 0; i < 60; ++i) {
    const bool high = i % 2 == 1;
    text += std::to_string(0.1 * (i % 7) + (high ? 3 : 0)) + "," + std::to_string(0.1 * (i % 5)) +
            (high ? ",yes\n" : ",no\n");
  }
  return text;
}();

/// The words of a training on examples/iris.csv.
inline std::vector<std::string> iris_training(const std::vector<std::string>& more) {
  std::vector<std::string> words{"train", "--data", iris, "--target", "Species"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// The same of a table on standard input.
inline std::vector<std::string> training(const std::vector<std::string>& more) {
  std::vector<std::string> words{"train", "--data", "-", "--target", "kind"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace mathtool::test
