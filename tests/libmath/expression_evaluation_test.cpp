#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "expression_trees.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "support/catch.hpp"

using namespace mathtool::math;
using mathtool::DomainError;
using mathtool::Index;

namespace {

const double missing = std::nan("");

/// The values in rows of the table x, y, name.
struct Row {
  double x, y;
  std::string_view name;
};

std::vector<double> values(const std::string& text, const std::vector<Row>& rows) {
  const std::vector<VariableType> variables{{"x"}, {"y"}, {"name", ValueType::text}};
  const BlockEvaluator evaluator(parse_expression(text).expression, variables);
  std::vector<double> numbers;
  std::vector<std::string_view> names;
  for (const Row& row : rows) {
    numbers.insert(numbers.end(), {row.x, row.y});
    names.push_back(row.name);
  }
  const ValueColumn all[] = {NumberColumn{numbers.data(), 2}, NumberColumn{numbers.data() + 1, 2},
                             TextColumn{names.data()}};
  std::vector<ValueColumn> columns;
  for (const Index place : evaluator.used()) columns.push_back(all[place]);
  std::vector<double> result(rows.size());
  BlockEvaluator::Scratch scratch;
  evaluator.evaluate(columns, result, scratch);
  return result;
}

std::string complaint(const std::string& text) {
  try {
    values(text, {});
  } catch (const DomainError& error) { return error.what(); }
  return "no complaint";
}

double factorial(double n) { return n == 0 ? 1 : n * factorial(n - 1); }

double truth(double x) { return x != 0 && !std::isnan(x); }

/// The definition, one node after the other.
double by_definition(const Expression& expression, const std::array<double, 3>& xyz) {
  if (const auto* number = expression.as<Expression::Number>()) return number->value;
  if (const auto* variable = expression.as<Expression::Variable>())
    return xyz[static_cast<std::size_t>(variable->name[0] - 'x')];
  std::vector<double> v;
  if (const auto* call = expression.as<Expression::Call>()) {
    for (const Expression& argument : call->arguments) v.push_back(by_definition(argument, xyz));
    if (call->function == "abs") return std::fabs(v[0]);
    if (call->function == "if") return truth(v[0]) ? v[1] : v[2];
    for (const double x : v)
      if (std::isnan(x)) return missing;
    return *std::max_element(v.begin(), v.end());
  }
  const auto& operation = *expression.as<Expression::Operation>();
  for (const Expression& operand : operation.operands) v.push_back(by_definition(operand, xyz));
  double result = v[0];
  switch (operation.op) {
    case Operator::negate: return -v[0];
    case Operator::logical_not: return !truth(v[0]);
    case Operator::factorial:
      if (v[0] >= 0 && v[0] <= 18 && v[0] == std::floor(v[0])) return factorial(v[0]);
      return v[0] < 0 && v[0] == std::floor(v[0]) ? missing : std::tgamma(v[0] + 1);
    case Operator::add:
      for (std::size_t i = 1; i < v.size(); ++i) result += v[i];
      return result;
    case Operator::multiply:
      for (std::size_t i = 1; i < v.size(); ++i) result *= v[i];
      return result;
    case Operator::logical_and: return std::all_of(v.begin(), v.end(), truth);
    case Operator::logical_or: return std::any_of(v.begin(), v.end(), truth);
    case Operator::subtract: return v[0] - v[1];
    case Operator::divide: return v[0] / v[1];
    case Operator::modulo: {
      const double r = std::fmod(v[0], v[1]);
      return r * v[1] < 0 ? r + v[1] : r;
    }
    case Operator::power: return std::pow(v[0], v[1]);
    case Operator::equal: return v[0] == v[1];
    case Operator::not_equal: return v[0] != v[1];
    case Operator::less: return v[0] < v[1];
    case Operator::less_equal: return v[0] <= v[1];
    case Operator::greater: return v[0] > v[1];
    case Operator::greater_equal: return v[0] >= v[1];
    default: FAIL("no operator of numbers");
  }
  return missing;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

TEST_CASE("expression: a missing value satisfies no comparison but !=", "[expression]") {
  for (const char* sign : {"==", "<", "<=", ">", ">="})
    CHECK(values(std::string("x ") + sign + " y", {{missing, 1, ""}, {missing, missing, ""}}) ==
          std::vector<double>{0, 0});
  CHECK(values("x != y", {{missing, 1, ""}, {missing, missing, ""}}) == std::vector<double>{1, 1});
  CHECK(values("isnan(x)", {{missing, 1, ""}, {0, missing, ""}}) == std::vector<double>{1, 0});
  CHECK(values("x && 1 || !x", {{missing, 0, ""}, {0, 0, ""}, {2, 0, ""}}) ==
        std::vector<double>{1, 1, 1});
  CHECK(values("x || x", {{missing, 0, ""}}) == std::vector<double>{0});
}

TEST_CASE("expression: texts compare with texts, byte by byte", "[expression]") {
  const std::vector<Row> rows{{1, 0, "a"}, {2, 0, "b"}, {3, 0, ""}, {4, 0, "B"}};
  using V = std::vector<double>;
  CHECK(values("name == \"b\"", rows) == V{0, 1, 0, 0});
  CHECK(values("'b' != name", rows) == V{1, 0, 1, 1});
  CHECK(values("name < 'b'", rows) == V{1, 0, 1, 1});
  CHECK(values("name <= 'b'", rows) == V{1, 1, 1, 1});
  CHECK(values("name > 'B'", rows) == V{1, 1, 0, 0});
  CHECK(values("name >= 'B'", rows) == V{1, 1, 0, 1});
  CHECK(values("name == name && x > 2", rows) == V{0, 0, 1, 1});
  CHECK(values("'ab' < 'b'", {{0, 0, ""}}) == V{1});
}

TEST_CASE("expression: what cannot be evaluated is refused before the first row", "[expression]") {
  const std::pair<const char*, const char*> cases[] = {
      {"x + nme", "expression: column 5: no variable 'nme' (did you mean 'name'?)"},
      {"sine(x)", "expression: column 1: no function 'sine' (did you mean 'sin'?)"},
      {"1 + sin", "expression: column 5: 'sin' is a function; write sin(...)"},
      {"x(2)", "expression: column 1: 'x' is no function; for a product write x * (...)"},
      {"sin(1, 2)", "expression: column 1: sin takes 1 argument, got 2"},
      {"atan2(1)", "expression: column 1: atan2 takes 2 arguments, got 1"},
      {"max()", "expression: column 1: max takes 1 or more arguments, got 0"},
      {"name",
       "expression: column 1: the result, name, is text; compare it with another text, as "
       "in name == \"a\""},
      {"`a\n`", "expression: column 1: no variable 'a\\x0a'"},
      {"x + name", "expression: column 5: name is text where a number must stand"},
      {"sin(\"a\")", "expression: column 5: \"a\" is text where a number must stand"},
      {"name == 3",
       "expression: column 6: name is text and 3 is a number; only like can be "
       "compared with like"},
  };
  for (const auto& [text, expected] : cases) CHECK(complaint(text) == expected);
}

TEST_CASE("expression: a variable hides the constant of its name", "[expression]") {
  const BlockEvaluator evaluator(parse_expression("e + pi").expression,
                                 std::vector<VariableType>{{"e"}});
  const double mine = 10;
  double result = 0;
  BlockEvaluator::Scratch scratch;
  evaluator.evaluate(std::vector<ValueColumn>{NumberColumn{&mine}}, {&result, 1}, scratch);
  CHECK(result == 10 + 3.141592653589793);
}

TEST_CASE("expression: a caller's functions and constants are known", "[expression]") {
  FunctionTable table = elementary_functions();
  table.functions["twice"] = {1, 1, unary_kernel([](double x) { return 2 * x; })};
  table.constants["answer"] = 42;
  const BlockEvaluator evaluator(parse_expression("twice(answer)").expression, {}, table);
  double result = 0;
  BlockEvaluator::Scratch scratch;
  evaluator.evaluate({}, {&result, 1}, scratch);
  CHECK(result == 84);
}

TEST_CASE("expression: every tree gives what its definition gives", "[expression]") {
  CHECK(rc::check("block evaluator and recursion", [] {
    const Expression expression = *mathtool::test::any_expression(5);
    const auto cells =
        *rc::gen::container<std::vector<double>>(9, rc::gen::element(-2.5, 0.0, 1.0, 3.0, missing));
    const std::vector<VariableType> variables{{"x"}, {"y"}, {"z"}};
    const BlockEvaluator evaluator(expression, variables);
    std::vector<ValueColumn> columns;
    for (const Index place : evaluator.used())
      columns.push_back(NumberColumn{cells.data() + place, 3});
    std::vector<double> result(3);
    BlockEvaluator::Scratch scratch;
    evaluator.evaluate(columns, result, scratch);
    for (std::size_t i = 0; i < 3; ++i) {
      const double expected =
          by_definition(expression, {cells[3 * i], cells[3 * i + 1], cells[3 * i + 2]});
      RC_ASSERT(same(result[i], expected));
    }
  }));
}

TEST_CASE("expression: bits do not depend on how rows are cut into blocks", "[expression]") {
  const BlockEvaluator evaluator(parse_expression("sin(x)^2 / (1 + x) > 0.1 || x % 7").expression,
                                 std::vector<VariableType>{{"x"}});
  std::vector<double> x(3000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.37 * static_cast<double>(i) - 200;
  const auto in_blocks = [&](std::size_t rows) {
    std::vector<double> result(x.size());
    BlockEvaluator::Scratch scratch;
    for (std::size_t i = 0; i < x.size(); i += rows)
      evaluator.evaluate(std::vector<ValueColumn>{NumberColumn{x.data() + i}},
                         std::span(result).subspan(i, std::min(rows, x.size() - i)), scratch);
    return result;
  };
  const std::vector<double> whole = in_blocks(x.size());
  CHECK(in_blocks(1) == whole);
  CHECK(in_blocks(511) == whole);
  CHECK(in_blocks(1024) == whole);
}

TEST_CASE("expression: one evaluator serves several threads", "[expression]") {
  const BlockEvaluator evaluator(parse_expression("exp(-x^2) * lgamma(x)").expression,
                                 std::vector<VariableType>{{"x"}});
  std::vector<double> x(2000, 1.5);
  std::array<std::vector<double>, 2> results;
  std::vector<std::thread> threads;
  for (std::vector<double>& result : results)
    threads.emplace_back([&] {
      result.resize(x.size());
      BlockEvaluator::Scratch scratch;
      evaluator.evaluate(std::vector<ValueColumn>{NumberColumn{x.data()}}, result, scratch);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(results[0] == results[1]);
}

TEST_CASE("expression: a call with very many arguments is refused, not attempted", "[expression]") {
  std::string text = "max(1";
  for (int i = 0; i < 100'000; ++i) text += "," + std::to_string(i);
  CHECK_THAT(complaint(text + ")"), ContainsSubstring("intermediate results"));
}
