#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/least_squares/loss.hpp"
#include "mathtool/opt/least_squares/residuals.hpp"

namespace mathtool::opt {

/// What a descent needs of r and J at a point: with robust losses and weights put into both,
///     J = Q R,  q = Qᵀr,  ‖r + J h‖² = ‖q + R h‖² + rest
struct Linearization {
  Mat R = {};          ///< n × n, upper triangular
  Vec q = {};          ///< n
  double rest = 0;     ///< what no step takes away
  double cost = 0;     ///< Σ wᵢ c² ρ((rᵢ/c)²)
  double rss = 0;      ///< Σ wᵢ rᵢ²
  Index bad_row = -1;  ///< the first where r or J is NaN or infinite; −1: none

  bool finite() const { return bad_row < 0; }
};

/// The residuals as the descents see them: counted, weighted, reduced.
class ResidualReduction {
 public:
  struct Settings {
    Loss loss = Loss::linear;
    double scale = 1;
    std::span<const double> weights = {};
    RunControl run = {};
  };
  ResidualReduction(Residuals r, const Settings& settings) : r_(r), settings_(settings) {}

  Linearization at(const Vec& x);
  /// The cost alone, NaN where a residual is not finite.
  double cost(const Vec& x);

  std::int64_t evaluations() const { return evaluations_; }
  std::int64_t jacobians() const { return jacobians_; }
  Index rows() const { return rows_; }  ///< once there was an evaluation

 private:
  struct Block;
  Block reduce(Index first, Eigen::Ref<Vec> residuals, Mat* jacobian) const;
  template <class Take>
  void each_block(const Vec& x, bool derivatives, Take&& take);

  Residuals r_;
  Settings settings_;
  std::int64_t evaluations_ = 0, jacobians_ = 0;
  Index rows_ = 0;
  Vec whole_residuals_ = {};
  Mat whole_jacobian_ = {};
};

}  // namespace mathtool::opt
