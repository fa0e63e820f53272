#include "singular_cell.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bracket.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

struct Step {
  GraphPoint left, right;
  double height() const { return std::abs(right.f - left.f); }
};

/// The step between neighbouring doubles that is left when halves with the smaller step are
/// dropped.
Step steepest(Step step, FunctionRef<double(double)> f) {
  while (true) {
    const double middle = middle_double(step.left.x, step.right.x);
    if (middle == step.left.x || middle == step.right.x) return step;
    const GraphPoint sample{middle, f(middle)};
    if (!std::isfinite(sample.f)) return step;
    if (std::abs(sample.f - step.left.f) >= std::abs(step.right.f - sample.f))
      step.right = sample;
    else
      step.left = sample;
  }
}

}  // namespace

SingularCell singular_cell(const ChebyshevPiece& piece, FunctionRef<double(double)> f) {
  const GraphPoint a{piece.a, piece.fa}, b{piece.b, piece.fb};
  SingularCell cell;
  cell.samples = {a, b};
  cell.x = a.x / 2 + b.x / 2;
  cell.error = (b.x - a.x) / 2;

  // A peak or a pit inside, of a kink or of a pole.
  std::vector<GraphPoint> inner;
  double lowest = std::min(a.f, b.f), highest = std::max(a.f, b.f);
  const double rounding =
      16 * std::numeric_limits<double>::epsilon() * std::max(std::abs(a.f), std::abs(b.f));
  for (const double sign : {1.0, -1.0}) {
    const double x = least_point([&](double t) { return sign * f(t); }, a.x, b.x);
    GraphPoint peak{x, f(x)};
    if (a.x < 0 && 0 < b.x && sign * f(0.0) <= sign * peak.f) peak = {0.0, f(0.0)};
    const double edge = std::min(sign * a.f, sign * b.f);
    if (!(sign * peak.f < edge - rounding)) continue;
    inner.push_back(peak);
    lowest = std::min(lowest, peak.f), highest = std::max(highest, peak.f);
  }
  std::sort(inner.begin(), inner.end(),
            [](const GraphPoint& p, const GraphPoint& q) { return p.x < q.x; });

  // A continuous function moves little from one double to the next.
  Step step = steepest({a, b}, f);
  for (const GraphPoint& peak : inner)
    for (const Step& side : {steepest({a, peak}, f), steepest({peak, b}, f)})
      if (side.height() > step.height()) step = side;
  const double movement = highest - lowest;
  const double ends = std::max(std::abs(a.f), std::abs(b.f));
  const bool grown = movement > 1000 * ends;
  const bool leaps = !(step.height() <= 0.05 * movement) && movement > rounding;
  if (grown || leaps) {
    cell.x = step.left.x;
    cell.error = step.right.x - step.left.x;
    const bool pole = grown || !(step.height() >= 0.3 * movement);
    cell.kind = pole ? SingularCell::Kind::pole : SingularCell::Kind::jump;
    if (pole && !inner.empty() && !std::isfinite(inner.front().f))
      cell.x = inner.front().x,
      cell.error = std::numeric_limits<double>::epsilon() * std::abs(cell.x);
    const auto beyond = [](double end) { return std::copysign(infinity, end); };
    if (pole && !inner.empty() && !opposite_signs(a.f, b.f))
      cell.samples = {a, {step.left.x, beyond(inner.front().f)}, b};
    else if (pole)
      cell.samples = {a, {step.left.x, beyond(a.f)}, {step.right.x, beyond(b.f)}, b};
    else
      cell.samples = {a, step.left, step.right, b};
    return cell;
  }
  if (inner.size() == 1) {
    cell.x = inner.front().x;
    cell.error = 4 * (std::nextafter(std::abs(cell.x), infinity) - std::abs(cell.x));
  }
  cell.samples.insert(cell.samples.begin() + 1, inner.begin(), inner.end());
  return cell;
}

}  // namespace mathtool::math
