#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::data {

/// Many short texts in one piece of memory: the text cells of a block, row after row.
class TextCells {
 public:
  TextCells() = default;
  TextCells(std::initializer_list<std::string_view> cells) {
    for (const std::string_view cell : cells) push_back(cell);
  }

  void push_back(std::string_view cell) {
    bytes_ += cell;
    ends_.push_back(bytes_.size());
  }

  Index size() const { return static_cast<Index>(ends_.size()); }
  bool empty() const { return ends_.empty(); }
  /// Bytes that the cells take.
  std::int64_t memory() const {
    return static_cast<std::int64_t>(bytes_.size() + ends_.size() * sizeof(std::size_t));
  }

  /// Valid until the next `push_back`. Pre: 0 ≤ i < size().
  std::string_view operator[](Index i) const {
    const auto place = static_cast<std::size_t>(i);
    const std::size_t begin = place == 0 ? 0 : ends_[place - 1];
    return {bytes_.data() + begin, ends_[place] - begin};
  }

  bool operator==(const TextCells&) const = default;

 private:
  std::string bytes_ = {};
  std::vector<std::size_t> ends_ = {};  // of each cell in `bytes_`
};

}  // namespace mathtool::data
