#include "cli/fit/curve_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/first_few.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/least_squares/expression_residuals.hpp"
#include "mathtool/stats/distributions/student_t.hpp"

namespace mathtool::cli {
namespace {

/// Correlations of estimates from which on they deserve a note.
constexpr double close_correlation = 0.99;

/// Residuals that small beside the response are rounding.
constexpr double perfect = 1e-14;

void refuse_unknown(const std::string& name, const std::vector<std::string>& parameters,
                    const char* option) {
  require(std::find(parameters.begin(), parameters.end(), name) != parameters.end(),
          "{} names '{}', which is no parameter of the formula{}", option, name,
          did_you_mean(name, parameters));
}

Index place_of(const std::string& name, const std::vector<std::string>& parameters) {
  return std::find(parameters.begin(), parameters.end(), name) - parameters.begin();
}

void note_bounds(CurveFit& result) {
  for (const Index j : result.fit.at_bound) {
    const std::string& name = result.parameters()[static_cast<std::size_t>(j)];
    result.notes.push_back(
        fmt::format("{} is at its bound {:.6g}: it has no standard error, those of the others take "
                    "it as known",
                    name, result.fit.x[j]));
  }
}

void note_correlations(CurveFit& result) {
  const Mat& C = result.fit.covariance;
  std::vector<std::string> pairs;
  for (Index a = 0; a < C.rows(); ++a)
    for (Index b = a + 1; b < C.rows(); ++b) {
      const double r = C(a, b) / std::sqrt(C(a, a) * C(b, b));
      if (std::abs(r) > close_correlation)
        pairs.push_back(fmt::format("{} and {} ({:.4f})",
                                    result.parameters()[static_cast<std::size_t>(a)],
                                    result.parameters()[static_cast<std::size_t>(b)], r));
    }
  if (!pairs.empty())
    result.notes.push_back(
        fmt::format("estimates that are hardly told apart, by their correlation: {}",
                    first_few(pairs, [](const std::string& pair) { return pair; })));
}

void note_idle(CurveFit& result) {
  for (const Index j : result.model->idle())
    result.notes.push_back(
        fmt::format("the slope of the formula by {} is 0 for every value: no fit can find it",
                    result.parameters()[static_cast<std::size_t>(j)]));
}

void note_spread(const CurveRows& rows, CurveFit& result) {
  const opt::NonlinearFit& fit = result.fit;
  if (!(fit.degrees_of_freedom > 0)) {
    result.notes.emplace_back("as many parameters as rows: the fit says nothing of their spread");
    return;
  }
  math::CompensatedSum size;
  for (const double y : rows.y) size += y * y;
  if (fit.rss <= perfect * perfect * size.value())
    result.notes.emplace_back(
        "the fit is perfect up to rounding: standard errors and p-values say nothing");
}

/// Squares of what is fitted must be numbers.
void require_squares(const CurveRows& rows, const FitFormula& formula) {
  double size = 0;
  for (const double y : rows.y) size = std::max(size, std::abs(y));
  require<InsufficientDataError>(
      size == 0 || (size > 1e-145 && size < 1e145),
      "{} is at most {:.3g}: its squares are beyond the range of doubles; change its unit",
      formula.response_text, size);
}

/// Where and why there is no value to begin with.
std::string start_complaint(const CurveFit& result, const CurveRows& rows) {
  Vec values(rows.rows());
  Mat slopes;
  result.model->evaluate(rows.views(), result.start, values, &slopes);
  Index row = 0;
  while (row < values.size() && std::isfinite(values[row]) && slopes.row(row).allFinite()) ++row;
  if (row == values.size())
    return "the sum of squared residuals overflows at the start; give parameters in --start nearer "
           "to the data";
  std::string where;
  for (std::size_t k = 0; k < rows.columns.size(); ++k)
    where += fmt::format("{}{} = {:.6g}", k == 0 ? " where " : ", ", result.model->columns()[k],
                         rows.columns[k][static_cast<std::size_t>(row)]);
  const bool value = !std::isfinite(values[row]);
  return fmt::format(
      "the model {} at the start{}; give parameters in --start for which it is, or "
      "leave rows out with --where",
      value ? "is not finite" : "has no finite derivative", where);
}

}  // namespace

double CurveFit::t_quantile() const {
  if (!(fit.degrees_of_freedom > 0)) return not_a_number;
  return quantile_survival(stats::StudentT(fit.degrees_of_freedom), (1 - request.level) / 2);
}

double CurveFit::curve_error(const VecRef& slopes) const {
  // A parameter at its bound is taken as known, its covariances are NaN.
  double variance = 0;
  const auto held = [&](Index j) {
    return std::find(fit.at_bound.begin(), fit.at_bound.end(), j) != fit.at_bound.end();
  };
  for (Index a = 0; a < slopes.size(); ++a)
    for (Index b = 0; b < slopes.size(); ++b)
      if (!held(a) && !held(b)) variance += slopes[a] * fit.covariance(a, b) * slopes[b];
  return std::sqrt(std::max(variance, 0.0));
}

Vec start_values(const std::vector<std::string>& parameters, const CurveRequest& request,
                 const std::vector<std::string>& columns) {
  Vec start = Vec::Constant(std::ssize(parameters), not_a_number);
  for (const NamedValue& given : request.start) {
    refuse_unknown(given.name, parameters, "--start");
    start[place_of(given.name, parameters)] = given.value;
  }
  std::vector<std::string> missing;
  for (Index j = 0; j < start.size(); ++j)
    if (std::isnan(start[j])) missing.push_back(parameters[static_cast<std::size_t>(j)]);
  if (missing.empty()) return start;
  std::string remedy;
  for (const std::string& name : missing)
    remedy += fmt::format("{}{}=1", remedy.empty() ? "" : ",", name);
  if (remedy.find(' ') != std::string::npos) remedy = '\'' + remedy + '\'';
  // Of a letter any other would be a near miss.
  const auto meant = [&](const std::string& name) {
    return name.size() > 1 ? did_you_mean(name, columns) : "";
  };
  throw DomainError(fmt::format(
      "no start for {} {}; what is no column is a parameter: give a guess, as in --start {}",
      missing.size() == 1 ? "parameter" : "parameters",
      first_few(missing, [&](const std::string& name) { return name + meant(name); }), remedy));
}

opt::Box parameter_box(const std::vector<std::string>& parameters, const CurveRequest& request) {
  if (request.bounds.empty()) return {};
  const auto n = std::ssize(parameters);
  opt::Box box{.low = Vec::Constant(n, -infinity), .high = Vec::Constant(n, infinity)};
  for (const NamedRange& given : request.bounds) {
    refuse_unknown(given.name, parameters, "--bounds");
    box.low[place_of(given.name, parameters)] = given.low;
    box.high[place_of(given.name, parameters)] = given.high;
  }
  return box;
}

CurveFit fit_curve(const FitFormula& formula, const opt::ParametricModel& model,
                   const CurveRows& rows, const CurveRequest& request) {
  CurveFit result{.formula = &formula, .model = &model, .request = request};
  const std::vector<std::string>& parameters = model.parameters();
  result.start = start_values(parameters, request);
  const opt::Box box = parameter_box(parameters, request);
  result.undefined = rows.undefined;
  require<InsufficientDataError>(
      rows.rows() > 0, "there is no row in which all columns of the formula have a value");
  require<InsufficientDataError>(rows.rows() >= std::ssize(parameters),
                                 "{} row{} cannot determine {} parameters", rows.rows(),
                                 rows.rows() == 1 ? "" : "s", parameters.size());
  require_squares(rows, formula);
  result.observations =
      rows.weights.empty() ? static_cast<double>(rows.rows()) : math::compensated_sum(rows.weights);
  Vec start = result.start;
  box.project(start);
  if (start != result.start) result.notes.emplace_back("the start was moved into the bounds");
  result.start = start;
  if (rows.undefined > 0)
    result.notes.push_back(fmt::format("{} row{} left out: {} has no value there", rows.undefined,
                                       rows.undefined == 1 ? "" : "s", formula.response_text));
  const opt::ExpressionResiduals residuals(model, rows.views(), rows.y);
  result.fit = opt::levenberg_marquardt(residuals, start,
                                        {.box = box,
                                         .loss = request.loss,
                                         .loss_scale = request.loss_scale,
                                         .weights = rows.weights,
                                         .observations = result.observations,
                                         .max_iterations = request.max_iterations,
                                         .linear = model.linear(),
                                         .names = parameters,
                                         .run = request.run});
  if (result.fit.status == Status::not_finite) {
    result.fit.reason = start_complaint(result, rows);
    return result;
  }
  result.notes.insert(result.notes.end(), result.fit.remarks.begin(), result.fit.remarks.end());
  note_idle(result);
  note_bounds(result);
  note_correlations(result);
  note_spread(rows, result);
  return result;
}

}  // namespace mathtool::cli
