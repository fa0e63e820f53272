#include "mathtool/opt/expression_objective.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "mathtool/math/autodiff/tape.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"

namespace mathtool::opt {
namespace {

using math::Expression;
using math::ScalarProgram;
using math::Tape;
using math::Var;

using Backward = ScalarProgram<Var<double>>;

std::span<const double> numbers(const Vec& x) {
  return {x.data(), static_cast<std::size_t>(x.size())};
}

bool is_number(const Expression& e, bool (*holds)(double)) {
  const auto* number = e.as<Expression::Number>();
  return number && holds(number->value);
}

/// As `ExpressionObjective::squares` of a part of the formula.
Index squares_in(const Expression& e) {
  const auto* operation = e.as<Expression::Operation>();
  if (!operation) return 0;
  const std::vector<Expression>& parts = operation->operands;
  switch (operation->op) {
    case math::Operator::add: {
      Index sum = 0;
      for (const Expression& part : parts) {
        const Index squares = squares_in(part);
        if (squares == 0) return 0;
        sum += squares;
      }
      return sum;
    }
    case math::Operator::power:
      return is_number(parts[1], [](double p) { return p > 0 && std::fmod(p, 2) == 0; }) ? 1 : 0;
    case math::Operator::divide:
      return is_number(parts[1], [](double d) { return d > 0; }) ? squares_in(parts[0]) : 0;
    case math::Operator::multiply: {
      if (parts.size() == 2 && parts[0] == parts[1]) return 1;
      Index squares = 0;
      for (const Expression& part : parts) {
        if (is_number(part, [](double c) { return c > 0; })) continue;
        if (squares > 0) return 0;
        squares = squares_in(part);
        if (squares == 0) return 0;
      }
      return squares;
    }
    default: return 0;
  }
}

}  // namespace

struct ExpressionObjective::Programs {
  Programs(const Expression& e, std::span<const std::string> variables)
      : expression(e),
        names(variables.begin(), variables.end()),
        plain(e, names),
        with_gradient(e, names) {}

  /// Runs one program with derivatives.
  double run(const Backward& program, const Vec& x, Eigen::Ref<Vec> gradient) {
    const math::Numbers<Var<double>>& at = tape.variables(x);
    const Var<double> y =
        program.run({at.data(), static_cast<std::size_t>(at.size())}, backward_stack);
    gradient = tape.gradient(y);
    return y.value();
  }

  /// The programs of ∂f/∂xᵢ, made when a Hessian is first wanted; none where a function of the
  /// formula has no symbolic derivative.
  const std::vector<Backward>& slopes() {
    if (slopes_made) return slope_programs;
    slopes_made = true;
    try {
      for (const std::string& name : names)
        slope_programs.emplace_back(math::differentiate(expression, name).value, names);
    } catch (const DomainError&) { slope_programs.clear(); }
    return slope_programs;
  }

  /// By differences of the exact gradient.
  Mat difference_hessian(const Vec& x) {
    const Index n = x.size();
    Mat result(n, n);
    Vec up(n), down(n), at = x;
    for (Index j = 0; j < n; ++j) {
      const double h =
          std::cbrt(std::numeric_limits<double>::epsilon()) * std::max(1.0, std::abs(x[j]));
      at[j] = x[j] + h;
      run(with_gradient, at, up);
      at[j] = x[j] - h;
      run(with_gradient, at, down);
      at[j] = x[j];
      result.col(j) = (up - down) / (2 * h);
    }
    return result;
  }

  Expression expression;
  std::vector<std::string> names;
  ScalarProgram<double> plain;
  Backward with_gradient;
  Tape<> tape = {};
  std::vector<double> plain_stack = {};
  std::vector<Var<double>> backward_stack = {};
  bool slopes_made = false;
  std::vector<Backward> slope_programs = {};
};

ExpressionObjective::ExpressionObjective(const Expression& expression,
                                         std::span<const std::string> variables)
    : programs_(std::make_unique<Programs>(expression, variables)) {}
ExpressionObjective::ExpressionObjective(ExpressionObjective&&) noexcept = default;
ExpressionObjective& ExpressionObjective::operator=(ExpressionObjective&&) noexcept = default;
ExpressionObjective::~ExpressionObjective() = default;

double ExpressionObjective::operator()(const Vec& x, Vec& gradient) {
  require<DimensionError>(x.size() == std::ssize(programs_->names),
                          "objective: {} values for {} variables", x.size(),
                          programs_->names.size());
  gradient.resize(x.size());
  return programs_->run(programs_->with_gradient, x, gradient);
}

double ExpressionObjective::value(const Vec& x) {
  require<DimensionError>(x.size() == std::ssize(programs_->names),
                          "objective: {} values for {} variables", x.size(),
                          programs_->names.size());
  return programs_->plain.run(numbers(x), programs_->plain_stack);
}

Mat ExpressionObjective::hessian(const Vec& x) {
  const std::vector<Backward>& slopes = programs_->slopes();
  Mat result(x.size(), x.size());
  if (slopes.empty()) {
    result = programs_->difference_hessian(x);
  } else {
    Vec row(x.size());
    for (Index i = 0; i < x.size(); ++i) {
      programs_->run(slopes[static_cast<std::size_t>(i)], x, row);
      result.row(i) = row.transpose();
    }
  }
  return (result + result.transpose()) / 2;
}

const std::vector<std::string>& ExpressionObjective::variables() const { return programs_->names; }

Index ExpressionObjective::squares() const { return squares_in(programs_->expression); }

}  // namespace mathtool::opt
