#pragma once

#include <string>

#include "cli/options.hpp"

namespace mathtool::cli {

/// The options of every command while they are being read.
class GlobalDeclarations {
 public:
  void declare(Options& options);

  /// What they mean, once they have been parsed.
  GlobalOptions finish() const;

  bool format_given() const { return !format_.empty(); }

 private:
  GlobalOptions global_ = {};
  std::string format_ = {};
  std::string color_ = "auto";
  std::string seed_ = "0";
  std::string memory_ = "256M";
  std::optional<int> threads_ = {};
};

}  // namespace mathtool::cli
