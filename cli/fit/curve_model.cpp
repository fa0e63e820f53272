#include "cli/fit/curve_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/first_few.hpp"
#include "cli/fit/fit_formula.hpp"
#include "cli/render/json.hpp"
#include "cli/report.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/special_functions.hpp"
#include "mathtool/stats/distributions/student_t.hpp"

namespace mathtool::cli {
namespace {

constexpr std::string_view curve_format = "mathtool-fit";

/// Fields of one saved fit; every complaint names the source and the field.
class CurveFields {
 public:
  CurveFields(const Json& json, std::string_view source) : json_(json), source_(source) {}

  [[noreturn]] void fail(std::string_view complaint) const {
    throw DataError(fmt::format("{}: {}", source_, complaint));
  }

  template <class T>
  T get(const char* name) const {
    const auto found = json_.find(name);
    if (found == json_.end()) fail(fmt::format("the model has no field '{}'", name));
    try {
      return found->get<T>();
    } catch (const Json::exception&) {
      fail(fmt::format("field '{}' is not what a fit saves there", name));
    }
  }

  /// null is NaN.
  double number(const char* name) const {
    const auto found = json_.find(name);
    return found != json_.end() && found->is_null() ? not_a_number : get<double>(name);
  }

 private:
  const Json& json_;
  std::string_view source_;
};

double number_of(const Json& cell, const CurveFields& fields, const char* name) {
  if (cell.is_null()) return not_a_number;
  if (!cell.is_number()) fields.fail(fmt::format("field '{}' is no list of numbers", name));
  return cell.get<double>();
}

/// Columns of the table by the names of the model.
void match_columns(const CurveModel& model, const std::string& model_path, TableInput& input) {
  const std::vector<std::string> names = input.reader.schema().names();
  std::vector<std::string> missing;
  input.numeric.clear();
  for (const std::string& name : model.columns) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      missing.push_back(name);
    else
      input.numeric.push_back(found - names.begin());
  }
  require(missing.empty(), "{} lacks columns that {} was fitted to: {}", input.reader.name(),
          model_path, first_few(missing, [&](const std::string& name) {
            return fmt::format("'{}'{}", name, did_you_mean(name, names));
          }));
  std::erase_if(input.carried, [&](Index column) {
    return std::find(input.numeric.begin(), input.numeric.end(), column) != input.numeric.end();
  });
  input.picked_texts.clear();
}

}  // namespace

CurveModel curve_model(const CurveFit& fit) {
  CurveModel model{.formula = fit.formula->text,
                   .columns = fit.model->columns(),
                   .parameters = fit.parameters(),
                   .estimates = fit.fit.x,
                   .covariance = fit.fit.covariance,
                   .residual_sd = fit.fit.residual_sd,
                   .df_residual = std::max(fit.fit.degrees_of_freedom, 0.0),
                   .observations = fit.observations};
  for (const Index j : fit.fit.at_bound) {
    model.covariance.row(j).setZero();
    model.covariance.col(j).setZero();
  }
  return model;
}

std::string to_json(const CurveModel& model) {
  const Json json{{"format", curve_format},
                  {"format_version", "1.0"},
                  {"formula", model.formula},
                  {"columns", model.columns},
                  {"parameters", model.parameters},
                  {"estimates", to_json(model.estimates)},
                  {"covariance", rows_to_json(model.covariance)},
                  {"observations", model.observations},
                  {"residual_sd", model.residual_sd},
                  {"df_residual", model.df_residual}};
  try {
    return json.dump(1) + "\n";
  } catch (const Json::exception&) {
    throw DataError(
        fmt::format("'{}' is not UTF-8, which a saved model has to be; convert the table first, "
                    "e.g. with iconv -f latin1 -t utf-8",
                    model.formula));
  }
}

bool is_curve_model(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  return json.is_object() && json.contains("format") && json["format"] == curve_format;
}

