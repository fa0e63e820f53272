#include "cli/fit/curve_diagnostics.hpp"

#include <cmath>

#include "cli/regress/diagnostics_file.hpp"
#include "cli/regress/predicted_rows.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::cli {

CurveDiagnosis diagnose_curve(const CurveFit& fit, std::span<const math::NumberColumn> columns,
                              const VecRef& y) {
  const Index n = y.size();
  CurveDiagnosis result{Vec(n), Vec(n), Vec(n), Vec(n), Vec(n)};
  Mat slopes;
  fit.model->evaluate(columns, fit.fit.x, result.fitted, &slopes);
  result.residual = y - result.fitted;
  const double sd = fit.fit.residual_sd;
  const double free =
      static_cast<double>(fit.parameters().size()) - static_cast<double>(fit.fit.at_bound.size());
  for (Index i = 0; i < n; ++i) {
    const double error = fit.curve_error(slopes.row(i).transpose()) / sd;
    const double h = error * error, rest = 1 - h;
    result.leverage[i] = h;
    result.standardized[i] =
        rest > 1e-12 ? result.residual[i] / (sd * std::sqrt(rest)) : not_a_number;
    result.cook[i] = result.standardized[i] * result.standardized[i] * h / (rest * free);
  }
  return result;
}

data::OutputFile write_curve_diagnostics(const std::string& path, TableInput& input,
                                         const CurveReader& reader, const CurveFit& fit,
                                         const RunControl& run) {
  input.carried = input.reader.schema().columns_of(data::ColumnType::text);
  const UsableRows usable(input, {});
  return write_diagnostics_file(
      path, input,
      [&](const AllRows& rows, RowMat& four) {
        const RowMat& numbers = rows.block.numbers;
        std::vector<math::NumberColumn> columns;
        for (const Index place : reader.model_places())
          columns.push_back({numbers.data() + place, numbers.outerStride()});
        const Vec y = reader.response(numbers);
        const CurveDiagnosis of = diagnose_curve(fit, columns, y);
        for (const Index i : usable.find(rows))
          if (!std::isnan(y[i]))
            four.row(i) << of.fitted[i], of.residual[i], of.leverage[i], of.cook[i];
      },
      run);
}

}  // namespace mathtool::cli
