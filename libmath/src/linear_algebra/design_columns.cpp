#include "linear_algebra/design_columns.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/error.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {

DesignColumns::DesignColumns(const MatRef& raw, std::span<const DesignTerm> terms, const VecRef& y,
                             Vec centres)
    : raw_(raw), terms_(terms), y_(y), raw_units_(raw.cols()), centres_(std::move(centres)) {
  require<DimensionError>(raw.rows() == y.size(), "least_squares: X has {} rows, y has {} entries",
                          raw.rows(), y.size());
  require<DimensionError>(!terms.empty() && y.size() > 0,
                          "least_squares: {} rows and {} columns leave nothing to fit", y.size(),
                          terms.size());
  require(y.allFinite(), "least_squares: y contains NaN or infinite entries");
  require(raw.allFinite(), "least_squares: X contains NaN or infinite entries");
  y_exponent_ = std::ilogb(power_of_two_near(y.cwiseAbs().maxCoeff()));
  for (Index j = 0; j < raw.cols(); ++j) {
    const double largest = (raw.col(j).array() - centres_[j]).abs().maxCoeff();
    raw_units_[j] = power_of_two_near(largest);
  }
  for (const DesignTerm& term : terms) {
    int exponent = 0;
    for (const Index factor : term) {
      require(factor >= 0 && factor < raw.cols(),
              "least_squares: a term names column {} of {} raw columns", factor, raw.cols());
      exponent += raw_exponent(factor);
    }
    exponents_.push_back(exponent);
  }
}

void DesignColumns::form(Index first, DoubleDoubleColumns& block) const {
  const Index rows = std::min(block.rows(), this->rows() - first);
  const double y_unit = std::ldexp(1.0, y_exponent_);
  for (Index j = 0; j < columns(); ++j)
    for (Index i = 0; i < rows; ++i) {
      DoubleDouble product{1.0};
      for (const Index factor : terms_[static_cast<std::size_t>(j)]) {
        const DoubleDouble deviation = two_sum(raw_(first + i, factor), -centres_[factor]);
        const double unit = raw_units_[factor];
        product = product * DoubleDouble{deviation.high / unit, deviation.low / unit};
      }
      block.set(i, j, product);
    }
  for (Index i = 0; i < rows; ++i) block.set(i, columns(), {y_[first + i] / y_unit});
  for (Index j = 0; j <= columns(); ++j)
    for (Index i = rows; i < block.rows(); ++i) block.set(i, j, {});
}

}  // namespace mathtool::math
