#pragma once

#include <optional>
#include <string>

#include "cli/nn/data_options.hpp"
#include "cli/options.hpp"

namespace mathtool::cli {

/// Where a network learns sequences: a text, or columns of a time series.
struct SequenceOptions {
  std::string text = {}, series = {};
  std::optional<int> window = {}, horizon = {}, difference = {}, season = {};
  std::string transform = "none", held_out = {};

  void declare(Options& options);
  void declare_scoring(Options& options);  ///< what judges a network that has learnt

  bool given() const { return !text.empty() || !series.empty(); }

  /// Throws: DomainError unless the options name one source of data and go with it.
  void check(const NetworkDataOptions& data) const;
  void check_source(const NetworkDataOptions& data) const;  ///< the same without --columns
};

/// A share that `option` gives, of steps or characters. Throws: DomainError unless in [0, 1).
double share_option(const std::string& text, const char* option, double otherwise);

}  // namespace mathtool::cli
