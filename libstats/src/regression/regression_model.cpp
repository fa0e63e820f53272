#include "mathtool/stats/regression/regression_model.hpp"

#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/distributions/student_t.hpp"

namespace mathtool::stats {
namespace {

using ModelJson = nlohmann::ordered_json;

constexpr std::string_view regression_format = "mathtool-regression";

ModelJson number_list(const VecRef& v) {
  return ModelJson(std::vector<double>(v.begin(), v.end()));
}

bool has_utf8(const std::string& text) {
  return ModelJson(text).dump(-1, ' ', false, ModelJson::error_handler_t::ignore).size() ==
         ModelJson(text).dump(-1, ' ', false, ModelJson::error_handler_t::replace).size();
}

void require_utf8(const RegressionModel& model) {
  std::vector<std::string> texts = model.names;
  texts.push_back(model.formula);
  for (const auto& levels : model.levels) texts.insert(texts.end(), levels.begin(), levels.end());
  for (const std::string& text : texts)
    require<DataError>(has_utf8(text),
                       "'{}' is not UTF-8, which a saved model has to be; convert the table first, "
                       "e.g. with iconv -f latin1 -t utf-8",
                       text);
}

/// Fields of one model; every complaint names the source and the field.
class RegressionFields {
 public:
  RegressionFields(const ModelJson& json, std::string_view source) : json_(json), source_(source) {}

  [[noreturn]] void fail(std::string_view complaint) const {
    throw DataError(fmt::format("{}: {}", source_, complaint));
  }

  /// Of another type than it should be, nlohmann throws; the message is ours.
  template <class T>
  T get(const char* name) const {
    const auto found = json_.find(name);
    if (found == json_.end()) fail(fmt::format("the model has no field '{}'", name));
    try {
      return found->get<T>();
    } catch (const ModelJson::exception&) {
      fail(fmt::format("field '{}' is not what a regression saves there", name));
    }
  }

  /// null is NaN.
  double number(const char* name) const {
    const auto found = json_.find(name);
    return found != json_.end() && found->is_null() ? not_a_number : get<double>(name);
  }

  Vec vector(const char* name, Index size) const {
    const auto numbers = get<std::vector<double>>(name);
    if (std::ssize(numbers) != size)
      fail(fmt::format("field '{}' has {} entries where {} are expected", name, numbers.size(),
                       size));
    return Eigen::Map<const Vec>(numbers.data(), size);
  }

