#pragma once

#include <string>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/nn/sequential.hpp"
#include "mathtool/nn/series_data.hpp"

namespace mathtool::nn {

/// The values that follow a series. The network predicts as many steps as its horizon has, reads
/// them as if they had come to pass, and predicts further.
/// Shapes: series is n × c, the result steps × c in the units of the series.
/// Throws: DomainError for steps < 0; DimensionError for a network of other inputs or outputs;
///         InsufficientDataError for fewer steps than it looks back; as encode_series.
/// Ref:    Taieb, Bontempi, Atiya & Sorjamaa, A review and comparison of strategies for multi-step
///         ahead time series forecasting (2012): recursive, and MIMO within the horizon.
Mat forecast(const Sequential<float>& network, const SeriesEncoding& encoding, const MatRef& series,
             Index steps, const RunControl& run = {});

/// How far forecasts are from what came to pass; e = value − forecast.
struct ForecastErrors {
  double mae = 0;   ///< mean |e|
  double rmse = 0;  ///< √ mean e²
  double mase = 0;  ///< mean |e| over that of the seasonal naive forecast of one step in training;
                    ///< NaN where that is 0
};

/// The forecasts of one column beside two that know no network.
struct ForecastComparison {
  std::string column = {};
  ForecastErrors network = {};
  ForecastErrors naive = {};           ///< the last value
  ForecastErrors seasonal_naive = {};  ///< the value one season before
};

struct ForecastComparisonOptions {
  Index steps = 1;   ///< ≥ 1, of each forecast
  Index season = 1;  ///< m ≥ 1 steps; 1: none, and both naive forecasts are the same
};

/// Forecasts made at every step from `training` on, by what came before: h = 1, ..., steps ahead
///     naive ŷₜ₊ₕ = yₜ,   seasonal naive ŷₜ₊ₕ = yₜ₊ₕ₋ₘₖ with k = ⌈h / m⌉
/// Shapes: series is n × c, of which the first `training` steps were learnt from; one comparison
///         for each column.
/// Throws: as `forecast`; InsufficientDataError for fewer than `steps` values behind the training
///         part, or fewer than m + 1 in it.
/// Ref:    Hyndman & Koehler, Another look at measures of forecast accuracy (2006).
std::vector<ForecastComparison> compare_forecasts(const Sequential<float>& network,
                                                  const SeriesEncoding& encoding,
                                                  const MatRef& series, Index training,
                                                  const ForecastComparisonOptions& options = {},
                                                  const RunControl& run = {});

}  // namespace mathtool::nn
