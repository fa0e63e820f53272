#include "linear_algebra/double_double_triangle.hpp"

#include <cmath>
#include <utility>

namespace mathtool::math {

HouseholderReflection::HouseholderReflection(const DoubleDouble& alpha,
                                             const DoubleDouble& tail_squares) {
  const DoubleDouble norm = sqrt(alpha * alpha + tail_squares);
  diagonal = alpha.high > 0 ? -norm : norm;  // no cancellation in the head
  head = alpha - diagonal;
  factor = DoubleDouble{2.0} / (head * head + tail_squares);
}

void DoubleDoubleTriangle::absorb(DoubleDoubleColumns& block) {
  const Index p = R_.cols();
  for (Index j = 0; j < p; ++j) {
    const DoubleDouble tail_squares = block.dot(j, j);
    if (!(tail_squares.high > 0)) continue;
    const HouseholderReflection reflection(R_(j, j), tail_squares);
    R_.set(j, j, reflection.diagonal);
    for (Index k = j + 1; k < p; ++k) {
      const DoubleDouble along = (reflection.head * R_(j, k) + block.dot(j, k)) * reflection.factor;
      R_.set(j, k, R_(j, k) - along * reflection.head);
      block.add_multiple(-along, j, k);
    }
  }
}

IndependentColumns independent_columns(const DoubleDoubleColumns& R, double tolerance) {
  const Index p = R.cols() - 1;
  DoubleDoubleColumns A = R;
  DoubleDoubleColumns tail(R.rows(), 1);  // of the column at hand: what is below the diagonal
  std::vector<Index> kept, dependent;
  std::vector<double> distances;
  for (Index j = 0; j < p; ++j) {
    const Index row = std::ssize(kept);
    const double length = std::sqrt(A.dot(j, j).high);
    for (Index i = 0; i < A.rows(); ++i) tail.set(i, 0, i > row ? A(i, j) : DoubleDouble{});
    const DoubleDouble tail_squares = tail.dot(0, 0), alpha = A(row, j);
    const double distance = std::sqrt((alpha * alpha + tail_squares).high);
    if (!(distance > tolerance * length)) {
      dependent.push_back(j);
      distances.push_back(length > 0 ? distance / length : 0.0);
      continue;
    }
    kept.push_back(j);
    if (!(tail_squares.high > 0)) continue;
    const HouseholderReflection reflection(alpha, tail_squares);
    A.set(row, j, reflection.diagonal);
    for (Index k = j + 1; k <= p; ++k) {
      const DoubleDouble along =
          (reflection.head * A(row, k) + tail.dot(0, A, k)) * reflection.factor;
      A.set(row, k, A(row, k) - along * reflection.head);
      A.add_multiple(-along, tail, 0, k);
    }
  }
  const Index rank = std::ssize(kept);
  DoubleDoubleColumns upper(rank, rank), projection(rank, 1);
  for (Index j = 0; j < rank; ++j) {
    for (Index i = 0; i <= j; ++i) upper.set(i, j, A(i, kept[static_cast<std::size_t>(j)]));
    projection.set(j, 0, A(j, p));
  }
  return {std::move(kept), std::move(dependent), std::move(distances), std::move(upper),
          std::move(projection)};
}

void solve_upper(const DoubleDoubleColumns& R, DoubleDoubleColumns& B, Index k) {
  for (Index i = R.cols(); i-- > 0;) {
    const DoubleDouble x = B(i, k) / R(i, i);
    B.add_multiple(-x, R, i, k);
    B.set(i, k, x);
  }
}

void solve_upper_transposed(const DoubleDoubleColumns& R, DoubleDoubleColumns& B, Index k) {
  DoubleDoubleColumns x(R.cols(), 1);
  for (Index i = 0; i < R.cols(); ++i) x.set(i, 0, (B(i, k) - R.dot(i, x, 0)) / R(i, i));
  for (Index i = 0; i < R.cols(); ++i) B.set(i, k, x(i, 0));
}

}  // namespace mathtool::math