 private:
  const ModelJson& json_;
  std::string_view source_;
};

}  // namespace

Design RegressionModel::design() const {
  Design result(ModelFrame(parse_formula(formula), columns), levels);
  require<DataError>(result.names() == names && predictor.coefficients.size() == result.columns(),
                     "the model's coefficients are not those of its formula");
  return result;
}

RegressionPrediction predict(const RegressionModel& model, const Design& design,
                             const RowMatRef& raw, double confidence) {
  const Index n = raw.rows();
  require(confidence == 0 || !model.penalized,
          "a penalised fit knows nothing of the spread of its predictions: no interval");
  require(confidence >= 0 && confidence < 1, "confidence must be in (0, 1), got {}", confidence);
  const bool gaussian = model.family == ResponseFamily::gaussian;
  RegressionPrediction result{Vec(n), {}, {}, {}, {}};
  const RowMat X = design.expand(raw);
  Vec eta(n);
  for (Index i = 0; i < n; ++i) {
    const Vec row = raw.row(i);
    eta[i] = -doubled_residual(0, model.predictor.coefficients, row, design.products());
    result.mean[i] = response_mean(model.family, eta[i]);
  }
  if (confidence == 0) return result;
  const double tail = (1 - confidence) / 2;
  double factor = not_a_number;
  if (!gaussian)
    factor = quantile_survival(Normal(0, 1), tail);
  else if (model.df_residual > 0)
    factor = quantile_survival(StudentT(model.df_residual), tail) * model.residual_sd;
  for (Vec* bound : {&result.low, &result.high}) bound->resize(n);
  for (Vec* bound : {&result.new_low, &result.new_high}) bound->resize(gaussian ? n : 0);
  for (Index i = 0; i < n; ++i) {
    const double h = model.predictor.leverage(X.row(i).transpose());
    const double half = factor * std::sqrt(h);
    result.low[i] = response_mean(model.family, eta[i] - half);
    result.high[i] = response_mean(model.family, eta[i] + half);
    if (!gaussian) continue;
    const double wide = factor * std::sqrt(1 + h);
    result.new_low[i] = eta[i] - wide;
    result.new_high[i] = eta[i] + wide;
  }
  return result;
}

std::string to_json(const RegressionModel& model) {
  require_utf8(model);
  ModelJson columns = ModelJson::array();
  for (const FormulaColumn& column : model.columns)
    columns.push_back({{"name", column.name}, {"type", column.text ? "text" : "numeric"}});
  ModelJson root = ModelJson::array();  // columns of the root
  for (Index k = 0; k < model.predictor.root.cols(); ++k)
    root.push_back(number_list(model.predictor.root.col(k)));
  const ModelJson json{{"format", regression_format},
                       {"format_version", "1.0"},
                       {"family", to_string(model.family)},
                       {"formula", model.formula},
                       {"columns", columns},
                       {"levels", model.levels},
                       {"names", model.names},
                       {"intercept", model.predictor.intercept},
                       {"coefficients", number_list(model.predictor.coefficients)},
                       {"penalized", model.penalized},
                       {"observations", model.observations},
                       {"residual_sd", model.residual_sd},
                       {"df_residual", model.df_residual},
                       {"centre", number_list(model.predictor.centre)},
                       {"weight", model.predictor.weight},
                       {"root", root}};
  return json.dump(1) + "\n";
}

RegressionModel regression_from_json(std::string_view text, std::string_view source) {
  const ModelJson json = ModelJson::parse(text, nullptr, false);
  const RegressionFields fields(json, source);
  if (json.is_discarded() || !json.is_object())
    fields.fail("is not a saved model (no JSON object)");
  const auto format = fields.get<std::string>("format");
  if (format != regression_format)
    fields.fail(fmt::format("is a model of format '{}', expected '{}'", format, regression_format));
  const auto version = fields.get<std::string>("format_version");
  if (version.substr(0, version.find('.')) != "1")
    fields.fail(fmt::format("has format version {}; this program reads 1.x", version));
  RegressionModel model;
  try {
    model.family = parse_response_family(fields.get<std::string>("family"));
  } catch (const DomainError& error) { fields.fail(error.what()); }
  model.formula = fields.get<std::string>("formula");
  model.levels = fields.get<std::vector<std::vector<std::string>>>("levels");
  model.names = fields.get<std::vector<std::string>>("names");
  const auto p = std::ssize(model.names);
  LinearPredictor& predictor = model.predictor;
  predictor.intercept = fields.get<bool>("intercept");
  predictor.coefficients = fields.vector("coefficients", p);
  model.penalized = fields.get<bool>("penalized");
  model.observations = fields.number("observations");
  model.residual_sd = fields.number("residual_sd");
  model.df_residual = fields.number("df_residual");
  predictor.centre = fields.vector("centre", model.penalized ? 0 : p);
  predictor.weight = fields.number("weight");
  const auto root = fields.get<std::vector<std::vector<double>>>("root");
  predictor.root = Mat::Zero(p, std::ssize(root));
  for (Index k = 0; k < std::ssize(root); ++k) {
    const auto& column = root[static_cast<std::size_t>(k)];
    if (std::ssize(column) != p) fields.fail("field 'root' does not fit the coefficients");
    predictor.root.col(k) = Eigen::Map<const Vec>(column.data(), p);
  }
  for (const ModelJson& column : fields.get<ModelJson>("columns")) {
    const RegressionFields entry(column, source);
    if (!column.is_object()) fields.fail("field 'columns' is not a list of columns");
    model.columns.push_back(
        {entry.get<std::string>("name"), entry.get<std::string>("type") == "text"});
  }
  try {
    const Design checked = model.design();
    if (checked.intercept() != predictor.intercept)
      fields.fail("formula and coefficients disagree about the intercept");
  } catch (const DomainError& error) {
    fields.fail(error.what());
  } catch (const DimensionError& error) { fields.fail(error.what()); }
  return model;
}

bool is_regression_model(std::string_view text) {
  const ModelJson json = ModelJson::parse(text, nullptr, false);
  return json.is_object() && json.contains("format") && json["format"] == regression_format;
}

}  // namespace mathtool::stats
