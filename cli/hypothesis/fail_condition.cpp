#include "cli/hypothesis/fail_condition.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::cli {
namespace {

constexpr std::string_view source = "--fail-if";

using Key = std::pair<const char*, double (*)(const stats::TestResult&)>;

double df_at(const stats::TestResult& result, std::size_t place) {
  return place < result.df.size() ? result.df[place] : not_a_number;
}

constexpr std::array keys{
    Key{"p_value", [](const stats::TestResult& r) { return r.p_value; }},
    Key{"log10_p", [](const stats::TestResult& r) { return r.log10_p; }},
    Key{"statistic", [](const stats::TestResult& r) { return r.statistic; }},
    Key{"df", [](const stats::TestResult& r) { return df_at(r, 0); }},
    Key{"df1", [](const stats::TestResult& r) { return df_at(r, 0); }},
    Key{"df2", [](const stats::TestResult& r) { return df_at(r, 1); }},
    Key{"estimate", [](const stats::TestResult& r) { return r.estimate; }},
    Key{"ci_low", [](const stats::TestResult& r) { return r.ci.low; }},
    Key{"ci_high", [](const stats::TestResult& r) { return r.ci.high; }},
    Key{"effect_size", [](const stats::TestResult& r) { return r.effect_size.value; }},
    Key{"n", [](const stats::TestResult& r) { return r.n; }}};

math::BlockEvaluator compile_condition(const std::string& text) {
  std::vector<math::VariableType> names;
  for (const Key& key : keys) names.push_back({key.first, math::ValueType::number});
  return {math::parse_expression(text, {.source = source}).expression, names,
          math::elementary_functions(), source};
}

}  // namespace

FailCondition::FailCondition(const std::string& text) : evaluator_(compile_condition(text)) {}

std::vector<std::string> FailCondition::undefined(const stats::TestResult& result) const {
  std::vector<std::string> names;
  for (const Index key : evaluator_.used()) {
    const auto& [name, value] = keys[static_cast<std::size_t>(key)];
    if (std::isnan(value(result))) names.emplace_back(name);
  }
  return names;
}

bool FailCondition::holds(const stats::TestResult& result) const {
  std::vector<double> values;
  for (const Index key : evaluator_.used())
    values.push_back(keys[static_cast<std::size_t>(key)].second(result));
  std::vector<math::ValueColumn> columns;
  for (const double& value : values) columns.push_back(math::NumberColumn{&value, 1});
  math::BlockEvaluator::Scratch scratch;
  double outcome = 0;
  evaluator_.evaluate(columns, {&outcome, 1}, scratch);
  return outcome != 0 && !std::isnan(outcome);
}

}  // namespace mathtool::cli
