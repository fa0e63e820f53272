#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace mathtool::math {

enum class Operator {
  logical_or,
  logical_and,
  logical_not,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  power,
  factorial
};

/// A formula as a tree. It is a value: copies share their nodes, which never change, so that a part
/// of one tree can become a part of another. It knows no meaning of names; whoever walks it, over
/// whatever scalar, supplies one.
class Expression {
 public:
  struct Number {
    double value = 0;
    bool operator==(const Number&) const = default;
  };
  struct Text {
    std::string value = {};
    bool operator==(const Text&) const = default;
  };
  struct Variable {  ///< or a named constant: `pi` unless something hides it
    std::string name = {};
    bool operator==(const Variable&) const = default;
  };
  /// Sums, products, conjunctions and disjunctions take two operands or more, as written from left
  /// to right; negation, `!` before and after take one, all others two.
  struct Operation {
    Operator op = Operator::add;
    std::vector<Expression> operands = {};
    bool operator==(const Operation& other) const;
  };
  struct Call {
    std::string function = {};
    std::vector<Expression> arguments = {};
    bool operator==(const Call& other) const;
  };
  using Node = std::variant<Number, Text, Variable, Operation, Call>;

  /// A tree is at most so deep, so that it can be walked by recursion on any stack.
  static constexpr int max_depth = 1000;

  /// `column` says where in the text the node stood, counted from 1; 0: it was not read from text.
  /// Throws: DomainError for a tree deeper than `max_depth` and for a wrong number of operands.
  explicit Expression(Node node, int column = 0);

  const Node& node() const;
  int column() const;

  /// The node when it is of kind T, else null: `if (const auto* call = e.as<Expression::Call>())`.
  template <class T>
  const T* as() const {
    return std::get_if<T>(&node());
  }

  /// The same tree, wherever it stood in a text.
  bool operator==(const Expression& other) const;

 private:
  struct Shared;
  std::shared_ptr<const Shared> shared_;
};

/// Text that `parse_expression` reads as the same tree, with no more parentheses than that takes.
std::string to_string(const Expression& expression);

/// The names of variables and constants in order of first appearance, each once.
std::vector<std::string> variables(const Expression& expression);

}  // namespace mathtool::math
