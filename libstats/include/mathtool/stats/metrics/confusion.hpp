#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// How often each true label was predicted as each label.
struct ConfusionMatrix {
  std::vector<std::string> labels = {};
  Mat counts = {};  ///< K × K, rows true, columns predicted
};

/// Puts labels in the order of a confusion matrix: ascending where all of them are numbers, else by
/// their bytes.
void sort_labels(std::vector<std::string>& labels);

/// Counts true labels against predicted ones in a stream. Memory grows with the labels and the
/// pairs of them that occur, not with the rows. A pair of weight 0 leaves no trace.
class Confusion {
 public:
  using Sample = std::pair<std::string, std::string>;  ///< true, predicted

  void push(std::string_view truth, std::string_view predicted, double weight = 1);
  void push(const Sample& sample) { push(sample.first, sample.second); }
  void merge(const Confusion& other);

  std::int64_t count() const { return count_; }  ///< pairs, whatever their weights
  std::int64_t labels() const { return std::ssize(labels_); }
  std::int64_t cells() const { return std::ssize(cells_); }

  /// With every label that occurs on either side, in the order of `sort_labels`.
  ConfusionMatrix matrix() const;

 private:
  Index position(std::string_view label);

  std::vector<std::string> labels_ = {};  ///< as they first appeared
  std::map<std::string, Index, std::less<>> positions_ = {};
  std::map<std::pair<Index, Index>, math::CompensatedSum> cells_ = {};
  std::int64_t count_ = 0;
};

}  // namespace mathtool::stats
