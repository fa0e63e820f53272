#include "cli/hypothesis/test_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/first_few.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

void require_columns(const TableInput& input, const TestKind& kind, std::size_t found,
                     std::size_t least, std::size_t most, std::string_view what) {
  require(found >= least && found <= most, "test {} takes {}, but there {} {}; name {} with -c: {}",
          kind.name, what, found == 1 ? "is" : "are", found, most == 1 ? "it" : "them",
          first_few(input.names(input.picked)));
}

void require_values(const TableInput& input, const TestKind& kind, bool by) {
  const std::size_t found = input.numeric.size();
  switch (kind.layout) {
    case TestLayout::one_sample:
      return require_columns(input, kind, found, 1, 1, "one numeric column");
    case TestLayout::one_or_two:
    case TestLayout::one_or_paired:
      if (by) return require_columns(input, kind, found, 1, 1, "one numeric column with --by");
      return require_columns(input, kind, found, 1, 2, "one numeric column or two");
    case TestLayout::two_samples:
      if (by) return require_columns(input, kind, found, 1, 1, "one numeric column with --by");
      return require_columns(input, kind, found, 2, 2, "two numeric columns, or one with --by,");
    case TestLayout::paired:
      return require_columns(input, kind, found, 2, 2, "two numeric columns");
    case TestLayout::groups:
      if (by) return require_columns(input, kind, found, 1, 1, "one numeric column with --by");
      return require_columns(input, kind, found, 2, 1000,
                             "one numeric column with --by, or a column for each group,");
    case TestLayout::two_factors:
      require(by, "test {} compares by two factors: --by G,H", kind.name);
      return require_columns(input, kind, found, 1, 1, "one numeric column");
    default: return;
  }
}

/// Of tests that count, -c and --by name the variables, text or numbers.
std::vector<Index> counted_columns(const TableInput& input, const TestKind& kind,
                                   const std::vector<Index>& by) {
  std::vector<Index> variables = input.picked;
  std::erase_if(variables, [&](Index j) { return std::count(by.begin(), by.end(), j) > 0; });
  if (kind.layout == TestLayout::counted)
    require_columns(input, kind, variables.size(), 1, 1, "one column");
  else if (kind.layout == TestLayout::successes || !by.empty())
    require_columns(input, kind, variables.size(), 1, 1,
                    by.empty() ? "one column" : "one column with --by");
  else
    require_columns(input, kind, variables.size(), 2, 2, "two columns");
  // With --by the groups are the rows of the table of counts.
  variables.insert(variables.begin(), by.begin(), by.end());
  return variables;
}

}  // namespace

TestColumns assign_columns(TableInput& input, const TestWords& words, const TestKind& kind) {
  std::vector<Index> by;
  if (!words.by.empty()) by = data::pick_columns(input.reader.schema().names(), words.by).columns;
  const std::size_t factors = kind.layout == TestLayout::two_factors ? 2 : 1;
  require(by.empty() || by.size() == factors, "test {} takes {} with --by, got {}", kind.name,
          factors == 1 ? "one column" : "two columns", by.size());
  for (const Index j : by) {
    require(std::count(input.groups.begin(), input.groups.end(), j) == 0 && input.weights != j,
            "column '{}' cannot be both in --by and in {}", input.column_name(j),
            input.weights == j ? "--weights" : "-g");
    std::erase(input.numeric, j);
    std::erase(input.picked, j);
    std::erase(input.picked_texts, j);
    std::erase(input.carried, j);
  }
  TestColumns columns{.repeats = input.groups, .levels = by};
  if (counts_levels(kind.layout)) {
    columns.levels = counted_columns(input, kind, by);
    input.numeric.clear();
    input.picked_texts.clear();  // text is what levels are made of
  } else {
    require<InsufficientDataError>(!input.numeric.empty(), "{}: --by leaves no numeric column",
                                   input.reader.name());
    require_values(input, kind, !by.empty());
  }
  input.groups.insert(input.groups.end(), columns.levels.begin(), columns.levels.end());
  return columns;
}

}  // namespace mathtool::cli
