#pragma once

#include <string>
#include <vector>

#include "cli/table_input.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {

/// Columns of a table by name, numbers and texts apart.
struct NamedColumns {
  std::vector<Index> numbers = {}, texts = {};
};

/// Throws: DomainError that names those which the table lacks, with the nearest ones.
NamedColumns find_columns(const TableInput& input, const std::vector<std::string>& names,
                          const std::string& model);

/// Throws: DomainError for a model of a text or of a time series, naming the command that uses it.
void require_no_sequence(const nn::Model& model, const std::string& path);

}  // namespace mathtool::cli
