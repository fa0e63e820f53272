#include "cli/calculator/calculator.hpp"
#include "cli/table_pass.hpp"

namespace mathtool::cli {

/// A row of the numbers of one column; missing ones are left out.
Value file_column(const std::string& name) {
  const std::size_t colon = name.rfind(':');
  TableOptions options;
  options.path = name.substr(1, colon - 1);
  options.columns = name.substr(colon + 1);
  TableInput input = open_table(options, {.quiet = true});
  require(input.numeric.size() == 1, "{}: pick one column, not {}", name, input.numeric.size());
  std::vector<double> numbers;
  TablePass pass(input);
  pass.read([](TableRows&& rows) { return Vec(rows.numbers.col(0)); },
            [&](Vec&& part) { numbers.insert(numbers.end(), part.begin(), part.end()); }, {});
  require<InsufficientDataError>(!numbers.empty(), "{}: no row is left", name);
  return row_of(Eigen::Map<const Vec>(numbers.data(), std::ssize(numbers)));
}

}  // namespace mathtool::cli
