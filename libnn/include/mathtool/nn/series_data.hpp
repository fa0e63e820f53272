#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "mathtool/nn/table_column.hpp"

namespace mathtool::nn {

struct SeriesOptions {
  Index window = 12;       ///< L ≥ 1, steps that a prediction looks back
  Index horizon = 1;       ///< H ≥ 1, steps that it looks ahead at once
  bool logarithm = false;  ///< of the values, which then must be > 0: growth becomes a sum
  Index difference = 0;  ///< d ≥ 0: what is learnt is the change since d steps before; 0: values
  bool operator==(const SeriesOptions&) const = default;
};

/// How a time series of one or several columns becomes what a network reads, and back:
///     v = log y or y,   w = vₜ − vₜ₋d or vₜ,   z = (w − center) / scale
struct SeriesEncoding {
  std::vector<TableColumn> columns = {};  ///< numeric ones; all are read, and all are predicted
  SeriesOptions options = {};
  bool operator==(const SeriesEncoding&) const = default;

  Index width() const { return std::ssize(columns); }
  Index history() const { return options.window + options.difference; }  ///< steps that it needs
};

/// Centers and scales are those of the first `training` steps alone.
/// Shapes: series is n × c, a step in each row; as many names.
/// Throws: DomainError for options out of range; DimensionError; DataError that names column and
///         step for what is no finite number, or not > 0 under a logarithm; InsufficientDataError
///         for fewer training steps than a window, its differences and a horizon take.
SeriesEncoding fit_series_encoding(const MatRef& series, std::span<const std::string> names,
                                   Index training, const SeriesOptions& options = {});

/// z of each step, with NaN for the first d. Throws: as above.
Mat encode_series(const SeriesEncoding& encoding, const MatRef& series);

/// Every window whose H targets are steps first, ..., end − 1 counted from 0; what it reads may lie
/// before them.
/// Shapes: an observation is (L, c), its targets are H × c by rows.
/// Throws: as above; InsufficientDataError where there is no such window.
Dataset series_windows(const SeriesEncoding& encoding, const MatRef& series, Index first,
                       Index end);

/// The shape of observations that layers take: (L, c) where one of them is recurrent or takes the
/// window apart by itself, else (L c), as a dense layer would see each step alone.
Shape series_input(const SeriesEncoding& encoding, const std::vector<Layer>& layers);

/// Layers with a dense one of H c outputs behind them, unless a dense one is the last.
std::vector<Layer> with_horizon(std::vector<Layer> layers, const SeriesEncoding& encoding);

}  // namespace mathtool::nn
