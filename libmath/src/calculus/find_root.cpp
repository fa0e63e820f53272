#include "mathtool/math/calculus/find_root.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/error.hpp"
#include "root_verdict.hpp"

namespace mathtool::math {

Root find_root(FunctionRef<double(double)> f, double a, double b, const FindRootOptions& options) {
  require(std::isfinite(a) && std::isfinite(b) && a != b,
          "find_root: a bracket needs two different finite ends, got [{}, {}]", a, b);
  require(options.rel_tol >= 0 && options.abs_tol >= 0,
          "find_root: tolerances must be >= 0, got {} and {}", options.rel_tol, options.abs_tol);
  CountedFunction counted(f, options.max_evaluations, options.stop);
  const Bracket start{a, counted(a), b, counted(b)};
  if (std::isnan(start.fa) || std::isnan(start.fb))
    return failed_root(std::isnan(start.fa) ? a : b, std::isnan(start.fa) ? start.fa : start.fb,
                       Status::not_finite,
                       fmt::format("f is not a number at {}", std::isnan(start.fa) ? a : b),
                       counted);
  if (start.fa != 0 && start.fb != 0 && !opposite_signs(start.fa, start.fb)) {
    const bool first = std::abs(start.fa) <= std::abs(start.fb);
    return failed_root(first ? a : b, first ? start.fa : start.fb, Status::stalled,
                       fmt::format("f({}) = {:.6g} and f({}) = {:.6g} have the same sign: no "
                                   "bracket",
                                   a, start.fa, b, start.fb),
                       counted);
  }
  return bracketed_root(start, {std::min(a, b), std::max(a, b)}, std::abs(b - a) / 64,
                        {options.rel_tol, options.abs_tol}, counted);
}

}  // namespace mathtool::math
