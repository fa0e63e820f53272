#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/shuffle.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using math::Philox;
using Words = std::array<std::uint32_t, 4>;

// Known answers: Random123 1.14.0, tests/kat_vectors, lines "philox4x32 10".
TEST_CASE("philox: the known answers of its authors", "[math]") {
  CHECK(Philox::rounds({0, 0, 0, 0}, {0, 0}) ==
        Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(
      Philox::rounds({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
      Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(
      Philox::rounds({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
      Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("philox: draws are the words of counter 0, 1, ... under the seed", "[math]") {
  Philox random(0, 0);
  CHECK(random() == 0xe169c58d6627e8d5u);
  CHECK(random() == 0x9b00dbd8bc57ac4cu);
  const Words second = Philox::rounds({1, 0, 0, 0}, {0, 0});
  CHECK(random() == (second[0] | std::uint64_t{second[1]} << 32));
}

TEST_CASE("philox: seeking gives the draw that counting gives", "[math]") {
  Philox counted(42, 7);
  std::vector<std::uint64_t> draws(20);
  for (auto& draw : draws) draw = counted();
  for (const std::size_t position : {0, 1, 2, 3, 10, 19}) {
    Philox sought(42, 7);
    sought.seek(position);
    for (std::size_t i = position; i < draws.size(); ++i) CHECK(sought() == draws[i]);
  }
}

TEST_CASE("philox: seeds and streams differ", "[math]") {
  CHECK(Philox(1, 0)() != Philox(2, 0)());
  CHECK(Philox(1, 0)() != Philox(1, 1)());
  CHECK(Philox(1, 0)() == Philox(1, 0)());
}

TEST_CASE("uniform: the ends are open and mean and variance are right", "[math]") {
  Philox random(1);
  double sum = 0, squares = 0, least = 1, most = 0;
  constexpr int n = 200'000;
  for (int i = 0; i < n; ++i) {
    const double u = math::uniform(random);
    sum += u;
    squares += (u - 0.5) * (u - 0.5);
    least = std::min(least, u);
    most = std::max(most, u);
  }
  CHECK(least > 0);
  CHECK(most < 1);
  CHECK_NEAR(sum / n, 0.5, test::monte_carlo(6, std::sqrt(1.0 / 12 / n)));
  // The fourth central moment of a uniform is 1/80, so the variance of (u − 1/2)² is 1/180.
  CHECK_NEAR(squares / n, 1.0 / 12, test::monte_carlo(6, std::sqrt(1.0 / 180 / n)));
}

TEST_CASE("uniform index: every value is equally likely", "[math]") {
  Philox random(3);
  std::vector<int> counts(7, 0);
  constexpr int n = 70'000;
  for (int i = 0; i < n; ++i) ++counts.at(math::uniform_index(random, 7));
  for (const int count : counts)
    CHECK_NEAR(count, n / 7.0, test::monte_carlo(6, std::sqrt(n * (1.0 / 7) * (6.0 / 7))));
  CHECK(math::uniform_index(random, 1) == 0);
  CHECK_THROWS_AS(math::uniform_index(random, 0), DomainError);
}

TEST_CASE("uniform index: a range beyond half of 2^64 stays unbiased", "[math]") {
  Philox random(4);
  const std::uint64_t n = 3ull << 62;  // plain remainders would favour the lower third twofold
  int low = 0;
  constexpr int draws = 30'000;
  for (int i = 0; i < draws; ++i) low += math::uniform_index(random, n) < n / 3;
  CHECK_NEAR(low, draws / 3.0, test::monte_carlo(6, std::sqrt(draws * 2.0 / 9)));
}

TEST_CASE("shuffle: it permutes, and each order is equally likely", "[math]") {
  Philox random(5);
  std::array<int, 6> counts{};
  constexpr int n = 60'000;
  for (int i = 0; i < n; ++i) {
    std::array<int, 3> items{0, 1, 2};
    math::shuffle(std::span<int>(items), random);
    CHECK(items[0] + items[1] + items[2] == 3);
    ++counts.at(static_cast<std::size_t>(2 * items[0] + (items[1] > items[2])));
  }
  for (const int count : counts)
    CHECK_NEAR(count, n / 6.0, test::monte_carlo(6, std::sqrt(n * (1.0 / 6) * (5.0 / 6))));
}

TEST_CASE("shuffle: nothing and one item stay as they are", "[math]") {
  Philox random(6);
  std::vector<int> none, one{7};
  math::shuffle(std::span<int>(none), random);
  math::shuffle(std::span<int>(one), random);
  CHECK(one == std::vector{7});
}
