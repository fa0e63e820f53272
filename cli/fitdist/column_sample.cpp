#include "cli/fitdist/column_sample.hpp"

#include <fmt/core.h>

#include <cmath>

#include "cli/kept_memory.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

constexpr double copies_kept = 4;  ///< of each value while it is read, sorted and fitted

void append_numbers(std::vector<double>& to, const std::vector<double>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

void ColumnSample::merge(ColumnSample&& other) {
  append_numbers(values, other.values);
  append_numbers(weights, other.weights);
}

GatheredGroups<ColumnSample> gather_column(TableInput& input, std::int64_t memory,
                                           const RunControl& run) {
  const std::string name = input.numeric_names().front();
  return gather_groups(
      input, ColumnSample{},
      [&](ColumnSample& sample, TableRows&& rows) {
        for (Index i = 0; i < rows.rows(); ++i) {
          const double x = rows.numbers(i, 0);
          require<InsufficientDataError>(!std::isinf(x), "{}: column '{}' holds an infinite value",
                                         input.reader.name(), name);
          sample.values.push_back(x);
          if (rows.weights.size() > 0) sample.weights.push_back(rows.weights[i]);
        }
      },
      {}, run, nullptr,
      [&](const auto& groups) {
        double numbers = 0;
        for (const auto& group : groups)
          numbers += copies_kept * static_cast<double>(group.value.values.size());
        require_memory(numbers, memory, fmt::format("fitting all values of '{}'", name),
                       "allow more with --memory, or take fewer rows with --where");
      });
}

}  // namespace mathtool::cli
