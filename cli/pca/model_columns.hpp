#pragma once

#include <string>

#include "cli/table_input.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

/// Makes the columns of a saved model, found by name, those that a pass of `input` reads: taken for
/// what they are, even where the first rows of this table hold no number in one of them.
/// Throws: DomainError where the table lacks one, or -c leaves it out.
void use_columns_of(const stats::Pca& model, const std::string& model_path, TableInput& input);

}  // namespace mathtool::cli
