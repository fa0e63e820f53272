#include "cli/pca/model_columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "cli/first_few.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// The table's columns in the order of the model, by name.
std::vector<Index> match_columns(const stats::Pca& model, const TableInput& input,
                                 const std::string& model_path) {
  const std::vector<std::string> names = input.reader.schema().names();
  std::unordered_map<std::string_view, Index> places;
  for (const std::string& name : names) places.emplace(name, std::ssize(places));
  std::vector<Index> columns;
  std::vector<std::string> missing;
  for (const std::string& wanted : model.variables) {
    const auto found = places.find(wanted);
    if (found != places.end())
      columns.push_back(found->second);
    else
      missing.push_back(wanted);
  }
  if (missing.empty()) return columns;
  throw DomainError(fmt::format("{} lacks columns that {} was fitted to: {}", input.reader.name(),
                                model_path, first_few(missing, [&](const std::string& name) {
                                  return fmt::format("'{}'{}", name, did_you_mean(name, names));
                                })));
}

/// Throws: DomainError where -c leaves out what the scores need.
void require_picked(const std::vector<Index>& columns, const TableInput& input) {
  std::vector<std::string> left_out;
  for (const Index j : columns)
    if (std::find(input.picked.begin(), input.picked.end(), j) == input.picked.end())
      left_out.push_back(input.column_name(j));
  require(left_out.empty(), "--columns leaves out what the model was fitted to: {}",
          first_few(left_out));
}

}  // namespace

void use_columns_of(const stats::Pca& model, const std::string& model_path, TableInput& input) {
  input.numeric = match_columns(model, input, model_path);
  require_picked(input.numeric, input);
  const std::unordered_set<Index> scored(input.numeric.begin(), input.numeric.end());
  std::erase_if(input.carried, [&](Index j) { return scored.count(j) > 0; });
  const std::unordered_set<std::string> names(model.variables.begin(), model.variables.end());
  std::erase_if(input.picked_texts, [&](Index j) { return names.count(input.column_name(j)) > 0; });
}

}  // namespace mathtool::cli
