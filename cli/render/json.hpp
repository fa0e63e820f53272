#pragma once

#include <string>

#include "cli/report.hpp"

namespace mathtool::cli {

/// The envelope that every command's result comes in. `seconds` only where it has a value.
Json envelope(const Report& report, std::optional<double> seconds);

/// JSON for a reader of either kind: lists of numbers and small objects on one line, shortest
/// round-trip numbers, NaN as null, infinities as "inf" and "-inf". What is not UTF-8 becomes
/// U+FFFD. Ref: RFC 8259.
std::string write_json(const Json& value);

Json whole_or_real(double x);   ///< an integer where it is one, so that counts look like counts
Json to_json(const VecRef& v);  ///< [numbers]
Json rows_to_json(const MatRef& A);  ///< [[numbers of a row], ...]

}  // namespace mathtool::cli
