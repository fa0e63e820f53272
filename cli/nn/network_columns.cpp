#include "cli/nn/network_columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "cli/first_few.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

NamedColumns find_columns(const TableInput& input, const std::vector<std::string>& names,
                          const std::string& model) {
  const data::TableSchema& schema = input.reader.schema();
  const std::vector<std::string> there = schema.names();
  NamedColumns columns;
  std::vector<std::string> lacking;
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) continue;  // a target that is among the features
    const auto found = std::ranges::find(there, name);
    if (found == there.end()) {
      lacking.push_back(name);
      continue;
    }
    const Index column = found - there.begin();
    const bool text =
        schema.columns[static_cast<std::size_t>(column)].type == data::ColumnType::text;
    (text ? columns.texts : columns.numbers).push_back(column);
  }
  require(lacking.empty(), "{} lacks columns that {} was trained on: {}", input.reader.name(),
          model, first_few(lacking, [&](const std::string& name) {
            return fmt::format("'{}'{}", name, did_you_mean(name, there));
          }));
  return columns;
}

void require_no_sequence(const nn::Model& model, const std::string& path) {
  require(model.vocabulary.size() == 0,
          "{0} was trained on a text: mathtool nn sample {0}, or nn evaluate {0} --text FILE",
          path);
  require(!model.series,
          "{0} was trained on a time series: mathtool nn forecast {0} FILE, or nn evaluate {0} "
          "--series FILE",
          path);
}

}  // namespace mathtool::cli
