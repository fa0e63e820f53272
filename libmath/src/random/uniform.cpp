#include "mathtool/math/random/uniform.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::math {

std::uint64_t uniform_index(Philox& random, std::uint64_t n) {
  require(n >= 1, "uniform_index: n must be >= 1, got {}", n);
  __extension__ using Wide = unsigned __int128;
  Wide product = static_cast<Wide>(random()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t uneven = (0 - n) % n;  // 2⁶⁴ mod n values too many, drawn again
    while (static_cast<std::uint64_t>(product) < uneven) product = static_cast<Wide>(random()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

}  // namespace mathtool::math
