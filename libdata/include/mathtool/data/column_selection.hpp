#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::data {

struct PickedColumns {
  std::vector<Index> columns = {};   ///< positions, in the order asked for, none twice
  std::vector<Index> excluded = {};  ///< positions named by an item with '!'
};

/// Picks columns by a list such as `a,3,5-9,temp*,!id`: names, numbers from 1, ranges, globs (* and
/// ?);
/// `!` excludes; a name between backticks may hold commas. A name beats a number, a number beats a
/// range, a range beats a glob. A list of exclusions alone picks all the others. Empty picks
/// everything. Throws: DomainError for a name that no column has, with the nearest one, and for a
/// number or
///         range outside the table.
PickedColumns pick_columns(std::span<const std::string> names, std::string_view list);

/// The item that excludes this column: "!name", with backticks where the name needs them.
std::string exclusion_of(std::string_view name);

}  // namespace mathtool::data
