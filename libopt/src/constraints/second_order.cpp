#include "mathtool/opt/constraints/second_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "critical_point.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/rank.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::opt {
namespace {

/// The rows that are not 0, each of length 1.
Mat unit_rows(std::initializer_list<const Mat*> parts, Index n) {
  Index k = 0;
  for (const Mat* part : parts) k += part->rows();
  Mat rows(k, n);
  k = 0;
  for (const Mat* part : parts)
    for (Index i = 0; i < part->rows(); ++i) {
      const double length = part->row(i).stableNorm();
      if (length > 0) rows.row(k++) = part->row(i) / length;
    }
  return rows.topRows(k);
}

Mat free_directions(const Mat& rows, Index n) {
  if (rows.rows() == 0) return Mat::Identity(n, n);
  return math::null_space(rows, {.tolerance = 1e-10});
}

/// The sign of v in which it leaves no constraint of `weak`; 0 if there is none.
int allowed_sign(const Mat& weak, const Vec& v) {
  const Vec along = weak * v;
  if (along.size() == 0 || along.maxCoeff() <= 1e-10) return 1;
  return along.minCoeff() >= -1e-10 ? -1 : 0;
}

}  // namespace

std::string_view to_string(SecondOrder kind) {
  switch (kind) {
    case SecondOrder::minimum: return "minimum";
    case SecondOrder::maximum: return "maximum";
    case SecondOrder::saddle: return "saddle";
    case SecondOrder::undetermined: return "undetermined";
  }
  return "?";
}

SecondOrderVerdict second_order(const MatRef& H, const ActiveGradients& active,
                                const SecondOrderOptions& options) {
  const Index n = H.rows();
  require<DimensionError>(n > 0 && H.cols() == n, "second_order: H is {} x {}", H.rows(), H.cols());
  for (const Mat* part : {&active.equalities, &active.strict, &active.weak}) {
    require<DimensionError>(part->rows() == 0 || part->cols() == n,
                            "second_order: gradients of {} for {} variables", part->cols(), n);
    require(part->allFinite(), "second_order: a gradient is not finite");
  }
  require<DimensionError>(active.signs.size() == active.strict.rows(),
                          "second_order: {} signs for {} constraints", active.signs.size(),
                          active.strict.rows());
  require(H.allFinite(), "second_order: the Hessian is not finite");
  require(options.tolerance >= 0 && options.scale >= 0,
          "second_order: tolerance and scale must be >= 0");

  SecondOrderVerdict result;
  const Mat strict = unit_rows({&active.equalities, &active.strict}, n);
  const Mat weak = unit_rows({&active.weak}, n);
  bool rises = active.signs.size() > 0 && active.signs.maxCoeff() > 0;
  bool falls = active.signs.size() > 0 && active.signs.minCoeff() < 0;
  const Mat Z = free_directions(strict, n);
  if (Z.cols() == 0) {
    result.kind = rises && falls ? SecondOrder::saddle
                  : falls        ? SecondOrder::maximum
                                 : SecondOrder::minimum;
    result.reason = "the active constraints leave no direction free";
    return result;
  }

  const Mat reduced = Z.transpose() * H * Z;
  const math::SymmetricEigen eigen = math::symmetric_eigen((reduced + reduced.transpose()) / 2);
  result.curvatures = eigen.values;
  const double zero = options.tolerance * std::max(H.cwiseAbs().maxCoeff(), options.scale);
  const Index k = eigen.values.size();
  const double most = eigen.values[0], least = eigen.values[k - 1];
  const auto flat_ones = (eigen.values.array().abs() <= zero).eval();
  const bool flat = flat_ones.any();
  result.flat.resize(n, flat_ones.count());
  for (Index j = 0, column = 0; j < k; ++j)
    if (flat_ones[j]) result.flat.col(column++) = Z * eigen.vectors.col(j);
  const std::string range =
      k == 1 ? fmt::format("the curvature along the free direction is {:.4g}", least)
             : fmt::format("the curvatures along {} free directions are {:.4g} to {:.4g}", k, least,
                           most);

  // Directions in which f falls must be among those that the weakly active constraints allow.
  bool hidden = false;
  for (Index j = k - 1; j >= 0 && eigen.values[j] < -zero; --j) {
    const Vec v = Z * eigen.vectors.col(j);
    const int sign = allowed_sign(weak, v);
    if (sign != 0) {
      falls = true;
      result.descent = sign * v;
      break;
    }
    hidden = true;
  }
  if (hidden && result.descent.size() == 0) {
    const Mat inner = free_directions(unit_rows({&strict, &weak}, n), n);
    if (inner.cols() > 0) {
      const Mat M = inner.transpose() * H * inner;
      const math::SymmetricEigen within = math::symmetric_eigen((M + M.transpose()) / 2);
      const Index last = within.values.size() - 1;
      if (within.values[last] < -zero) {
        falls = true;
        result.descent = inner * within.vectors.col(last);
      }
    }
  }
  rises = rises || most > zero;

  result.reason = range;
  if (hidden && result.descent.size() == 0) {
    result.kind = SecondOrder::undetermined;
    result.reason += "; constraints that are active with multiplier 0 decide";
  } else if (rises && falls) {
    result.kind = SecondOrder::saddle;
  } else if (flat) {
    result.kind = SecondOrder::undetermined;
    result.reason +=
        fmt::format("; of which {:.2g} cannot be told from 0", eigen.values.cwiseAbs().minCoeff());
  } else {
    result.kind = falls ? SecondOrder::maximum : SecondOrder::minimum;
  }
  return result;
}

SecondOrderVerdict second_order(Objective f, const VecRef& x, const Box& box) {
  require(x.size() > 0 && x.allFinite(), "second_order: x must be finite and not empty");
  box.validate(x.size());
  const ConstrainedProblem problem{.f = f, .box = box};
  const StoppingOptions limits;
  ConstrainedEvaluations calls(problem, limits);
  ConstrainedIterate at{.x = x};
  box.project(at.x);
  at.multipliers = Vec::Zero(0);
  at.bound_multipliers = Vec::Zero(x.size());
  if (!calls(at)) return {.reason = "f or its gradient is not finite there"};
  // As near to a bound as methods come that never touch it.
  for (Index i = 0; i < x.size() && !box.unbounded(); ++i) {
    const double room = nearly_active * std::max(1.0, std::abs(at.x[i]));
    if ((at.x[i] <= box.low[i] + room && at.gradient[i] > 0) ||
        (at.x[i] >= box.high[i] - room && at.gradient[i] < 0))
      at.bound_multipliers[i] = -at.gradient[i];
  }
  return verdict_at(calls, at);
}

}  // namespace mathtool::opt
