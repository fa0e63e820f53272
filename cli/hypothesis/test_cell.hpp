#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "cli/table_pass.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/shapiro_wilk.hpp"

namespace mathtool::cli {

/// How many values of a sample are kept: more mean none.
struct Keeping {
  bool all = false;
  bool pairs = false;       ///< rows of two columns belong together
  bool covariance = false;  ///< of the two columns
};

/// What is gathered of the rows of one combination of levels.
struct TestCell {
  std::vector<stats::Moments> moments = {};
  std::vector<std::vector<double>> values = {};
  bool kept = true;
  stats::Moments differences = {};
  stats::Covariance covariance = stats::Covariance(2);
  double weight = 0;
  std::int64_t rows = 0;

  void merge(TestCell&& other, bool all) {
    moments.resize(std::max(moments.size(), other.moments.size()));
    values.resize(moments.size());
    for (std::size_t j = 0; j < other.moments.size(); ++j) {
      moments[j].merge(other.moments[j]);
      values[j].insert(values[j].end(), other.values[j].begin(), other.values[j].end());
    }
    kept = kept && other.kept;
    trim(all);
    differences.merge(other.differences);
    covariance.merge(other.covariance);
    weight += other.weight;
    rows += other.rows;
  }
  void merge(TestCell&& other) { merge(std::move(other), keeps_all); }

  /// A check of normality takes so many values; more are not kept for it.
  void trim(bool all) {
    for (const std::vector<double>& each : values)
      if (!all && each.size() > stats::shapiro_wilk_most) kept = false;
    if (!kept)
      for (std::vector<double>& each : values) each = {};
  }

  bool keeps_all = false;
};

/// Folds rows into a cell.
class CellReader {
 public:
  CellReader(const TableInput& input, const Keeping& keeping) : input_(input), keeping_(keeping) {}

  void push(TestCell& cell, const TableRows& rows) const {
    const Index p = rows.numbers.cols();
    const bool weighted = rows.weights.size() > 0;
    cell.moments.resize(static_cast<std::size_t>(p));
    cell.values.resize(static_cast<std::size_t>(p));
    cell.rows += rows.rows();
    cell.weight += weighted ? rows.weights.sum() : static_cast<double>(rows.rows());
    std::vector<double> column, weights;
    for (Index j = 0; j < p; ++j) {
      column.clear();
      weights.clear();
      for (Index i = 0; i < rows.rows(); ++i) {
        if (std::isnan(rows.numbers(i, j))) continue;
        column.push_back(rows.numbers(i, j));
        if (weighted) weights.push_back(rows.weights[i]);
      }
      stats::Moments& moments = cell.moments[static_cast<std::size_t>(j)];
      weighted ? moments.push(column, weights) : moments.push(column);
      if (cell.kept) keep(cell, static_cast<std::size_t>(j), column, weights);
    }
    if (keeping_.pairs && p == 2) push_pairs(cell, rows);
    cell.trim(keeping_.all);
  }

 private:
  void push_pairs(TestCell& cell, const TableRows& rows) const {
    const Vec gaps = rows.numbers.col(0) - rows.numbers.col(1);
    const std::span<const double> differences(gaps.data(), static_cast<std::size_t>(gaps.size()));
    if (rows.weights.size() > 0)
      cell.differences.push(differences, std::span(rows.weights.data(),
                                                   static_cast<std::size_t>(rows.weights.size())));
    else
      cell.differences.push(differences);
    if (keeping_.covariance) cell.covariance.push_block(rows.numbers, rows.weights);
  }

  /// Each value as often as its weight says.
  void keep(TestCell& cell, std::size_t j, const std::vector<double>& column,
            const std::vector<double>& weights) const {
    std::vector<double>& values = cell.values[j];
    if (weights.empty()) {
      values.insert(values.end(), column.begin(), column.end());
      return;
    }
    for (std::size_t i = 0; i < column.size(); ++i) {
      const double weight = weights[i];
      if (weight != std::floor(weight)) {
        require<DataError>(!keeping_.all,
                           "{}: the weights in column '{}' must be whole numbers for this test, "
                           "which one, {}, is not",
                           input_.reader.name(), input_.column_name(*input_.weights), weight);
        cell.kept = false;
        return;
      }
      constexpr double most = 1e8;  // copies; the memory is checked when cells are merged
      require<DataError>(weight <= most, "{}: a weight of {} is too large for this test",
                         input_.reader.name(), weight);
      values.insert(values.end(), static_cast<std::size_t>(weight), column[i]);
      if (!keeping_.all && values.size() > stats::shapiro_wilk_most) {
        cell.kept = false;
        return;
      }
    }
  }

  const TableInput& input_;
  Keeping keeping_;
};

}  // namespace mathtool::cli
