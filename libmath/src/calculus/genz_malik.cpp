#include "genz_malik.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/compensated_sum.hpp"

namespace mathtool::math {
namespace {

struct Box {
  std::vector<double> centre, half;
  double value = 0.0, error = 0.0, magnitude = 0.0;
  std::size_t widest = 0;  ///< the side on which f varies most

  bool operator<(const Box& other) const { return error < other.error; }
};

class GenzMalikRule {
 public:
  explicit GenzMalikRule(const UnitCubeIntegrand& f)
      : f_(f), d_(f.dimensions()), n_(static_cast<double>(d_)), point_(d_), x_(d_) {}

  std::int64_t nodes() const {
    const auto d = static_cast<std::int64_t>(d_);
    return (std::int64_t{1} << d) + 2 * d * d + 2 * d + 1;
  }

  void apply(Box& box) {
    // The distances of the nodes from the centre as shares of half a side, after the paper.
    const double inner = std::sqrt(9.0 / 70), outer = std::sqrt(9.0 / 10),
                 corner = std::sqrt(9.0 / 19);
    constexpr double ratio = 1.0 / 7;  // inner² / outer²
    point_ = box.centre;
    const double middle = at();
    magnitude_ = std::abs(middle);
    double on_inner = 0.0, on_outer = 0.0, on_pairs = 0.0, on_corners = 0.0;
    double most = -1.0;
    for (std::size_t k = 0; k < d_; ++k) {
      const double near = both(box, k, inner), far = both(box, k, outer);
      on_inner += near;
      on_outer += far;
      // A fourth difference. Sides on which f is linear or quadratic are equal: the longest.
      const double variation = std::abs(near - 2 * middle - ratio * (far - 2 * middle));
      if (variation > most * (1 + 1e-9) ||
          (variation >= most * (1 - 1e-9) && box.half[k] > box.half[box.widest])) {
        most = variation;
        box.widest = k;
      }
    }
    for (std::size_t j = 0; j < d_; ++j)
      for (std::size_t k = j + 1; k < d_; ++k)
        for (const double side : {-outer, outer}) {
          point_[j] = box.centre[j] + side * box.half[j];
          on_pairs += both(box, k, outer);
          point_[j] = box.centre[j];
        }
    for (std::size_t mask = 0; mask < (std::size_t{1} << d_); ++mask) {
      for (std::size_t k = 0; k < d_; ++k)
        point_[k] = box.centre[k] + ((mask >> k) & 1 ? corner : -corner) * box.half[k];
      on_corners += take();
    }
    double volume = 1.0;
    for (double half : box.half) volume *= 2 * half;
    const double seventh = (12824 - 9120 * n_ + 400 * n_ * n_) / 19683 * middle +
                           980.0 / 6561 * on_inner + (1820 - 400 * n_) / 19683 * on_outer +
                           200.0 / 19683 * on_pairs +
                           6859.0 / 19683 * std::ldexp(on_corners, -static_cast<int>(d_));
    const double fifth = (729 - 950 * n_ + 50 * n_ * n_) / 729 * middle + 245.0 / 486 * on_inner +
                         (265 - 100 * n_) / 1458 * on_outer + 25.0 / 729 * on_pairs;
    box.value = volume * seventh;
    box.error = volume * std::abs(seventh - fifth);
    box.magnitude = volume * magnitude_ / static_cast<double>(nodes());
  }

 private:
  double at() { return f_(point_, x_); }

  double take() {
    const double y = at();
    magnitude_ += std::abs(y);
    return y;
  }

  /// f on both sides of the centre of side k.
  double both(const Box& box, std::size_t k, double share) {
    double sum = 0.0;
    for (const double side : {-share, share}) {
      point_[k] = box.centre[k] + side * box.half[k];
      sum += take();
    }
    point_[k] = box.centre[k];
    return sum;
  }

  const UnitCubeIntegrand& f_;
  std::size_t d_;
  double n_;
  std::vector<double> point_, x_;
  double magnitude_ = 0.0;  // Σ|f| over the nodes of a box
};

Estimate add_up(const std::vector<Box>& boxes, double& magnitude) {
  CompensatedSum value;
  Estimate sum;
  sum.error = magnitude = 0.0;
  for (const Box& box : boxes) {
    value += box.value;
    sum.error += box.error;
    magnitude += box.magnitude;
  }
  sum.value = value.value();
  sum.error += 8 * std::numeric_limits<double>::epsilon() * magnitude;
  return sum;
}

}  // namespace

Estimate integrate_by_boxes(const UnitCubeIntegrand& f, const CubatureOptions& options,
                            std::int64_t most) {
  GenzMalikRule rule(f);
  std::vector<Box> boxes(1);
  boxes[0].centre.assign(f.dimensions(), 0.5);
  boxes[0].half.assign(f.dimensions(), 0.5);
  rule.apply(boxes[0]);
  std::int64_t evaluations = rule.nodes();
  double error = boxes[0].error, target = 0.0;  // of the boxes together, but for rounding
  for (std::size_t step = 1;; ++step) {
    options.stop.check();
    // Adding up afresh costs as much as there are boxes, so it is done ever more rarely.
    if (error <= target || step % (1 + boxes.size() / 8) == 0 || evaluations >= most) {
      double magnitude = 0.0;
      Estimate sum = add_up(boxes, magnitude);
      sum.evaluations = evaluations;
      if (!std::isfinite(sum.value)) {
        sum.status = Status::not_finite;
        sum.reason = "the integrand is not finite at a node";
        return sum;
      }
      target = std::max({options.abs_tol, options.rel_tol * std::abs(sum.value),
                         32 * std::numeric_limits<double>::epsilon() * magnitude});
      error = sum.error;
      if (error <= target) {
        sum.status = Status::converged;
        return sum;
      }
      if (evaluations >= most) {
        sum.reason = fmt::format("the estimated error is still {:.2g} after {} evaluations", error,
                                 evaluations);
        return sum;
      }
    }
    std::pop_heap(boxes.begin(), boxes.end());
    Box& left = boxes.back();
    error -= left.error;
    const std::size_t k = left.widest;
    left.half[k] *= 0.5;
    Box right = left;
    left.centre[k] -= left.half[k];
    right.centre[k] += right.half[k];
    rule.apply(left);
    rule.apply(right);
    evaluations += 2 * rule.nodes();
    error += left.error + right.error;
    std::push_heap(boxes.begin(), boxes.end());
    boxes.push_back(std::move(right));
    std::push_heap(boxes.begin(), boxes.end());
  }
}

}  // namespace mathtool::math
