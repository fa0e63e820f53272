#include "cli/covariance/kept_rows.hpp"

#include <fmt/core.h>

#include <utility>

#include "cli/kept_memory.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

void KeptRows::push(TableRows&& rows) {
  rows_ += rows.rows();
  numbers_.push_back(std::move(rows.numbers));
  if (rows.weights.size() > 0) weights_.push_back(std::move(rows.weights));
}

void KeptRows::merge(KeptRows&& other) {
  rows_ += other.rows_;
  for (RowMat& block : other.numbers_) numbers_.push_back(std::move(block));
  for (Vec& block : other.weights_) weights_.push_back(std::move(block));
}

void KeptRows::require_two_rows(const TableInput& input, std::string_view what) const {
  require<InsufficientDataError>(rows_ >= 2, "{} has {} usable row{}; {} needs at least 2",
                                 input.reader.name(), rows_, rows_ == 1 ? "" : "s", what);
}

Mat KeptRows::matrix() const {
  Mat all(rows_, numbers_.empty() ? 0 : numbers_.front().cols());
  Index next = 0;
  for (const RowMat& block : numbers_) {
    all.middleRows(next, block.rows()) = block;
    next += block.rows();
  }
  return all;
}

Vec KeptRows::weights() const {
  if (weights_.empty()) return Vec();
  Vec all(rows_);
  Index next = 0;
  for (const Vec& block : weights_) {
    all.segment(next, block.size()) = block;
    next += block.size();
  }
  return all;
}

GatheredGroups<KeptRows> gather_rows(TableInput& input, std::int64_t memory,
                                     const RunControl& run) {
  const auto p = static_cast<double>(input.numeric.size());
  using Groups = std::vector<stats::Grouped<KeptRows, std::vector<std::string>>::Group>;
  const auto check = [&](const Groups& groups) {
    double rows = 0.0;
    for (const auto& group : groups) rows += static_cast<double>(group.value.rows());
    require_memory(rows * p, memory, fmt::format("keeping {} or more rows of {} numbers", rows, p));
  };
  return gather_groups(
      input, KeptRows(), [](KeptRows& part, TableRows&& rows) { part.push(std::move(rows)); }, {},
      run, nullptr, check);
}

}  // namespace mathtool::cli
