#include "mathtool/math/random/uniform.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {

namespace {

/// The upper bits become the fraction of a number in [1, 2).
MATHTOOL_MULTIVERSION
void convert(std::span<const std::uint64_t> draws, double* out) {
  for (std::size_t i = 0, n = draws.size(); i < n; ++i)
    out[i] =
        std::bit_cast<double>(draws[i] >> 12 | std::bit_cast<std::uint64_t>(1.0)) - (1.0 - 0x1p-53);
}

}  // namespace

void uniform(Philox& random, std::span<double> out) {
  std::array<std::uint64_t, 1024> draws;
  for (std::size_t first = 0; first < out.size(); first += draws.size()) {
    const std::span<std::uint64_t> part =
        std::span(draws).first(std::min(draws.size(), out.size() - first));
    random.draw(part);
    convert(part, out.data() + first);
  }
}

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
