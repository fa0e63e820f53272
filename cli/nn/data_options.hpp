#pragma once

#include <string>

#include "cli/options.hpp"
#include "cli/table_input.hpp"

namespace mathtool::cli {

/// Where the observations of a network come from: a table with a target column, or images with
/// labels.
struct NetworkDataOptions {
  TableOptions table = {};
  std::string data = {}, target = {}, images = {}, labels = {};
  std::string test_data = {}, test_images = {}, test_labels = {};
  std::string classes = {};  ///< of images: those to be kept; empty: all

  void declare(Options& options, bool labelled);
  void declare_test(Options& options);

  bool is_table() const { return images.empty(); }
  bool has_test() const { return !test_data.empty() || !test_images.empty(); }

  /// Throws: DomainError unless the options name one source of data, and all of it. `labelled`:
  /// with what is to be predicted; the target may be left to a model.
  void check(bool labelled, bool target_needed) const;
};

}  // namespace mathtool::cli
