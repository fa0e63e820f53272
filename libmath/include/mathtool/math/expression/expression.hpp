#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mathtool::math {

enum class Operator {
  equation,
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
  elementwise_multiply,
  elementwise_divide,
  negate,
  power,
  elementwise_power,
  factorial,
  transpose,
  element
};

/// A formula as a tree. It is a value: copies share their nodes, which never change, so that a part
/// of one tree can become a part of another. It knows no meaning of names; whoever walks it, over
/// whatever scalar, supplies one.
class Expression {
 public:
  struct Number {  ///< stands for the shortest decimal that reads as `value`
    double value = 0;
    std::string written = {};  ///< unless it was written with more digits: those
    bool operator==(const Number&) const = default;
  };
  struct Text {
    std::string value = {};
    bool operator==(const Text&) const = default;
  };
  struct Variable {  ///< or a named constant: `pi` unless something hides it; or `@file:column`
    std::string name = {};
    bool operator==(const Variable&) const = default;
  };
  /// Sums, products, conjunctions and disjunctions take two operands or more, as written from left
  /// to right; negation, `!` before and after and `'` take one; A[i], A[i, j] two or three; all
  /// others two.
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
  struct Matrix {  ///< rows of equal length, at least one entry
    std::vector<std::vector<Expression>> rows = {};
    bool operator==(const Matrix& other) const;
  };
  using Node = std::variant<Number, Text, Variable, Operation, Call, Matrix>;

  /// A tree is at most so deep, so that it can be walked by recursion on any stack.
  static constexpr int max_depth = 1000;

  /// `column` says where in the text the node stood, counted from 1; 0: it was not read from text.
  /// Throws: DomainError for a tree deeper than `max_depth`, for a wrong number of operands and for
  ///         rows of different lengths.
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

/// What a node is made of: operands, arguments, the entries of a matrix row by row.
std::vector<Expression> children(const Expression& expression);

/// The same node made of other parts. Pre: as many as `children` gives.
Expression with_children(const Expression& expression, std::vector<Expression> parts);

/// The names of variables and constants in order of first appearance, each once.
std::vector<std::string> variables(const Expression& expression);

/// Whether a variable of this name stands anywhere in the tree.
bool contains(const Expression& expression, std::string_view variable);

/// The tree with every variable of this name replaced.
Expression substitute(const Expression& expression, std::string_view variable,
                      const Expression& replacement);

}  // namespace mathtool::math
