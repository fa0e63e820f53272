#include "cli/fit/curve_diagnostics.hpp"

#include <cmath>

#include "cli/pca/scored_rows.hpp"
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
  const char delimiter = path.ends_with(".tsv") ? '\t' : ',';
  input.carried = input.reader.schema().columns_of(data::ColumnType::text);
  data::OutputFile file(path);
  file.write(
      header_line(input.carried_names(), {"fitted", "residual", "leverage", "cook"}, delimiter));
  TablePass(input, {.texts = true})
      .read_all(
          [&](AllRows&& rows) {
            const Index n = rows.block.rows();
            const RowMat& numbers = rows.block.numbers;
            ScoredRows scored{.carried = std::ssize(input.carried),
                              .scores = RowMat::Constant(n, 4, not_a_number)};
            std::vector<math::NumberColumn> columns;
            for (const Index place : reader.model_places())
              columns.push_back({numbers.data() + place, numbers.outerStride()});
            const Vec y = reader.response(numbers);
            const CurveDiagnosis rows_of = diagnose_curve(fit, columns, y);
            for (Index i = 0; i < n; ++i) {
              const bool kept = rows.kept.empty() || rows.kept[static_cast<std::size_t>(i)];
              if (!kept || numbers.row(i).hasNaN() || std::isnan(y[i])) continue;
              scored.scores.row(i) << rows_of.fitted[i], rows_of.residual[i], rows_of.leverage[i],
                  rows_of.cook[i];
            }
            scored.texts = std::move(rows.block.texts);
            std::string lines;
            append_lines(lines, scored, delimiter);
            return lines;
          },
          [&](std::string&& lines) { file.write(lines); }, run);
  return file;
}

}  // namespace mathtool::cli
