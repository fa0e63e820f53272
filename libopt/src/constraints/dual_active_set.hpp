#pragma once

#include <optional>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/quadratic_program.hpp"

namespace mathtool::opt {

/// The method of Goldfarb and Idnani for H that is positive definite, given by its Cholesky factor.
/// Every constraint, bounds too, becomes one row aᵀx ≤ b of length 1; an equality one that stays.
class DualActiveSet {
 public:
  /// L Lᵀ = H of the problem. Pre: the problem outlives this.
  DualActiveSet(const QuadraticProgram& problem, Mat L);

  /// Minimises with `c` for that of the problem.
  QuadraticMinimum solve(const Vec& c);

  /// The rows that hold with equality at the last solution, E A and bounds in one order, for a
  /// second solution of the equations.
  struct Row {
    Vec normal = {};  ///< of length 1, or 0
    double limit = 0;
    double length = 1;  ///< of the row as it was given
    bool equality = false;
    enum class Kind { equality, inequality, lower, upper } kind = Kind::equality;
    Index index = 0;  ///< among its kind
  };
  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<std::size_t>& active() const { return active_; }

  /// Multipliers of the active rows as those of the problem; `as_given`: of the rows as they stand,
  /// not as equalities met from below were turned.
  void write_multipliers(const Vec& active_multipliers, QuadraticMinimum& result,
                         bool as_given = false) const;

  /// How much row i is violated at x, and how much of that may be rounding.
  double excess(std::size_t i, const Vec& x) const;
  double rounding(std::size_t i, const Vec& x) const;

 private:
  void add_row(const Vec& normal, double limit, bool equality, Row::Kind kind, Index index);
  std::optional<std::string> take_up(std::size_t row, Vec& x, int& iterations);
  void append(std::size_t row, double sign, const Vec& transformed, double multiplier);
  void drop(Index position);
  std::string name(const Row& row) const;

  const QuadraticProgram& problem_;
  Mat L_;
  std::vector<Row> rows_ = {};
  std::vector<std::size_t> active_ = {};
  std::vector<double> signs_ = {};        ///< −1: an equality that was met from below
  std::vector<double> multipliers_ = {};  ///< of the active rows with their signs
  Mat T_ = {}, Q_ = {}, R_ = {};  ///< L⁻¹ normals of the active rows = Q R, in the first columns
};

}  // namespace mathtool::opt
