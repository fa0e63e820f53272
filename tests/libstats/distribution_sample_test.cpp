#include <bit>
#include <cstdint>
#include <vector>

#include "mathtool/stats/distribution_family.hpp"
#include "support/distribution_examples.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::test;
using stats::AnyDistribution;

namespace {

/// Fowler, Noll and Vo's hash (FNV-1a, 64 bits) of the bytes, lowest first.
std::uint64_t hash_of(std::span<const double> x) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const double value : x)
    for (int byte = 0; byte < 8; ++byte)
      hash = (hash ^ (std::bit_cast<std::uint64_t>(value) >> 8 * byte & 0xff)) * 0x100000001b3;
  return hash;
}

struct Golden {
  const char* distribution;
  std::uint64_t one_by_one, together;
};

constexpr Golden golden[] = {
#include "golden_samples.inc"
};

}  // namespace

TEST_CASE("samples: the bytes of 1000 draws of every distribution, whatever the compiler",
          "[stats]") {
  std::size_t found = 0;
  for (const std::string& text : distribution_examples()) {
    const AnyDistribution d = stats::parse_distribution(text);
    std::vector<double> one_by_one(1000), together(1000);
    math::Philox random(1), same(1);
    for (double& x : one_by_one) x = stats::sample(d, random);
    d.sample(same, together);
    if (!d.discrete()) CHECK(one_by_one == together);
    std::vector<double> parts(1000);
    math::Philox again(1);
    for (std::size_t first = 0; first < 1000; first += 125)
      d.sample(again, std::span(parts).subspan(first, 125));
    CHECK(parts == together);
    INFO("{\"" << text << "\", 0x" << std::hex << hash_of(one_by_one) << ", 0x" << hash_of(together)
               << "},");
    const bool known = found < std::size(golden) && golden[found].distribution == text;
    CHECK(known);
    if (!known) continue;
    CHECK(hash_of(one_by_one) == golden[found].one_by_one);
    CHECK(hash_of(together) == golden[found].together);
    ++found;
  }
  CHECK(found == std::size(golden));
}
