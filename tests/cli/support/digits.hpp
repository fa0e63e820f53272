#pragma once

#include <string>
#include <vector>

#include "cli/support/networks.hpp"

namespace mathtool::test {

inline const std::string digit_images = MATHTOOL_SOURCE_DIR "/examples/digits-images-idx3-ubyte.gz";
inline const std::string digit_labels = MATHTOOL_SOURCE_DIR "/examples/digits-labels-idx1-ubyte.gz";

/// The words of a training on these 1797 images of 8 x 8.
inline std::vector<std::string> digits_training(const std::vector<std::string>& more) {
  std::vector<std::string> words{"train", "--images", digit_images, "--labels", digit_labels};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace mathtool::test
