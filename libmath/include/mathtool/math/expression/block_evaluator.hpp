#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/function_table.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

enum class ValueType { number, text };

/// A variable that an expression may name.
struct VariableType {
  std::string name = {};
  ValueType type = ValueType::number;
};

/// Values of one variable in consecutive rows: a column of a matrix stored by rows has as stride
/// the number of columns.
struct NumberColumn {
  const double* first = nullptr;
  Index stride = 1;
};
struct TextColumn {
  const std::string_view* first = nullptr;
  Index stride = 1;
};
using ValueColumn = std::variant<NumberColumn, TextColumn>;

struct StripProgram;

/// An expression made ready for many rows: checked once against the variables there are, then
/// evaluated in strips of rows, one operation after the other.
///
/// Logic knows 0 (false) and all other numbers (true) but NaN, which is false; it returns 0 or 1.
/// Comparisons with NaN are false, except !=, which is true (IEEE 754): a missing value satisfies
/// no comparison. Texts are compared with texts alone, byte by byte. All operands are evaluated.
/// Factorials of whole numbers are correctly rounded, of others they are gamma(x + 1).
///
/// Throws:  DomainError for an unknown name or function, with the nearest one; for a text where a
///          number must stand, or the other way round; for a wrong number of arguments; for a text
///          as result.
/// Cost:    time for each operation and row, memory for a few strips. The order of evaluation and
///          so every bit is independent of how rows are cut into blocks.
class BlockEvaluator {
 public:
  /// A variable hides a constant of its name. `source` stands at the head of messages.
  BlockEvaluator(const Expression& expression, std::span<const VariableType> variables,
                 const FunctionTable& functions = elementary_functions(),
                 std::string_view source = "expression");
  BlockEvaluator(BlockEvaluator&&) noexcept;
  BlockEvaluator& operator=(BlockEvaluator&&) noexcept;
  ~BlockEvaluator();

  /// The variables that the expression reads, as positions in the list it was made with, ascending.
  const std::vector<Index>& used() const;

  /// Room for intermediate results, grown at first use. One per thread.
  struct Scratch {
    std::vector<double> registers = {};
    std::vector<const double*> arguments = {};
  };

  /// Evaluates result.size() rows. Pre: `columns` holds one column for each of `used()`, in that
  /// order and of that type, with so many rows.
  void evaluate(std::span<const ValueColumn> columns, std::span<double> result,
                Scratch& scratch) const;

 private:
  std::unique_ptr<const StripProgram> program_;
};

}  // namespace mathtool::math
