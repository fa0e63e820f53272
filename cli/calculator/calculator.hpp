#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/calculator/value.hpp"
#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"

namespace mathtool::cli {

/// Names that mean something for a while: parameters of a function, the variable of a sum.
using Scope = std::map<std::string, Value, std::less<>>;

/// What names stand for where a formula is taken apart: each for a formula, itself if it is free.
using Meanings = std::map<std::string, math::Expression, std::less<>>;

/// What one line came to.
struct Answer {
  Value value = Rational(0);
  std::string name = {};             ///< what was defined; empty: nothing
  std::string definition = {};       ///< of a function, as text
  std::optional<double> error = {};  ///< bound of the value's error, where it was estimated
  std::int64_t evaluations = 0;      ///< of functions
  Status status = Status::converged;
  std::string reason = {};
  std::vector<std::string> notes = {};
  std::vector<math::DerivationStep> steps = {};  ///< with `explain`
  bool random = false;                           ///< depends on the seed
};

struct CalculatorOptions {
  bool strict_multiplication = false;             ///< 2x is an error
  bool explain = false;                           ///< keep the steps of derivations
  std::int64_t memory = std::int64_t{256} << 20;  ///< bytes that one matrix may take
  std::uint64_t seed = 0;
  StopToken stop = {};
};

/// Evaluates lines of the calculator's language; remembers what they define.
class Calculator {
 public:
  explicit Calculator(const CalculatorOptions& options = {});

  /// Throws: DomainError, DimensionError for what is not understood; Stopped. What cannot be
  ///         established is an answer with its status.
  Answer run(const std::string& line);

  void define(const std::string& name, Value value) { variables_[name] = std::move(value); }

  /// All names that can be typed, for completion and for suggestions.
  std::vector<std::string> names() const;

  // --- for the functions of the language ---

  Value evaluate(const math::Expression& expression, const Scope& scope);

  /// The formula with everything known put in: only `free` variables, constants and functions of
  /// the language remain.
  math::Expression close(const math::Expression& expression, const Scope& scope,
                         std::span<const std::string> free);

  /// The names in a formula that stand for nothing yet: symbols, where formulas are the result.
  std::vector<std::string> unknown_names(const math::Expression& expression,
                                         const Scope& scope) const;

  /// Whether a name stands for a value.
  bool knows(const std::string& name, const Scope& scope) const {
    return scope.count(name) > 0 || variables_.count(name) > 0;
  }
  bool defines_function(const std::string& name) const { return functions_.count(name) > 0; }

  /// Random bits of their own for each call; the same where a line is evaluated again.
  math::Philox next_stream();

  /// Takes note of an estimate, whose number becomes part of the answer.
  double use(const math::Estimate& estimate);
  /// Throws: DataError where a matrix of this shape would take more memory than there may be.
  void require_room(double rows, double columns) const;
  void note(const std::string& text) { answer_.notes.push_back(text); }
  void explain(std::vector<math::DerivationStep> steps);
  bool explains() const { return options_.explain; }
  const StopToken& stop() const { return options_.stop; }

 private:
  struct UserFunction {
    std::vector<std::string> parameters;
    math::Expression body;
  };
  class CallLevel;

  void execute(const math::Statement& statement);
  Value evaluate_again(const math::Expression& statement);
  void round_correctly(const math::Expression& expression);
  std::optional<double> precise_value(const math::Expression& expression);
  double largest_angle(const math::Expression& formula);
  void refuse_unbounded(const math::Expression& formula);
  void allow_for_rounded_literals(const math::Expression& expression);
  void estimate_error(const math::Statement& statement);

  const Value& file_column(const std::string& name);
  void read_columns(const std::string& path, const std::vector<std::string>& names);

  Value value_of(const math::Expression& expression, const math::Expression::Variable& variable,
                 const Scope& scope);
  Value value_of(const math::Expression& expression, const math::Expression::Operation& operation,
                 const Scope& scope);
  Value value_of(const math::Expression& expression, const math::Expression::Call& call,
                 const Scope& scope);
  Value value_of(const math::Expression::Matrix& matrix, const Scope& scope);
  void require_room_for_both(const Value& a, const Value& b) const;
  Value call_user(const std::string& name, const UserFunction& function,
                  std::vector<Value> arguments);

  math::Expression closed(const math::Expression& expression, const Meanings& meanings);
  math::Expression closed_call(const math::Expression& expression,
                               const math::Expression::Call& call, const Meanings& meanings);
  math::Expression closed_argument(const math::Expression::Call& call, std::size_t place,
                                   const Meanings& meanings, const Meanings& inside);

  [[noreturn]] void refuse_name(const math::Expression& expression, const std::string& name,
                                const Scope& scope) const;
  [[noreturn]] void refuse_function(const math::Expression& expression,
                                    const std::string& name) const;

  CalculatorOptions options_;
  Scope variables_ = {};
  std::map<std::string, UserFunction, std::less<>> functions_ = {};
  Answer answer_ = {};
  int depth_ = 0, fresh_ = 0;

  std::vector<double> errors_ = {};        ///< of the estimates in their order
  std::optional<std::size_t> moved_ = {};  ///< the estimate moved by its error, to see the effect
  std::size_t used_ = 0;

  std::uint64_t stream_ = 0;                    ///< of random bits, for the next call that draws
  std::uint64_t first_stream_ = 0;              ///< of this statement
  std::uint64_t next_unused_stream_ = 0;        ///< by any statement
  std::vector<std::string> column_names_ = {};  ///< @file:column, as far as they stand in a line
  Scope columns_ = {};                          ///< what was read of them
};

/// A function of the language whose arguments are formulas, not values: limit, integrate, sum.
struct FormulaFunction {
  int min_arguments, max_arguments;
  std::function<Value(Calculator& calculator, const std::vector<math::Expression>& arguments,
                      const Scope& scope)>
      apply;
  /// Of what it makes formulas of: the formula itself, in a formula. Null: it gives numbers.
  math::Expression (*inline_formula)(Calculator& calculator,
                                     const std::vector<math::Expression>& arguments) = nullptr;
};
const std::map<std::string, FormulaFunction, std::less<>>& formula_functions();

/// A function of values: det, inv, mean.
struct ValueFunction {
  int min_arguments, max_arguments;
  Value (*apply)(Calculator& calculator, const std::vector<Value>& arguments);
  std::vector<std::string> words = {};  ///< that may stand for themselves: norm(A, fro)
};
const std::map<std::string, ValueFunction, std::less<>>& value_functions();

/// What stands between a bound variable's name and the number that makes it one of its own, in a
/// formula that was closed.
constexpr char bound_mark = '\x01';

/// The variables that a formula function binds: the name, or the vector of names, in its second
/// argument and, for integrals, behind each pair of limits.
std::vector<std::string> bound_variables(const std::string& function,
                                         const std::vector<math::Expression>& arguments);

}  // namespace mathtool::cli
