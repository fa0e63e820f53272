#pragma once

#include "cli/figure.hpp"
#include "cli/nn/prediction_score.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {

/// Loss, and of classes accuracy, against epochs.
Figure learning_figure(const std::vector<nn::Epoch>& epochs);

/// The confusion matrix and the ROC curves of the classes; of numbers nothing.
Figure prediction_figure(const PredictionScore& score);

}  // namespace mathtool::cli
