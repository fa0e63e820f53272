#pragma once

#include "cli/hypothesis/test_kind.hpp"
#include "cli/hypothesis/test_settings.hpp"

namespace mathtool::cli {

/// Which columns of a table are values, and which are levels.
struct TestColumns {
  std::vector<Index> repeats = {};  ///< of -g
  std::vector<Index> levels = {};   ///< of --by, or what is counted
};

/// Gives columns their parts: behind it, `input.numeric` are the values and `input.groups` those of
/// -g and the levels.
/// Throws: DomainError where there are too many or too few for the kind.
TestColumns assign_columns(TableInput& input, const TestWords& words, const TestKind& kind);

}  // namespace mathtool::cli
