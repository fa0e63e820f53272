#include "cli/render/plain_cell.hpp"

#include "mathtool/data/csv_format.hpp"

namespace mathtool::cli {

std::string plain_text(const Cell& cell) {
  if (const double* x = std::get_if<double>(&cell)) return data::format_number(*x);
  if (const std::int64_t* n = std::get_if<std::int64_t>(&cell)) return std::to_string(*n);
  if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
  return {};
}

}  // namespace mathtool::cli
