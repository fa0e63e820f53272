#include <fmt/format.h>

#include <algorithm>

#include "cli/calculator/calculator.hpp"
#include "cli/table_pass.hpp"

namespace mathtool::cli {
namespace {

/// "file.csv" of @file.csv:column.
std::string path_of(const std::string& name) { return name.substr(1, name.rfind(':') - 1); }
std::string column_of(const std::string& name) { return name.substr(name.rfind(':') + 1); }

TableInput open_columns(const std::string& path, const std::vector<std::string>& names) {
  TableOptions options;
  options.path = path;
  for (const std::string& name : names)
    options.columns += (options.columns.empty() ? "" : ",") + column_of(name);
  return open_table(options, {.quiet = true});
}

}  // namespace

/// A row of the numbers of a column. The columns of one file in one line are read together, so that
/// their numbers belong to the same rows.
const Value& Calculator::file_column(const std::string& name) {
  if (const auto found = columns_.find(name); found != columns_.end()) return found->second;
  const std::string path = path_of(name);
  std::vector<std::string> names = column_names_;
  std::erase_if(names, [&](const std::string& other) { return path_of(other) != path; });
  if (std::ranges::count(names, name) == 0) names = {name};
  read_columns(path, names);
  return columns_.find(name)->second;
}

/// Rows where one of the columns has no number are left out.
void Calculator::read_columns(const std::string& path, const std::vector<std::string>& names) {
  TableInput input = open_columns(path, names);
  require(names.size() > 1 || input.numeric.size() == 1, "{}: pick one column, not {}", names[0],
          input.numeric.size());
  require(input.numeric.size() == names.size(),
          "{} are {} columns of numbers together; name each of them, and once",
          fmt::join(names, " and "), input.numeric.size());
  std::vector<std::vector<double>> numbers(names.size());
  data::RowCount count;
  TablePass pass(input);
  pass.read([](TableRows&& rows) { return std::move(rows); },
            [&](TableRows&& rows) {
              count.merge(rows.count);
              for (std::size_t i = 0; i < names.size(); ++i) {
                const auto column = rows.numbers.col(static_cast<Index>(i));
                numbers[i].insert(numbers[i].end(), column.begin(), column.end());
              }
            },
            {});
  require<InsufficientDataError>(!numbers[0].empty(), "{}: no row is left", fmt::join(names, ", "));
  if (count.used < count.read)
    note(fmt::format("{}: {} of {} rows are left out, where {} has no number", path,
                     count.read - count.used, count.read,
                     names.size() == 1 ? column_of(names[0]) : "one of the columns"));
  for (std::size_t i = 0; i < names.size(); ++i)
    columns_[names[i]] = row_of(Eigen::Map<const Vec>(numbers[i].data(), std::ssize(numbers[i])));
}

}  // namespace mathtool::cli
