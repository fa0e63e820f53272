#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/stats/model_frame.hpp"

namespace mathtool::stats {

/// Rows of a design before they are multiplied out.
struct DesignRows {
  RowMat raw = {};               ///< n × raw columns
  Vec y = {};                    ///< n; of a factor 0 for its first level, 1 for the second, ...
  std::vector<Index> rows = {};  ///< which of the rows given they are: those where all is defined
};

/// The design matrix of a formula, made block by block: columns as products of raw ones (numbers,
/// expressions, indicators of levels), so that a fit may form them in doubled precision.
///
/// A factor has one column for every level but the first where the term without it is in the model
/// too, else one for every level; without an intercept the first factor has all of its levels.
/// Ref: Chambers & Hastie, Statistical Models in S (1992), §2.3.
class Design {
 public:
  /// `levels` of each factor of the frame, in the order of `ModelFrame::factors`.
  /// Throws: InsufficientDataError for a factor with a single level.
  Design(ModelFrame frame, std::vector<std::vector<std::string>> levels);

  /// How many columns it would have, or infinity where a double does not count them. Cost: none of
  /// what the columns cost.
  static double count_columns(const ModelFrame& frame,
                              const std::vector<std::vector<std::string>>& levels);

  const ModelFrame& frame() const { return frame_; }
  const std::vector<std::vector<std::string>>& levels() const { return levels_; }
  bool intercept() const { return frame_.intercept(); }
  Index columns() const { return std::ssize(names_); }  ///< the intercept is the first
  const std::vector<std::string>& names() const { return names_; }
  /// Of each column the term it belongs to, from 0; −1 for the intercept.
  const std::vector<Index>& term_of() const { return term_of_; }
  const std::vector<math::DesignTerm>& products() const { return products_; }
  const std::vector<std::string>& response_levels() const;  ///< empty unless it is a factor

  /// Whether the numbers of a row are those of the design, in order, the response behind them.
  bool is_plain() const { return plain_; }

  /// Evaluates rows; those where an expression is undefined or a level unknown are left out.
  /// Throws: InsufficientDataError where an expression is infinite.
  DesignRows evaluate(const FrameRows& rows, bool with_response = true) const;

  /// The columns multiplied out, n × columns().
  RowMat expand(const RowMatRef& raw) const;

 private:
  struct RawColumn {
    enum class Kind { number, level, expression };
    Kind kind;
    std::size_t variable;  ///< of kinds level and expression
    Index place = 0;       ///< of a number
    Index level = 0;
  };
  struct Part {  ///< one column that a variable contributes to a term
    std::string name;
    math::DesignTerm raw;
  };

  void add_columns();
  std::vector<Part> parts_of(std::size_t variable, bool all_levels);
  Index raw_index(const RawColumn& column);
  std::size_t factor_index(std::size_t variable) const;
  std::vector<Index> codes(const FrameRows& rows, const ModelFrame::Variable& factor,
                           std::size_t index) const;
  Vec values(const FrameRows& rows, const ModelFrame::Variable& variable) const;

  ModelFrame frame_;
  std::vector<std::vector<std::string>> levels_;
  std::vector<std::vector<double>> numeric_levels_ = {};  ///< of factors of numbers
  std::vector<RawColumn> raw_ = {};
  std::map<std::tuple<RawColumn::Kind, std::size_t, Index>, Index> raw_places_ = {};
  std::vector<std::string> names_ = {};
  std::vector<Index> term_of_ = {};
  std::vector<math::DesignTerm> products_ = {};
  bool plain_ = false;
};

}  // namespace mathtool::stats
