#include "mathtool/opt/free_variables.hpp"

#include <utility>

namespace mathtool::opt {

bool FreeVariables::update(const Box& box, const Iterate& now) {
  if (box.unbounded()) return false;
  Vec mask = Vec::Ones(now.x.size());
  bool held = false;
  for (Index i = 0; i < mask.size(); ++i) {
    const double x = now.x[i], g = now.gradient[i];
    if ((x == box.low[i] && g >= 0) || (x == box.high[i] && g <= 0)) mask[i] = 0, held = true;
  }
  if (!held) mask.resize(0);
  const bool changed = mask.size() != mask_.size() || mask != mask_;
  mask_ = std::move(mask);
  return changed;
}

void keep_inside(const Box& box, const Vec& x, Vec& direction) {
  if (box.unbounded()) return;
  for (Index i = 0; i < x.size(); ++i)
    if ((x[i] <= box.low[i] && direction[i] < 0) || (x[i] >= box.high[i] && direction[i] > 0))
      direction[i] = 0;
}

}  // namespace mathtool::opt
