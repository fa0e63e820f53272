#include "latin_hypercube.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/shuffle.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::opt {

Mat latin_hypercube(const Box& box, Index points, std::uint64_t seed) {
  math::Philox random(seed);
  Mat x(box.low.size(), points);
  std::vector<Index> pieces(static_cast<std::size_t>(points));
  for (Index i = 0; i < x.rows(); ++i) {
    std::iota(pieces.begin(), pieces.end(), Index{0});
    math::shuffle(std::span(pieces), random);
    for (Index j = 0; j < points; ++j) {
      const double share =
          (static_cast<double>(pieces[static_cast<std::size_t>(j)]) + math::uniform(random)) /
          static_cast<double>(points);
      // Not low + share (high − low), which overflows for the widest of boxes.
      x(i, j) = (1 - share) * box.low[i] + share * box.high[i];
    }
  }
  for (Index j = 0; j < points; ++j) box.project(x.col(j));
  return x;
}

void require_finite(const Box& box, const char* method) {
  require(!box.unbounded(), "{}: it searches between bounds, and there are none; give them",
          method);
  for (Index i = 0; i < box.low.size(); ++i)
    require(std::isfinite(box.low[i]) && std::isfinite(box.high[i]),
            "{}: it searches between finite bounds, those of variable {} are {} and {}", method,
            i + 1, box.low[i], box.high[i]);
}

}  // namespace mathtool::opt
