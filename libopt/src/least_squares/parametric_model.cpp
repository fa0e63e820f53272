#include "mathtool/opt/least_squares/parametric_model.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "difference_size.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"

namespace mathtool::opt {
namespace {

using math::BlockEvaluator;
using math::Expression;
using math::NumberColumn;

std::vector<math::VariableType> variables_of(const std::vector<std::string>& columns,
                                             const std::vector<std::string>& parameters) {
  std::vector<math::VariableType> variables;
  for (const std::string& name : columns) variables.push_back({name});
  for (const std::string& name : parameters) variables.push_back({name});
  return variables;
}

bool is_zero(const Expression& formula) {
  const auto* number = formula.as<Expression::Number>();
  return number && number->value == 0;
}

/// One formula with what it reads of all variables.
void run(const BlockEvaluator& program, std::span<const NumberColumn> variables,
         std::span<double> result) {
  std::vector<math::ValueColumn> used;
  for (const Index place : program.used())
    used.emplace_back(variables[static_cast<std::size_t>(place)]);
  BlockEvaluator::Scratch scratch;
  program.evaluate(used, result, scratch);
}

}  // namespace

struct ParametricModel::Programs {
  std::vector<std::string> columns, parameters;
  BlockEvaluator value;
  std::vector<std::optional<BlockEvaluator>> slopes = {};  ///< none: by differences
  std::vector<Index> linear = {}, idle = {};

  /// Columns, then parameters, each the same in all rows.
  std::vector<NumberColumn> variables(std::span<const NumberColumn> rows, const Vec& x) const {
    std::vector<NumberColumn> all(rows.begin(), rows.end());
    for (Index j = 0; j < x.size(); ++j) all.push_back({&x[j], 0});
    return all;
  }

  /// By central differences; one-sided in rows where those are not finite.
  Vec difference(std::span<const NumberColumn> rows, const Vec& x, Index j,
                 const Vec& values) const {
    Vec at = x, above(values.size()), below(values.size());
    const auto look = [&](double to, Vec& result) {
      at[j] = to;
      run(value, variables(rows, at), {result.data(), static_cast<std::size_t>(result.size())});
    };
    double up = 0, down = 0, step = 0;
    try_difference_sizes(x[j], [&](double size) {
      up = x[j] + std::cbrt(epsilon) * size;
      down = x[j] - std::cbrt(epsilon) * size;
      step = std::sqrt(epsilon) * size;
      look(up, above);
      look(down, below);
      return changed(above, below);
    });
    Vec slope = (above - below) / (up - down);
    if (slope.allFinite()) return slope;
    for (const double sign : {1.0, -1.0}) {
      const double to = x[j] + sign * step;
      look(to, above);
      for (Index i = 0; i < slope.size(); ++i)
        if (!std::isfinite(slope[i])) slope[i] = (above[i] - values[i]) / (to - x[j]);
    }
    return slope;
  }
};

ParametricModel::ParametricModel(const Expression& formula, std::vector<std::string> columns,
                                 std::vector<std::string> parameters,
                                 const math::FunctionTable& functions) {
  const std::vector<math::VariableType> types = variables_of(columns, parameters);
  auto programs =
      std::make_unique<Programs>(Programs{std::move(columns), std::move(parameters),
                                          BlockEvaluator(formula, types, functions, "formula")});
  for (Index j = 0; j < std::ssize(programs->parameters); ++j) {
    const std::string& name = programs->parameters[static_cast<std::size_t>(j)];
    std::optional<BlockEvaluator>& slope = programs->slopes.emplace_back();
    try {
      const Expression derivative = math::differentiate(formula, name, functions).value;
      slope.emplace(derivative, types, functions, "derivative");
      if (is_zero(derivative)) programs->idle.push_back(j);
      const bool alone =
          std::none_of(programs->linear.begin(), programs->linear.end(), [&](Index other) {
            return contains(derivative, programs->parameters[static_cast<std::size_t>(other)]);
          });
      if (alone && !contains(derivative, name)) programs->linear.push_back(j);
    } catch (const DomainError&) { slope.reset(); }
  }
  programs_ = std::move(programs);
}

ParametricModel::ParametricModel(ParametricModel&&) noexcept = default;
ParametricModel& ParametricModel::operator=(ParametricModel&&) noexcept = default;
ParametricModel::~ParametricModel() = default;

const std::vector<std::string>& ParametricModel::columns() const { return programs_->columns; }
const std::vector<std::string>& ParametricModel::parameters() const {
  return programs_->parameters;
}
const std::vector<Index>& ParametricModel::linear() const { return programs_->linear; }
const std::vector<Index>& ParametricModel::idle() const { return programs_->idle; }

void ParametricModel::evaluate(std::span<const NumberColumn> rows, const Vec& x,
                               Eigen::Ref<Vec> values, Mat* jacobian) const {
  const Programs& programs = *programs_;
  require<DimensionError>(
      rows.size() == programs.columns.size() && x.size() == std::ssize(programs.parameters),
      "model: {} columns and {} parameters for {} and {}", rows.size(), x.size(),
      programs.columns.size(), programs.parameters.size());
  const std::vector<NumberColumn> variables = programs.variables(rows, x);
  const auto n = static_cast<std::size_t>(values.size());
  run(programs.value, variables, {values.data(), n});
  if (!jacobian) return;
  jacobian->resize(values.size(), x.size());
  for (Index j = 0; j < x.size(); ++j) {
    const auto& slope = programs.slopes[static_cast<std::size_t>(j)];
    auto column = jacobian->col(j);
    if (!slope) {
      column = programs.difference(rows, x, j, values);
      continue;
    }
    run(*slope, variables, {column.data(), n});
    if (column.allFinite() || !values.allFinite()) continue;
    const Vec other = programs.difference(rows, x, j, values);
    for (Index i = 0; i < values.size(); ++i)
      if (!std::isfinite(column[i])) column[i] = other[i];
  }
}

}  // namespace mathtool::opt
