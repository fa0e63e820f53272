#include "mathtool/stats/hypothesis/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "../distribution_quantiles.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

constexpr Index most_deletions = 1000;  // of the jackknife; larger samples lose blocks of rows

using Rows = std::vector<std::vector<Index>>;

double evaluate(const Rows& rows, FunctionRef<double(DrawnRows)> statistic) {
  const std::vector<std::span<const Index>> spans(rows.begin(), rows.end());
  return statistic(spans);
}

Rows all_rows(std::span<const Index> sizes) {
  Rows rows;
  for (const Index size : sizes) {
    rows.emplace_back(static_cast<std::size_t>(size));
    std::iota(rows.back().begin(), rows.back().end(), Index{0});
  }
  return rows;
}

/// Linear between the order statistics (r + 1) p, as Davison & Hinkley have it but for the scale.
double replicate_quantile(const std::vector<double>& sorted_values, double p) {
  const double place = p * (static_cast<double>(sorted_values.size()) + 1) - 1;
  const auto last = static_cast<double>(sorted_values.size()) - 1;
  const double low = std::clamp(std::floor(place), 0.0, last);
  const double high = std::min(low + 1, last), share = std::clamp(place - low, 0.0, 1.0);
  return sorted_values[static_cast<std::size_t>(low)] * (1 - share) +
         sorted_values[static_cast<std::size_t>(high)] * share;
}

/// Σ d³ / (6 (Σ d²)^{3/2}) of what each row, or block of rows, does to the statistic.
double acceleration(std::span<const Index> sizes, FunctionRef<double(DrawnRows)> statistic,
                    const RunControl& run) {
  const Index n = std::accumulate(sizes.begin(), sizes.end(), Index{0});
  const Index block = (n + most_deletions - 1) / most_deletions;
  struct Deletion {
    std::size_t group;
    Index begin, end;
  };
  std::vector<Deletion> deletions;
  for (std::size_t g = 0; g < sizes.size(); ++g)
    for (Index begin = 0; begin < sizes[g]; begin += block)
      deletions.push_back({g, begin, std::min(sizes[g], begin + block)});
  std::vector<double> values(deletions.size());
  const Rows whole = all_rows(sizes);
  math::parallel_for(
      std::ssize(deletions),
      [&](Index i) {
        if (run.stop.stop_requested()) return;
        const auto& [group, begin, end] = deletions[static_cast<std::size_t>(i)];
        Rows rest = whole;
        rest[group].erase(rest[group].begin() + begin, rest[group].begin() + end);
        values[static_cast<std::size_t>(i)] =
            rest[group].empty() ? not_a_number : evaluate(rest, statistic);
      },
      run.threads);
  run.stop.check();
  // Each group has its own mean: rows of one group are exchangeable, those of two are not.
  double cubes = 0, squares = 0;
  for (std::size_t g = 0; g < sizes.size(); ++g) {
    math::CompensatedSum sum;
    double count = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (deletions[i].group == g) sum += values[i], count += 1;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (deletions[i].group != g) continue;
      const double influence = (sum.value() / count - values[i]) * (count - 1) / count;
      cubes += influence * influence * influence;
      squares += influence * influence;
    }
  }
  return squares > 0 ? cubes / (6 * squares * std::sqrt(squares)) : 0;
}

Interval bca_interval(const std::vector<double>& replicates, double estimate, double a,
                      double level) {
  double below = 0;
  for (const double each : replicates) below += each < estimate ? 1.0 : each == estimate ? 0.5 : 0;
  const double share = below / static_cast<double>(replicates.size());
  if (!(share > 0 && share < 1) || !std::isfinite(a)) return {not_a_number, not_a_number};
  const double z0 = normal_quantile(share), z = normal_quantile((1 + level) / 2);
  const auto end = [&](double side) {
    const double shifted = z0 + side * z;
    return replicate_quantile(replicates, cdf(Normal(), z0 + shifted / (1 - a * shifted)));
  };
  return {end(-1), end(1)};
}

}  // namespace

Bootstrap bootstrap(std::span<const Index> sizes, FunctionRef<double(DrawnRows)> statistic,
                    const BootstrapOptions& options) {
  require_level(options.level);
  require(options.samples >= 20, "bootstrap: samples must be >= 20, got {}", options.samples);
  for (const Index size : sizes)
    require<InsufficientDataError>(size >= 1, "a group has no rows to draw from");
  Bootstrap result{.estimate = evaluate(all_rows(sizes), statistic)};
  require<InsufficientDataError>(std::isfinite(result.estimate),
                                 "the statistic is not finite: nothing to draw samples of");
  std::vector<double> replicates(static_cast<std::size_t>(options.samples));
  math::parallel_for(
      options.samples,
      [&](Index i) {
        if (options.run.stop.stop_requested()) return;
        math::Philox random(options.seed, static_cast<std::uint64_t>(i));
        Rows rows = all_rows(sizes);
        for (std::vector<Index>& group : rows)
          for (Index& row : group)
            row = static_cast<Index>(math::uniform_index(random, group.size()));
        replicates[static_cast<std::size_t>(i)] = evaluate(rows, statistic);
      },
      options.run.threads);
  options.run.stop.check();
  std::erase_if(replicates, [](double each) { return !std::isfinite(each); });
  result.samples = std::ssize(replicates);
  require<InsufficientDataError>(2 * result.samples >= options.samples,
                                 "the statistic is not defined for {} of {} bootstrap samples",
                                 options.samples - result.samples, options.samples);
  std::sort(replicates.begin(), replicates.end());
  const auto count = static_cast<double>(result.samples);
  const double mean = math::compensated_sum(replicates) / count;
  math::CompensatedSum squares;
  for (const double each : replicates) squares += (each - mean) * (each - mean);
  result.std_error = std::sqrt(squares.value() / (count - 1));
  result.bias = mean - result.estimate;
  result.percentile = {replicate_quantile(replicates, (1 - options.level) / 2),
                       replicate_quantile(replicates, (1 + options.level) / 2)};
  result.bca = bca_interval(replicates, result.estimate,
                            acceleration(sizes, statistic, options.run), options.level);
  return result;
}

}  // namespace mathtool::stats
