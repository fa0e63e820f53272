#include "cli/regress/row_diagnostics.hpp"

#include <algorithm>
#include <cmath>

#include "cli/regress/diagnostics_file.hpp"
#include "cli/regress/predicted_rows.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::cli {
namespace {

using stats::ResponseFamily;

/// y's part of the deviance at a mean.
double deviance_residual(ResponseFamily family, double y, double eta) {
  const double mean = stats::response_mean(family, eta);
  double deviance = 0;
  if (family == ResponseFamily::binomial) {
    const double away = y > 0.5 ? -eta : eta;  // −log likelihood is log(1 + exp(away))
    deviance = 2 * (away > 0 ? away + std::log1p(std::exp(-away)) : std::log1p(std::exp(away)));
  } else {
    deviance = 2 * ((y > 0 ? y * (std::log(y) - eta) : 0.0) - (y - mean));
  }
  return std::copysign(std::sqrt(std::max(deviance, 0.0)), y - mean);
}

}  // namespace

std::vector<RowDiagnosis> diagnose_rows(const RegressionFit& fit, const stats::DesignRows& rows) {
  const stats::Design& design = fit.design;
  const RowMat X = design.expand(rows.raw);
  const stats::LinearPredictor* predictor = fit.predictor();
  const double rank =
      static_cast<double>(fit.coefficients().size()) - static_cast<double>(fit.aliased().size());
  std::vector<RowDiagnosis> result(static_cast<std::size_t>(X.rows()));
  for (Index i = 0; i < X.rows(); ++i) {
    RowDiagnosis& row = result[static_cast<std::size_t>(i)];
    const Vec raw = rows.raw.row(i);
    const double y = rows.y[i];
    row.leverage = row.standardized = row.cook = not_a_number;
    if (fit.family == ResponseFamily::gaussian) {
      row.residual = stats::doubled_residual(y, fit.coefficients(), raw, design.products());
      row.fitted = y - row.residual;
      const double sd = fit.residual_sd();
      if (!predictor) {
        row.standardized = row.residual / sd;
        continue;
      }
      row.leverage = predictor->leverage(X.row(i).transpose());
      const double rest = 1 - row.leverage;
      row.standardized = rest > 1e-12 ? row.residual / (sd * std::sqrt(rest)) : not_a_number;
      row.cook = row.standardized * row.standardized * row.leverage / (rest * rank);
      continue;
    }
    const double eta = -stats::doubled_residual(0, fit.coefficients(), raw, design.products());
    row.fitted = stats::response_mean(fit.family, eta);
    row.residual = deviance_residual(fit.family, y, eta);
    const double variance =
        fit.family == ResponseFamily::binomial ? row.fitted * (1 - row.fitted) : row.fitted;
    row.leverage = variance * predictor->leverage(X.row(i).transpose());
    const double rest = 1 - row.leverage;
    row.standardized = rest > 1e-12 ? row.residual / std::sqrt(rest) : not_a_number;
    const double pearson = (y - row.fitted) / std::sqrt(variance);
    row.cook = pearson * pearson * row.leverage / (rest * rest * rank);
  }
  return result;
}

data::OutputFile write_diagnostics(const std::string& path, TableInput& input,
                                   const RegressionFit& fit, const RunControl& run) {
  input.carried = input.reader.schema().columns_of(data::ColumnType::text);
  const UsableRows usable(input, fit.design.frame().texts());
  return write_diagnostics_file(
      path, input,
      [&](const AllRows& rows, RowMat& four) {
        const std::vector<Index> used = usable.find(rows);
        const RowMat numbers = rows.block.numbers(used, Eigen::all);
        const std::vector<std::string_view> cells = usable.cells(rows, used);
        const stats::DesignRows design = fit.design.evaluate({numbers, cells});
        const std::vector<RowDiagnosis> diagnoses = diagnose_rows(fit, design);
        for (std::size_t k = 0; k < diagnoses.size(); ++k) {
          const RowDiagnosis& row = diagnoses[k];
          four.row(used[static_cast<std::size_t>(design.rows[k])]) << row.fitted, row.residual,
              row.leverage, row.cook;
        }
      },
      run);
}

}  // namespace mathtool::cli
