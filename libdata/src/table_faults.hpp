#pragma once

#include <optional>
#include <string>

#include "cell_reader.hpp"
#include "record_scanner.hpp"

namespace mathtool::data {

// What can be wrong with a table, in words: the place first, then the offending text and the
// remedy.

std::string open_quote_fault(const std::string& table, std::int64_t line);

/// What the user can do about a structure_fault.
inline constexpr std::string_view skip_remedy =
    "; fix the row or skip such rows with --bad-rows skip";

/// None when the record holds no NUL byte.
std::optional<std::string> nul_fault(const std::string& table, const Record& record);

/// Text behind a closing quote, or not `columns` fields; none when the record is sound.
std::optional<std::string> structure_fault(const std::string& table, const Record& record,
                                           const TextDialect& dialect, Index columns);

/// A cell of a numeric column that is no finite number. Pre: `kind` is text, infinite or too_large.
std::string cell_fault(const std::string& table, std::int64_t line, const std::string& column,
                       CellKind kind, const std::string& cell);

}  // namespace mathtool::data
