#pragma once

#include "cli/figure.hpp"
#include "mathtool/stats/metrics/confusion.hpp"

namespace mathtool::cli {

/// A confusion matrix in colours, each row as shares of its true label: the first label at the top.
Figure confusion_figure(const stats::ConfusionMatrix& confusion);

}  // namespace mathtool::cli