CurveModel curve_from_json(std::string_view text, std::string_view source) {
  const Json json = Json::parse(text, nullptr, false);
  const CurveFields fields(json, source);
  if (!json.is_object()) fields.fail("is not a saved model (no JSON object)");
  const auto version = fields.get<std::string>("format_version");
  if (version.substr(0, version.find('.')) != "1")
    fields.fail(fmt::format("has format version {}; this program reads 1.x", version));
  CurveModel model{.formula = fields.get<std::string>("formula"),
                   .columns = fields.get<std::vector<std::string>>("columns"),
                   .parameters = fields.get<std::vector<std::string>>("parameters")};
  const auto p = std::ssize(model.parameters);
  const Json estimates = fields.get<Json>("estimates"), rows = fields.get<Json>("covariance");
  if (!estimates.is_array() || std::ssize(estimates) != p || !rows.is_array() ||
      std::ssize(rows) != p)
    fields.fail("estimates and covariance do not fit the parameters");
  model.estimates.resize(p);
  model.covariance.resize(p, p);
  for (Index a = 0; a < p; ++a) {
    const Json& row = rows[static_cast<std::size_t>(a)];
    model.estimates[a] = number_of(estimates[static_cast<std::size_t>(a)], fields, "estimates");
    if (!row.is_array() || std::ssize(row) != p)
      fields.fail("field 'covariance' does not fit the parameters");
    for (Index b = 0; b < p; ++b)
      model.covariance(a, b) = number_of(row[static_cast<std::size_t>(b)], fields, "covariance");
  }
  if (!model.estimates.allFinite()) fields.fail("an estimate is no number");
  model.residual_sd = fields.number("residual_sd");
  model.df_residual = fields.number("df_residual");
  model.observations = fields.number("observations");
  for (const double size : {model.residual_sd, model.df_residual, model.observations})
    if (size < 0) fields.fail("a size of the fit is below 0");
  if ((model.covariance.diagonal().array() < 0).any()) fields.fail("a variance is below 0");
  return model;
}

CurvePredictor::CurvePredictor(const CurveModel& model, double confidence,
                               const std::string& model_path, TableInput& input)
    : model_(model), input_(input) {
  match_columns(model, model_path, input);
  try {
    const FitFormula formula = parse_fit_formula(model.formula);
    curve_ = std::make_unique<opt::ParametricModel>(formula.model, model.columns, model.parameters,
                                                    math::special_functions());
  } catch (const DomainError& error) {
    throw DataError(fmt::format("{}: {}", model_path, error.what()));
  }
  if (confidence > 0)
    factor_ = model.df_residual > 0
                  ? quantile_survival(stats::StudentT(model.df_residual), (1 - confidence) / 2)
                  : not_a_number;
}

std::vector<std::string> CurvePredictor::names() const {
  if (factor_ == 0) return {"fitted"};
  return {"fitted", "ci_low", "ci_high", "prediction_low", "prediction_high"};
}

ScoredRows CurvePredictor::predict(AllRows&& rows) const {
  const Index n = rows.block.rows(), width = std::ssize(names());
  if (input_.missing == data::MissingPolicy::error) refuse_missing(input_, rows.block);
  ScoredRows result{.first_row = rows.block.first_row,
                    .carried = std::ssize(input_.carried),
                    .scores = RowMat::Constant(n, width, not_a_number),
                    .count = count_missing(rows.block)};
  const RowMat& numbers = rows.block.numbers;
  std::vector<math::NumberColumn> columns;
  for (Index j = 0; j < std::ssize(model_.columns); ++j)
    columns.push_back({numbers.data() + j, numbers.outerStride()});
  Vec fitted(n);
  Mat slopes;
  curve_->evaluate(columns, model_.estimates, fitted, factor_ == 0 ? nullptr : &slopes);
  std::int64_t used = 0;
  for (Index i = 0; i < n; ++i) {
    const bool kept = rows.kept.empty() || rows.kept[static_cast<std::size_t>(i)];
    if (!kept || (numbers.cols() > 0 && numbers.row(i).hasNaN())) continue;
    ++used;
    result.scores(i, 0) = fitted[i];
    if (factor_ == 0) continue;
    const Vec g = slopes.row(i).transpose();
    const double spread = std::max(g.dot(model_.covariance * g), 0.0);
    const double half = factor_ * std::sqrt(spread);
    const double wide = factor_ * std::sqrt(spread + model_.residual_sd * model_.residual_sd);
    result.scores.row(i).tail(4) << fitted[i] - half, fitted[i] + half, fitted[i] - wide,
        fitted[i] + wide;
  }
  result.count.used = used;
  result.texts = std::move(rows.block.texts);
  return result;
}

}  // namespace mathtool::cli
