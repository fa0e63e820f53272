#pragma once

#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "cli/table_input.hpp"

namespace mathtool::cli {

/// What every command that fits a formula to a table takes beside the formula.
struct ModelOptions {
  TableOptions table = {};
  std::string diagnostics = {}, model = {};  ///< files to write; empty: none

  /// --diagnostics, --save, and the options of the table and its groups.
  void declare(Options& options);

  /// `kind` is what is fitted, `one` what each group gets of it, both as messages say it.
  /// Throws: DomainError for options that exclude each other.
  void check(const GlobalOptions& global, std::string_view kind, std::string_view one) const;

  /// What to do with the saved model. Pre: there is one.
  std::string apply_hint() const;
};

}  // namespace mathtool::cli
