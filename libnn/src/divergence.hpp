#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::nn {

/// Where a training stood when its loss was no longer a finite number.
struct TrainingPlace {
  std::int64_t epoch = 1, batch = 1;  ///< from 1; batch 0: in the validation behind the epoch
  std::int64_t steps = 0;             ///< taken before
  double learning_rate = 0;
  bool clipped = false;

  std::string text() const;  ///< "in batch 17 of epoch 2"
};

/// Which number was the first that is not finite, in the order of computation (features, targets,
/// parameters, outputs of each layer), and what to do about it. None where all are finite.
///
///     the output of layer 3 (dense 10) is infinite in batch 17 of epoch 2; try a smaller learning
///     rate than 1000, or clipping
///
/// `pass` holds a batch on its way, `observations` the numbers of its rows in the data.
std::optional<std::string> explain_not_finite(const Sequential<float>& network,
                                              const Propagation<float>& pass,
                                              const ConstRows<float>& targets,
                                              std::span<const Index> observations,
                                              const TrainingPlace& place);

/// The same of all of a data set, in inference. `where` is as in TrainingPlace::text.
std::string explain_not_finite(const Sequential<float>& network, const Dataset& data,
                               const TrainingPlace& place, const RunControl& run);

/// Why a finite loss is worth nothing: it is more than a thousand times that of a network whose
/// outputs are all 0, as after steps that were far too long. None where it is not.
std::optional<std::string> explain_divergence(const Sequential<float>& network, const Dataset& data,
                                              const Loss& loss, double reached,
                                              double learning_rate);

}  // namespace mathtool::nn
