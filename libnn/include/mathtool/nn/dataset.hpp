#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

/// n × d unsigned bytes by rows, as images come; a byte b stands for b · scale.
struct ByteRows {
  std::vector<std::uint8_t> bytes = {};
  float scale = 1.0F / 255.0F;
};

/// Observations with what is to be predicted of them. Bytes stay bytes: a quarter of the memory.
struct Dataset {
  Shape shape = {};  ///< of one observation
  std::variant<Batch<float>, ByteRows> features = {};
  Batch<float> targets = {};              ///< n × m; of classes their numbers from 0
  std::vector<std::string> classes = {};  ///< their names; none: targets are numbers

  Index size() const { return targets.rows(); }
  /// What the numbers of a file were multiplied by: of bytes 1/255, else 1.
  double feature_scale() const;

  /// Throws: DimensionError unless features, targets and shape agree; DomainError for a class that
  /// there is not, or features or targets that are not finite; NaN beyond the end of a sequence may
  /// be.
  void validate() const;

  /// Copies the features and targets of these observations, as numbers. The spans may be shorter
  /// than a batch. Throws: nothing; Pre: rows of this data set, x and t of its widths.
  template <std::floating_point T>
  void gather(std::span<const Index> rows, Rows<T>& x, Rows<T>& t) const;

  /// These observations alone.
  Dataset subset(std::span<const Index> rows) const;

  /// The observations of these classes alone, which are numbered in this order.
  /// Throws: DomainError for a class that there is not or that is named twice, with the nearest
  ///         one; InsufficientDataError for a class without observations.
  Dataset of_classes(std::span<const std::string> names) const;

  /// The class of each observation. Pre: there are classes, one target each.
  std::vector<Index> labels() const;
};

/// Whether a number of an observation of this shape lies beyond the end of its sequence: in one of
/// (steps, features) whose first feature is NaN.
bool beyond_end(const Shape& shape, const float* observation, Index place);

}  // namespace mathtool::nn
