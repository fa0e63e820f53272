#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/opt/least_squares/expression_residuals.hpp"
#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"

// NIST StRD nonlinear regression: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml

using namespace mathtool;
using Json = nlohmann::json;

namespace {

struct NistSet {
  std::vector<std::string> columns, parameters;
  std::vector<std::vector<double>> values;
  Vec y, certified, deviations;
  std::vector<Vec> starts;
  double rss = 0;
  std::string model;

  std::vector<math::NumberColumn> views() const {
    std::vector<math::NumberColumn> result;
    for (const auto& column : values) result.push_back({column.data(), 1});
    return result;
  }
};

NistSet read_set(const std::filesystem::path& data, const Json& entry) {
  NistSet set;
  set.columns = entry["columns"].get<std::vector<std::string>>();
  set.model = entry["model"];
  std::ifstream file(data / "nist" / entry["file"].get<std::string>());
  REQUIRE(file);
  std::string line;
  set.values.resize(set.columns.size());
  std::vector<std::string> all;
  while (std::getline(file, line)) all.push_back(line);
  std::size_t first = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].starts_with("Data:")) first = i + 1;
  for (std::size_t i = first; i < all.size(); ++i) {
    std::istringstream words(all[i]);
    std::vector<double> row;
    for (double x; words >> x;) row.push_back(x);
    if (row.size() != set.columns.size()) continue;
    for (std::size_t k = 0; k < row.size(); ++k) set.values[k].push_back(row[k]);
  }
  REQUIRE(set.values[0].size() == entry["n"].get<std::size_t>());
  const auto p = static_cast<Index>(entry["params"].size());
  set.starts.assign(2, Vec(p));
  set.certified = set.deviations = Vec(p);
  for (Index j = 0; j < p; ++j) {
    const std::string name = "b" + std::to_string(j + 1);
    set.parameters.push_back(name);
    const Json& figures = entry["params"][name];
    const auto number = [&](const char* key) { return std::stod(figures[key].get<std::string>()); };
    set.starts[0][j] = number("start1");
    set.starts[1][j] = number("start2");
    set.certified[j] = number("certified");
    set.deviations[j] = number("sd");
  }
  set.rss = std::stod(entry["rss"].get<std::string>());
  std::vector<math::VariableType> types;
  for (const std::string& name : set.columns) types.push_back({name});
  const math::BlockEvaluator response(
      math::parse_expression(entry["response"].get<std::string>()).expression, types);
  std::vector<math::ValueColumn> used;
  for (const Index place : response.used())
    used.emplace_back(set.views()[static_cast<std::size_t>(place)]);
  set.y.resize(static_cast<Index>(set.values[0].size()));
  math::BlockEvaluator::Scratch scratch;
  response.evaluate(used, {set.y.data(), static_cast<std::size_t>(set.y.size())}, scratch);
  return set;
}

double worst_digits(const Vec& computed, const Vec& certified) {
  double worst = 15;
  for (Index j = 0; j < certified.size(); ++j) {
    const double error = std::abs(computed[j] / certified[j] - 1);
    worst = std::min(worst, error > 0 ? -std::log10(error) : 15.0);
  }
  return worst;
}

}  // namespace

TEST_CASE("nist: nonlinear regressions from both starts to 9 digits, their errors to 6", "[opt]") {
  REQUIRE_REFERENCE_DATA(data);
  std::ifstream file(data / "nist/certified.json");
  const Json certified = Json::parse(file)["nonlinear"];
  int sets = 0;
  for (const auto& [name, entry] : certified.items()) {
    const NistSet set = read_set(data, entry);
    const opt::ParametricModel model(math::parse_expression(set.model).expression, set.columns,
                                     set.parameters);
    const opt::ExpressionResiduals residuals(
        model, set.views(), {set.y.data(), static_cast<std::size_t>(set.y.size())});
    for (int start = 0; start < 2; ++start) {
      const opt::NonlinearFit fit = opt::levenberg_marquardt(
          residuals, set.starts[static_cast<std::size_t>(start)], {.linear = model.linear()});
      const double digits = worst_digits(fit.x, set.certified);
      const double error_digits = worst_digits(fit.standard_errors, set.deviations);
      std::string remarks;
      for (const std::string& remark : fit.remarks) remarks += remark + "; ";
      UNSCOPED_INFO(name << " start " << start + 1 << ": " << digits << " digits, errors "
                         << error_digits << ", " << fit.iterations << " iterations, "
                         << fit.evaluations << " evaluations, rss " << fit.rss << " (" << set.rss
                         << ") " << to_string(fit.status) << ": " << fit.reason << " " << remarks
                         << "cond " << fit.condition);
      CHECK(digits >= 9);
      // What 14 digits of the data leave of a residual sum of 1.4e-25.
      CHECK(error_digits >= (name == "Lanczos1" ? 2 : 6));
      CHECK(fit.status == Status::converged);
    }
    ++sets;
  }
  CHECK(sets == 14);
}
