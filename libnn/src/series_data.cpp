#include "mathtool/nn/series_data.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::nn {
namespace {

/// v and then w, of all steps; NaN where there is nothing to take a difference from.
Mat transform_steps(const MatRef& series, const std::vector<TableColumn>& columns,
                    const SeriesOptions& options) {
  require<DimensionError>(series.cols() == std::ssize(columns),
                          "series: {} columns, where {} are known", series.cols(), columns.size());
  Mat v = series;
  for (Index j = 0; j < v.cols(); ++j)
    for (Index i = 0; i < v.rows(); ++i) {
      const double y = v(i, j);
      require<DataError>(std::isfinite(y),
                         "series: column '{}', step {} is {}, not a finite number",
                         columns[static_cast<std::size_t>(j)].name, i + 1, y);
      if (!options.logarithm) continue;
      require<DataError>(y > 0, "series: column '{}', step {} is {}, which has no logarithm",
                         columns[static_cast<std::size_t>(j)].name, i + 1, y);
      v(i, j) = std::log(y);
    }
  const Index d = options.difference;
  if (d == 0) return v;
  Mat w = Mat::Constant(v.rows(), v.cols(), not_a_number);
  if (v.rows() > d)
    w.bottomRows(v.rows() - d) = v.bottomRows(v.rows() - d) - v.topRows(v.rows() - d);
  return w;
}

}  // namespace

SeriesEncoding fit_series_encoding(const MatRef& series, std::span<const std::string> names,
                                   Index training, const SeriesOptions& options) {
  require(options.window >= 1, "series: the window must be >= 1, got {}", options.window);
  require(options.horizon >= 1, "series: the horizon must be >= 1, got {}", options.horizon);
  require(options.difference >= 0, "series: the difference must be >= 0, got {}",
          options.difference);
  require<DimensionError>(series.cols() >= 1 && series.cols() == std::ssize(names),
                          "series: {} columns with {} names", series.cols(), names.size());
  require(training >= 0 && training <= series.rows(), "series: {} of {} steps to learn from",
          training, series.rows());
  SeriesEncoding encoding{.options = options};
  for (const std::string& name : names) encoding.columns.push_back({.name = name});
  const Index least = encoding.history() + options.horizon + 1;
  require<InsufficientDataError>(
      training >= least,
      "series: {} steps to learn from; a window of {}{} and a horizon of {} take at least {}",
      training, options.window,
      options.difference > 0 ? fmt::format(", differences over {}", options.difference) : "",
      options.horizon, least);
  const Mat w = transform_steps(series, encoding.columns, options);
  for (Index j = 0; j < w.cols(); ++j) {
    stats::Moments moments;
    for (Index i = options.difference; i < training; ++i) moments.push(w(i, j));
    TableColumn& column = encoding.columns[static_cast<std::size_t>(j)];
    column.center = moments.mean();
    column.scale = std::sqrt(moments.variance());
    require<InsufficientDataError>(std::isfinite(column.center) && std::isfinite(column.scale),
                                   "series: column '{}' spreads beyond the range of numbers",
                                   column.name);
  }
  return encoding;
}

Mat encode_series(const SeriesEncoding& encoding, const MatRef& series) {
  Mat z = transform_steps(series, encoding.columns, encoding.options);
  for (Index j = 0; j < z.cols(); ++j) {
    const TableColumn& column = encoding.columns[static_cast<std::size_t>(j)];
    if (column.scale > 0) {
      z.col(j) = (z.col(j).array() - column.center) / column.scale;
      for (Index i = encoding.options.difference; i < z.rows(); ++i)
        require<DataError>(std::isfinite(static_cast<float>(z(i, j))),
                           "series: column '{}', step {} is {}, where the steps learnt from have "
                           "mean {} and standard deviation {}: too far away for a network",
                           column.name, i + 1, series(i, j), column.center, column.scale);
    } else
      z.col(j).bottomRows(std::max<Index>(0, z.rows() - encoding.options.difference)).setZero();
  }
  return z;
}

Dataset series_windows(const SeriesEncoding& encoding, const MatRef& series, Index first,
                       Index end) {
  const Index window = encoding.options.window, horizon = encoding.options.horizon;
  const Index width = encoding.width();
  require(first >= 0 && first <= end && end <= series.rows(), "series: steps {} to {} of {}", first,
          end, series.rows());
  const Mat z = encode_series(encoding, series);
  const Index from = std::max(first, encoding.history()), rows = end - horizon + 1 - from;
  require<InsufficientDataError>(
      rows >= 1,
      "series: {} steps from step {} on are too few for a horizon of {} behind a window of {}",
      end - first, first + 1, horizon, encoding.history());
  Dataset data{.shape = {window, width}};
  Batch<float> x(rows, window * width);
  data.targets.resize(rows, horizon * width);
  for (Index i = 0; i < rows; ++i) {
    const Index now = from + i;
    for (Index j = 0; j < width; ++j) {
      for (Index t = 0; t < window; ++t)
        x(i, t * width + j) = static_cast<float>(z(now - window + t, j));
      for (Index h = 0; h < horizon; ++h)
        data.targets(i, h * width + j) = static_cast<float>(z(now + h, j));
    }
  }
  data.features = std::move(x);
  return data;
}

Shape series_input(const SeriesEncoding& encoding, const std::vector<Layer>& layers) {
  const Index window = encoding.options.window, width = encoding.width();
  const bool apart = std::ranges::any_of(layers, [](const Layer& layer) {
    return is_recurrent(layer) || std::holds_alternative<Flatten>(layer);
  });
  return apart ? Shape{window, width} : Shape{window * width};
}

std::vector<Layer> with_horizon(std::vector<Layer> layers, const SeriesEncoding& encoding) {
  if (layers.empty() || !std::holds_alternative<Dense>(layers.back().kind()))
    layers.push_back(Dense{.units = encoding.options.horizon * encoding.width()});
  return layers;
}

}  // namespace mathtool::nn
