#pragma once

#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/stats/metrics/ranked_scores.hpp"

namespace mathtool::stats {

struct CalibrationOptions {
  Index bins = 10;  ///< of equal width on [0, 1], ≥ 1
};

/// The observations whose probabilities lie in (low, high]; the first bin has 0 too.
struct CalibrationBin {
  double low = 0, high = 0;
  double count = 0;      ///< weight of the observations
  double predicted = 0;  ///< their mean probability; NaN of none
  double observed = 0;   ///< the share that is positive; NaN of none
};

/// Predicted probabilities beside the frequencies with which they come true. Empty bins stay.
/// Throws: DomainError unless all scores are in [0, 1] and options are in range.
std::vector<CalibrationBin> calibration_table(const RankedScores& ranked,
                                              const CalibrationOptions& options = {});

/// Mean distance of what is observed from what was predicted, bins weighted by their counts; NaN of
/// no observation.
///     Σ countᵢ |observedᵢ − predictedᵢ| / Σ countᵢ
/// Ref: Naeini, Cooper & Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning
///      (2015).
double expected_calibration_error(const std::vector<CalibrationBin>& table);

}  // namespace mathtool::stats
