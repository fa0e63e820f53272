#include "mathtool/opt/methods/differential_evolution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "latin_hypercube.hpp"
#include "local_search.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::opt {
namespace {

using Population = DifferentialEvolution::State;

double cost(Evaluations& f, const Vec& x) {
  const double value = f.value(x);
  return std::isnan(value) ? infinity : value;
}

/// Between the worst finite value and the best.
double range_of(const Vec& values) {
  double worst = -infinity;
  for (const double value : values)
    if (std::isfinite(value)) worst = std::max(worst, value);
  return worst - values.minCoeff();
}

/// Three members that are neither each other nor `self`.
std::array<Index, 3> others(math::Philox& random, Index members, Index self) {
  std::array<Index, 3> picked{};
  for (std::size_t k = 0; k < 3;) {
    picked[k] =
        static_cast<Index>(math::uniform_index(random, static_cast<std::uint64_t>(members)));
    const auto last = picked.begin() + static_cast<std::ptrdiff_t>(k);
    if (picked[k] != self && std::find(picked.begin(), last, picked[k]) == last) ++k;
  }
  return picked;
}

/// Puts the polished point in the place of the best one, if it is lower.
std::string polished(Evaluations& f, Iterate& now) {
  Iterate local{now.x, 0, {}, 0};
  local.value = f(local.x, local.gradient);
  if (std::isnan(local.value)) return "; f has no finite gradient there, so nothing was polished";
  const Stop stop = search_locally(f, local);
  if (!(local.value <= now.value)) return "; a local method found nothing lower";
  const std::int64_t iteration = now.iteration;
  now = std::move(local);
  now.iteration = iteration;
  return fmt::format("; polished: {}", stop.reason);
}

}  // namespace

void DifferentialEvolution::validate() const {
  check_settings(*this);
  require(low <= high, "de: low must be <= high, got {} and {}", low, high);
}

Population DifferentialEvolution::init(const Iterate&) const { return {}; }

std::optional<Stop> DifferentialEvolution::step(State& state, Evaluations& f, Iterate& now) const {
  const Box& box = f.box();
  const Index n = now.x.size();
  if (state.members.size() == 0) {
    require_finite(box, "de");
    const Index size = std::max<Index>(20, population * n);
    state.members = latin_hypercube(box, size, seed);
    state.members.col(0) = now.x;
    state.values = Vec::Constant(size, infinity);
    state.values[0] = now.value;
    for (Index j = 1; j < size && !f.exhausted(); ++j)
      state.values[j] = cost(f, state.members.col(j));
    state.first_range = range_of(state.values);
  } else {
    // A generation has a stream of its own, and its challenges all see the last generation.
    math::Philox random(seed, static_cast<std::uint64_t>(now.iteration));
    const Mat members = state.members;
    for (Index j = 0; j < members.cols() && !f.exhausted(); ++j) {
      const auto [a, b, c] = others(random, members.cols(), j);
      const double factor = low + (high - low) * math::uniform(random);
      const double share = math::uniform(random) < 0.5 ? crossover : 0.2;
      const auto always =
          static_cast<Index>(math::uniform_index(random, static_cast<std::uint64_t>(n)));
      Vec x = members.col(j);
      for (Index i = 0; i < n; ++i) {
        const bool mixed = math::uniform(random) < share || i == always;
        const double place = math::uniform(random);
        if (!mixed) continue;
        const double target = members(i, a) + factor * (members(i, b) - members(i, c));
        // Beyond a bound: somewhere between it and where the member was.
        if (target < box.low[i])
          x[i] = box.low[i] + place * (x[i] - box.low[i]);
        else if (target > box.high[i])
          x[i] = box.high[i] - place * (box.high[i] - x[i]);
        else
          x[i] = target;
      }
      box.project(x);
      if (const double value = cost(f, x); value <= state.values[j]) {
        state.values[j] = value;
        state.members.col(j) = x;
      }
    }
  }
  Index best = 0;
  const double lowest = state.values.minCoeff(&best);
  if (lowest < now.value) {
    now.x = state.members.col(best);
    now.value = lowest;
  }
  if (f.exhausted()) return std::nullopt;
  const double range = range_of(state.values);
  if (state.values.maxCoeff() == infinity ||
      range > std::max(value_tol * state.first_range, 10 * epsilon * std::abs(lowest)))
    return std::nullopt;
  Stop stop{Status::converged,
            fmt::format("the values of the {} members lie within {:.3g}, once {:.3g}",
                        state.values.size(), range, state.first_range)};
  if (polish) stop.reason += polished(f, now);
  return stop;
}

}  // namespace mathtool::opt
