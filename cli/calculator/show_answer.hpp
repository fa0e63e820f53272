#pragma once

#include <string>
#include <vector>

#include "cli/calculator/calculator.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// An answer as a calculator prints it: the steps, if any were kept, and the value with what is
/// known of its error; a fraction with its decimals behind it.
std::string show_answer(const Answer& answer, int digits);

/// `value`, `error`, `evaluations`, `text`, and `steps` where they were kept.
Json answer_json(const Answer& answer, int digits);

}  // namespace mathtool::cli
