#include "mathtool/nn/forecast.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/regression_errors.hpp"

namespace mathtool::nn {
namespace {

void check_network(const Sequential<float>& network, const SeriesEncoding& encoding) {
  const Architecture& architecture = network.architecture();
  const Index inputs = encoding.options.window * encoding.width();
  const Index outputs = encoding.options.horizon * encoding.width();
  require<DimensionError>(math::element_count(architecture.input()) == inputs &&
                              math::element_count(architecture.output()) == outputs,
                          "forecast: a network of inputs {} and outputs {}; a window of {} and a "
                          "horizon of {} for {} columns take {} and {}",
                          math::to_string(architecture.input()),
                          math::to_string(architecture.output()), encoding.options.window,
                          encoding.options.horizon, encoding.width(), inputs, outputs);
}

/// Several forecasts at once, each from what lies before its origin. Rows of a matrix are steps:
/// the history that was handed in, then what is predicted.
class Forecasts {
 public:
  /// There is room for `steps` and what is left of the last horizon.
  /// Pre: every origin is at least encoding.history().
  Forecasts(const SeriesEncoding& encoding, const MatRef& series, const std::vector<Index>& origins,
            Index steps)
      : encoding_(encoding), rows_(origins.size(), encoding.history()) {
    const Index history = encoding.history();
    const Mat z = encode_series(encoding, series);
    for (const Index origin : origins) {
      read_.push_back(z.middleRows(origin - encoding.options.window, encoding.options.window));
      known_.emplace_back(history + steps + encoding.options.horizon, series.cols());
      known_.back().topRows(history) = series.middleRows(origin - history, history);
    }
  }

  /// As many steps as the horizon has.
  void advance(const Sequential<float>& network, const RunControl& run) {
    const Index window = encoding_.options.window, horizon = encoding_.options.horizon;
    const Index width = encoding_.width();
    Batch<float> x(std::ssize(read_), window * width);
    for (Index i = 0; i < x.rows(); ++i)
      for (Index t = 0; t < window; ++t)
        for (Index j = 0; j < width; ++j)
          x(i, t * width + j) = static_cast<float>(read_[static_cast<std::size_t>(i)](t, j));
    const Batch<float> y = network.predict(x, run.threads);
    for (Index i = 0; i < x.rows(); ++i)
      for (Index h = 0; h < horizon; ++h)
        append(static_cast<std::size_t>(i), y.row(i).segment(h * width, width));
  }

  /// The known values of one forecast, then the predicted ones, then room.
  const Mat& values(std::size_t i) const { return known_[i]; }

 private:
  void append(std::size_t i, const Eigen::Ref<const Eigen::RowVectorXf>& z) {
    Mat &read = read_[i], &known = known_[i];
    const Index d = encoding_.options.difference, row = rows_[i]++;
    const bool logarithm = encoding_.options.logarithm;
    read.topRows(read.rows() - 1) = read.bottomRows(read.rows() - 1).eval();
    for (Index j = 0; j < known.cols(); ++j) {
      const TableColumn& column = encoding_.columns[static_cast<std::size_t>(j)];
      // A constant column stays what it was.
      const double seen = column.scale > 0 ? static_cast<double>(z[j]) : 0;
      double v = seen * column.scale + column.center;
      if (d > 0) v += logarithm ? std::log(known(row - d, j)) : known(row - d, j);
      read(read.rows() - 1, j) = seen;
      known(row, j) = logarithm ? std::exp(v) : v;
    }
  }

  const SeriesEncoding& encoding_;
  std::vector<Mat> read_ = {};   ///< window × c of each, encoded
  std::vector<Mat> known_ = {};  ///< in the units of the series
  std::vector<Index> rows_;      ///< of those that are known by now
};

/// Of each origin steps × c.
std::vector<Mat> forecast_from(const Sequential<float>& network, const SeriesEncoding& encoding,
                               const MatRef& series, const std::vector<Index>& origins, Index steps,
                               const RunControl& run) {
  Forecasts forecasts(encoding, series, origins, steps);
  for (Index done = 0; done < steps; done += encoding.options.horizon) {
    run.stop.check();
    forecasts.advance(network, run);
    run.progress.report(std::min(done + encoding.options.horizon, steps), steps);
  }
  std::vector<Mat> found;
  for (std::size_t i = 0; i < origins.size(); ++i)
    found.push_back(forecasts.values(i).middleRows(encoding.history(), steps));
  return found;
}

/// Mean |yₜ − yₜ₋ₘ| over the training part.
double seasonal_scale(const Eigen::Ref<const Vec>& y, Index training, Index season) {
  double sum = 0;
  for (Index t = season; t < training; ++t) sum += std::abs(y[t] - y[t - season]);
  return sum / static_cast<double>(training - season);
}

ForecastErrors errors_of(const stats::RegressionErrors& errors, double scale) {
  return {.mae = errors.mae(),
          .rmse = errors.rmse(),
          .mase = scale > 0 ? errors.mae() / scale : std::nan("")};
}

}  // namespace

Mat forecast(const Sequential<float>& network, const SeriesEncoding& encoding, const MatRef& series,
             Index steps, const RunControl& run) {
  require(steps >= 0, "forecast: the number of steps must be >= 0, got {}", steps);
  check_network(network, encoding);
  require<InsufficientDataError>(series.rows() >= encoding.history(),
                                 "forecast: {} steps, where the network looks back {}",
                                 series.rows(), encoding.history());
  return forecast_from(network, encoding, series, {series.rows()}, steps, run).front();
}

std::vector<ForecastComparison> compare_forecasts(const Sequential<float>& network,
                                                  const SeriesEncoding& encoding,
                                                  const MatRef& series, Index training,
                                                  const ForecastComparisonOptions& options,
                                                  const RunControl& run) {
  const auto [steps, season] = options;
  require(steps >= 1 && season >= 1, "forecast: steps and season must be >= 1, got {} and {}",
          steps, season);
  check_network(network, encoding);
  const Index first = std::max(training, encoding.history()), last = series.rows() - steps;
  require<InsufficientDataError>(first <= last,
                                 "forecast: {} values behind the training part, where forecasts "
                                 "are of {} steps",
                                 series.rows() - first, steps);
  require<InsufficientDataError>(training > season,
                                 "forecast: {} training steps have no two that lie a season of {} "
                                 "apart",
                                 training, season);
  std::vector<Index> origins;
  for (Index origin = first; origin <= last; ++origin) origins.push_back(origin);
  const std::vector<Mat> found = forecast_from(network, encoding, series, origins, steps, run);
  std::vector<ForecastComparison> result;
  for (Index j = 0; j < series.cols(); ++j) {
    stats::RegressionErrors of_network, naive, seasonal;
    for (std::size_t i = 0; i < origins.size(); ++i)
      for (Index h = 0; h < steps; ++h) {
        const Index now = origins[i] + h;
        const double truth = series(now, j);
        of_network.push(truth, found[i](h, j));
        naive.push(truth, series(origins[i] - 1, j));
        seasonal.push(truth, series(now - season * (h / season + 1), j));
      }
    const double scale = seasonal_scale(series.col(j), training, season);
    result.push_back({.column = encoding.columns[static_cast<std::size_t>(j)].name,
                      .network = errors_of(of_network, scale),
                      .naive = errors_of(naive, scale),
                      .seasonal_naive = errors_of(seasonal, scale)});
  }
  return result;
}

}  // namespace mathtool::nn
