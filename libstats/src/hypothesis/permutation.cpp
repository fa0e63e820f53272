#include "mathtool/stats/hypothesis/permutation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/math/random/shuffle.hpp"

namespace mathtool::stats {
namespace {

constexpr std::int64_t shuffles_per_block = 64;  // a stream of random bits each

/// Values that differ by rounding alone are ties.
constexpr double equal_to = 1e-12;

bool is_as_extreme(double value, double observed, Alternative alternative) {
  if (alternative == Alternative::two_sided) value = std::abs(value), observed = std::abs(observed);
  const double slack = equal_to * std::abs(observed);
  return alternative == Alternative::less ? value <= observed + slack : value >= observed - slack;
}

/// `statistic_of_next(random, room)` draws an arrangement into the room of a thread.
template <class Room, class Draw>
PermutationTest repeat(double observed, const Room& room, const Draw& draw,
                       const PermutationOptions& options) {
  require(options.permutations >= 1, "permutation test: permutations must be >= 1, got {}",
          options.permutations);
  const std::int64_t blocks = (options.permutations + shuffles_per_block - 1) / shuffles_per_block;
  std::vector<std::int64_t> extreme(static_cast<std::size_t>(blocks), 0);
  math::parallel_for(
      blocks,
      [&](Index block) {
        if (options.run.stop.stop_requested()) return;
        math::Philox random(options.seed, static_cast<std::uint64_t>(block));
        Room own = room;
        const std::int64_t end = std::min(options.permutations, (block + 1) * shuffles_per_block);
        for (std::int64_t i = block * shuffles_per_block; i < end; ++i)
          extreme[static_cast<std::size_t>(block)] +=
              is_as_extreme(draw(own, random), observed, options.alternative);
      },
      options.run.threads);
  options.run.stop.check();
  const auto as_extreme =
      static_cast<double>(std::accumulate(extreme.begin(), extreme.end(), std::int64_t{0}));
  const auto all = static_cast<double>(options.permutations);
  PermutationTest result{.statistic = observed,
                         .p_value = (1 + as_extreme) / (1 + all),
                         .permutations = options.permutations};
  result.std_error = std::sqrt(result.p_value * (1 - result.p_value) / all);
  return result;
}

}  // namespace

PermutationTest permute_groups(std::span<const std::vector<double>> groups,
                               FunctionRef<double(GroupedValues)> statistic,
                               const PermutationOptions& options) {
  std::vector<double> all;
  for (const std::vector<double>& group : groups) all.insert(all.end(), group.begin(), group.end());
  require<InsufficientDataError>(!all.empty(), "there are no values to permute");
  const auto of = [&](const std::vector<double>& values) {
    std::vector<std::span<const double>> parts;
    std::size_t next = 0;
    for (const std::vector<double>& group : groups) {
      parts.push_back(std::span(values).subspan(next, group.size()));
      next += group.size();
    }
    return statistic(parts);
  };
  return repeat(
      of(all), all,
      [&](std::vector<double>& values, math::Philox& random) {
        math::shuffle(std::span(values), random);
        return of(values);
      },
      options);
}

PermutationTest flip_signs(std::span<const double> differences,
                           FunctionRef<double(std::span<const double>)> statistic,
                           const PermutationOptions& options) {
  require<InsufficientDataError>(!differences.empty(), "there are no values to permute");
  const std::vector<double> all(differences.begin(), differences.end());
  return repeat(
      statistic(all), all,
      [&](std::vector<double>& values, math::Philox& random) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
          if (i % 64 == 0) bits = random();
          values[i] = bits & 1 ? all[i] : -all[i];
          bits >>= 1;
        }
        return statistic(values);
      },
      options);
}

PermutationTest permute_pairs(
    std::span<const double> x, std::span<const double> y,
    FunctionRef<double(std::span<const double>, std::span<const double>)> statistic,
    const PermutationOptions& options) {
  require<DimensionError>(x.size() == y.size(), "permutation test: {} values of x, but {} of y",
                          x.size(), y.size());
  require<InsufficientDataError>(!x.empty(), "there are no values to permute");
  const std::vector<double> all(y.begin(), y.end());
  return repeat(
      statistic(x, all), all,
      [&](std::vector<double>& values, math::Philox& random) {
        math::shuffle(std::span(values), random);
        return statistic(x, values);
      },
      options);
}

}  // namespace mathtool::stats
