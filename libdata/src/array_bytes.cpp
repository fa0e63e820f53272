#include "array_bytes.hpp"

#include <algorithm>
#include <span>

#include "mathtool/math/error.hpp"

namespace mathtool::data {

void check_array_size(const Input& input, const ArrayLayout& layout) {
  const auto size = input.size();
  if (!size) return;
  const std::int64_t there = *size - layout.first_byte;
  if (there < layout.size()) fail_cut_short(input, layout, layout.size() - there);
  require<DataError>(there == layout.size(), "{}: byte {}: {} bytes behind the array", input.name(),
                     layout.first_byte + layout.size(), there - layout.size());
}

std::vector<char> read_array_bytes(Input& input, std::int64_t count) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  const auto wanted = static_cast<std::size_t>(count);
  std::vector<char> bytes;
  while (bytes.size() < wanted) {
    const std::size_t before = bytes.size();
    bytes.resize(std::min(wanted, std::max(piece, 2 * before)));
    const std::size_t more = input.read(std::span(bytes).subspan(before));
    if (before + more == bytes.size()) continue;
    bytes.resize(before + more);
    break;
  }
  return bytes;
}

void fail_cut_short(const Input& input, const ArrayLayout& layout, std::int64_t missing) {
  throw DataError(fmt::format("{}: byte {}: the file ends {} bytes before its array of {} does",
                              input.name(), layout.first_byte + layout.size() - missing, missing,
                              layout.size()));
}

void check_array_end(Input& input, const ArrayLayout& layout) {
  const auto behind = read_array_bytes(input, std::int64_t{1} << 10);
  require<DataError>(behind.empty(), "{}: byte {}: {}{} bytes behind the array", input.name(),
                     layout.first_byte + layout.size(), behind.size() == 1 << 10 ? "at least " : "",
                     behind.size());
}

}  // namespace mathtool::data
