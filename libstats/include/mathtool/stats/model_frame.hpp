#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/formula.hpp"

namespace mathtool::stats {

/// A column of a table as a formula may name it.
struct FormulaColumn {
  std::string name = {};
  bool text = false;
  bool offered = true;  ///< whether `.` stands for it too
};

/// Rows of the columns that a frame reads.
struct FrameRows {
  const RowMat& numbers;                         ///< n × numbers()
  std::span<const std::string_view> texts = {};  ///< n × texts(), row after row

  std::string_view text(Index row, Index place) const {
    const Index per_row = std::ssize(texts) / numbers.rows();
    return texts[static_cast<std::size_t>(row * per_row + place)];
  }
};

/// A formula bound to the columns of a table: which of them it reads, which variables are factors,
/// and its terms, each once, shorter ones first.
class ModelFrame {
 public:
  struct Variable {
    enum class Kind { column, factor, polynomial, expression };
    Kind kind = Kind::column;
    std::string label = {};
    std::string source = {};  ///< as a formula writes it
    bool text = false;        ///< of a factor: its levels are texts
    Index place = 0;          ///< among the numbers, of a factor of texts among the texts
    int degree = 1;
    bool only_highest = false;
    std::shared_ptr<const math::BlockEvaluator> evaluator = {};  ///< of an expression
    std::vector<std::pair<bool, Index>> inputs = {};  ///< of it: whether text, and its place
  };
  using Term = std::vector<std::size_t>;  ///< variables that are multiplied, ascending

  /// Throws: math::FormulaError for a name that is no column, with the nearest one, for a text
  ///         where a number must stand, and for a response that is a term too.
  ModelFrame(const Formula& formula, std::span<const FormulaColumn> columns);

  /// The formula with its terms one by one, `.` and `*` spread out.
  std::string formula() const;
  const std::vector<Index>& numbers() const { return numbers_; }  ///< columns read as numbers
  const std::vector<Index>& texts() const { return texts_; }      ///< columns read as texts
  const std::vector<Variable>& variables() const { return variables_; }
  const Variable& response() const { return response_; }
  const std::vector<Term>& terms() const { return terms_; }
  bool intercept() const { return intercept_; }
  /// How many of the numbers and texts, the first ones, the terms read; the others are the
  /// response's.
  Index term_numbers() const { return term_numbers_; }
  Index term_texts() const { return term_texts_; }
  std::string label(const Term& term) const;  ///< "a:b"

  /// Variables that are factors, the response behind them if it is one.
  std::vector<const Variable*> factors() const;

 private:
  class Binder;
  std::vector<Index> numbers_ = {}, texts_ = {};
  std::vector<Variable> variables_ = {};
  Variable response_ = {};
  std::vector<Term> terms_ = {};
  bool intercept_ = true;
  Index term_numbers_ = 0, term_texts_ = 0;
};

/// The levels that the factors of a frame have in some rows. Numbers stand in their order, texts in
/// that of their bytes.
class FactorLevels {
 public:
  explicit FactorLevels(const ModelFrame& frame);

  void push(const FrameRows& rows);
  void merge(const FactorLevels& other);

  /// One list per factor, in the order of `ModelFrame::factors`; numbers by their shortest
  /// decimals.
  std::vector<std::vector<std::string>> sorted() const;

 private:
  struct Levels {
    bool text = false;
    Index place = 0;
    std::set<std::string, std::less<>> texts = {};
    std::set<double> numbers = {};
  };
  std::vector<Levels> factors_ = {};
};

}  // namespace mathtool::stats
