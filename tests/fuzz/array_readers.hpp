#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <optional>
#include <string>

#include "mathtool/data/array.hpp"
#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::fuzz {

/// The table that the bytes hold, as one array; none where there is none. Findings abort.
inline std::optional<data::NumericArray> read_table(const std::string& bytes) try {
  data::TableReader reader(data::Input::from_text(bytes));
  const Index columns = std::ssize(reader.schema().columns);
  data::ColumnSelection all;
  all.numbers.resize(static_cast<std::size_t>(columns));
  std::iota(all.numbers.begin(), all.numbers.end(), Index{0});
  data::NumericArray table{.shape = {0, columns}};
  reader.read(all,
              [&](data::RowBlock&& block) {
                if (block.first_row != table.shape[0]) std::abort();
                table.shape[0] += block.rows();
                const double* first = block.numbers.data();
                table.values.insert(table.values.end(), first, first + block.numbers.size());
              },
              {.threads = 1});
  return table;
} catch (const Error&) { return std::nullopt; }

/// The two ways of reading an array agree: `read` gives all of it at once, TableReader its rows.
template <class Read>
void compare_readers(const std::string& bytes, Read&& read) {
  std::optional<data::NumericArray> array;
  try {
    array = read(data::Input::from_text(bytes));
  } catch (const Error&) {}
  const auto table = read_table(bytes);
  const auto is_infinite = [](double x) { return std::isinf(x); };
  if (!array) {
    if (table) std::abort();
  } else if (!table) {
    const auto& values = array->values;
    if (!values.empty() && std::none_of(values.begin(), values.end(), is_infinite)) std::abort();
  } else {
    if (array->values.size() != table->values.size()) std::abort();
    // By bits, since NaN is not equal to itself.
    if (std::memcmp(array->values.data(), table->values.data(),
                    array->values.size() * sizeof(double)) != 0)
      std::abort();
  }
}

}  // namespace mathtool::fuzz
