#pragma once

#include <cstdint>
#include <memory>

#include "cli/report.hpp"
#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/gradient_check.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {

/// Observations and targets in double.
struct CheckedBatch {
  nn::Batch<double> x = {}, targets = {};
};

/// The first rows of a data set.
CheckedBatch first_rows(const nn::Dataset& data, Index rows);

/// Features of N(0, 1), and targets such as the model predicts, drawn from `seed`.
CheckedBatch drawn_rows(const nn::Model& model, Index rows, std::uint64_t seed);

/// Fills a report with what a check of gradients came to.
void report_check(const std::shared_ptr<const nn::GradientCheck>& check, Report& report);

}  // namespace mathtool::cli
