#pragma once

#include <vector>

#include "array_layout.hpp"
#include "mathtool/data/input.hpp"

namespace mathtool::data {

/// Throws: DataError when `input` knows its size, and it is not that of the header and the array.
void check_array_size(const Input& input, const ArrayLayout& layout);

/// The next bytes of the array, fewer than `count` only where the input ends; memory grows as they
/// come, not as a header claims.
std::vector<char> read_array_bytes(Input& input, std::int64_t count);

/// Throws: DataError: the array ends with `missing` of its bytes still to come.
[[noreturn]] void fail_cut_short(const Input& input, const ArrayLayout& layout,
                                 std::int64_t missing);

/// Throws: DataError unless `input` ends with the array, all of which was read.
void check_array_end(Input& input, const ArrayLayout& layout);

}  // namespace mathtool::data
