#include "mathtool/math/calculus/integrate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "adaptive_panels.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

/// Where the range is cut: 0, beside which formulas have their features, and the caller's breaks.
std::vector<double> cuts_within(double low, double high, std::span<const double> breaks) {
  std::vector<double> cuts(breaks.begin(), breaks.end());
  cuts.push_back(0.0);
  std::erase_if(cuts, [&](double cut) { return !(low < cut && cut < high); });
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

void check_options(const IntegrateOptions& options) {
  require(options.rel_tol >= 0.0 && options.abs_tol >= 0.0,
          "integrate: tolerances must be >= 0, got rel_tol = {} and abs_tol = {}", options.rel_tol,
          options.abs_tol);
  require(options.max_evaluations > 0, "integrate: max_evaluations must be > 0, got {}",
          options.max_evaluations);
  require(options.zero_scan >= 0, "integrate: zero_scan must be >= 0, got {}", options.zero_scan);
  require(options.scan >= 21, "integrate: scan must be >= 21, got {}", options.scan);
}

}  // namespace

Integral integrate(FunctionRef<double(double)> f, double a, double b,
                   const IntegrateOptions& options) {
  require(!std::isnan(a) && !std::isnan(b), "integrate: limits must be numbers, got [{}, {}]", a,
          b);
  check_options(options);
  if (a == b) {
    Integral nothing;
    nothing.value = nothing.error = 0.0;
    nothing.widest_gap = 0.0;
    nothing.status = Status::converged;
    return nothing;
  }
  const double low = std::min(a, b), high = std::max(a, b);
  std::vector<double> places = cuts_within(low, high, options.breaks);
  if (std::isfinite(low)) places.insert(places.begin(), low);
  if (std::isfinite(high)) places.push_back(high);

  const int inner = static_cast<int>(places.size()) - 1;
  AdaptivePanels panels(f, low, high, inner + 2 * (std::isinf(low) + std::isinf(high)), options);
  for (std::size_t i = 1; i < places.size(); ++i)
    panels.add_piece(places[i - 1], places[i], true, true);
  const auto scale = [](double x) { return std::max(1.0, std::abs(x)); };
  if (std::isinf(low)) panels.add_infinite_piece(places.front(), -scale(places.front()));
  if (std::isinf(high)) panels.add_infinite_piece(places.back(), scale(places.back()));
  Integral result = panels.integrate();
  if (a > b) result.value = -result.value;
  return result;
}

}  // namespace mathtool::math
