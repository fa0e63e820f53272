#pragma once

#include <string>
#include <vector>

#include "cli/table_input.hpp"

namespace mathtool::cli {

/// Columns of a table by name, numbers and texts apart.
struct NamedColumns {
  std::vector<Index> numbers = {}, texts = {};
};

/// Throws: DomainError that names those which the table lacks, with the nearest ones.
NamedColumns find_columns(const TableInput& input, const std::vector<std::string>& names,
                          const std::string& model);

}  // namespace mathtool::cli
