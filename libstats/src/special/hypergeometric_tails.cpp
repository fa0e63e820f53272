#include "special/hypergeometric_tails.hpp"

#include <algorithm>

#include "special/constants.hpp"
#include "special/difference_of_products.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {
namespace {

/// log a! − a log a + a.
Extended factorial_rest(Extended a) {
  return a <= 0 ? 0 : stirling_error(a) + (std::log(a) + log_two_pi) / 2;
}

/// log P(X = k) but for a constant: the table of two by two that k fills, against the one that is
/// expected. How far k is from its mean is exact at one whole number and counted from there.
struct Mass {
  Urn urn;
  Extended anchor, shortfall;
  Extended hit, missed, wasted, rest;  ///< expected

  Mass(const Urn& of, Extended k)
      : urn(of),
        anchor(std::floor(k)),
        shortfall(difference_of_products(of.successes, of.draws, anchor, of.population) /
                  of.population),
        hit(of.successes * of.draws / of.population),
        missed(of.successes * (of.population - of.draws) / of.population),
        wasted((of.population - of.successes) * of.draws / of.population),
        rest((of.population - of.successes) * (of.population - of.draws) / of.population) {}

  Extended operator()(Extended k) const {
    const Extended below = shortfall - (k - anchor);
    const auto cell = [](Extended count, Extended expected, Extended difference) {
      return factorial_rest(count) + deviance(count, expected, difference);
    };
    return -cell(k, hit, below) - cell(urn.successes - k, missed, -below) -
           cell(urn.draws - k, wasted, -below) -
           cell(urn.population - urn.successes - urn.draws + k, rest, below);
  }
};

/// P(X = k − 1)/P(X = k), or P(X = k + 1)/P(X = k).
Extended step_ratio(const Urn& urn, Extended k, Tail tail) {
  const Extended hit = k, missed = urn.successes - k, wasted = urn.draws - k;
  const Extended rest = urn.population - urn.successes - wasted;
  return tail == Tail::lower ? hit * rest / ((missed + 1) * (wasted + 1))
                             : missed * wasted / ((hit + 1) * (rest + 1));
}

constexpr Extended wide = 200;

/// How many terms to add at once: as many as the distribution is wide, or until the mass has fallen
/// by a factor of e⁸, or half the way to the end, where its logarithm bends.
Extended panel(Extended ratio, Extended sd, Extended room) {
  const Extended fall = ratio < 1 ? -8 / std::log(ratio) : sd;
  return std::floor(std::min({sd, fall, room / 2}));
}

}  // namespace

Extended log_urn_mass(const Urn& urn, Extended k) {
  const auto [population, successes, draws] = urn;
  if (population == 0) return 0;
  return factorial_rest(successes) + factorial_rest(population - successes) +
         factorial_rest(draws) + factorial_rest(population - draws) - factorial_rest(population) +
         Mass(urn, k)(k);
}

Extended urn_tail_ratio(const Urn& urn, Extended k, Tail tail) {
  const Extended end = tail == Tail::lower ? urn.lowest() : urn.highest();
  const Extended direction = tail == Tail::lower ? -1 : 1;
  const auto [population, successes, draws] = urn;
  const Extended variance = draws * (successes / population) * (1 - successes / population) *
                            (population - draws) / std::max<Extended>(1, population - 1);
  const Extended sd = std::sqrt(variance);
  const Mass log_mass(urn, k);
  const Extended top = sd > wide ? log_mass(k) : 0;
  const auto mass = [&](Extended at) { return std::exp(log_mass(at) - top); };
  Extended sum = 0, term = 1;
  while (true) {
    const Extended ratio = step_ratio(urn, k, tail), room = std::abs(end - k);
    const Extended run = sd > wide ? panel(ratio, sd, room) : 0;
    if (run > wide) {
      const Extended part = run_sum(mass, direction > 0 ? k : k - run + 1, run);
      sum += part;
      if (part < sum * 1e-20L) return sum;
      k += direction * run;
      term = mass(k);
    } else {
      sum += term;
      if (room < 1) return sum;
      term *= ratio;
      k += direction;
      if (term < sum * 1e-21L) return sum;
    }
  }
}

Tails urn_tails(const Urn& urn, Extended k) {
  const bool below = k * urn.population < urn.successes * urn.draws;
  const auto tail = [&](Tail side) { return std::exp(log_urn_tail(urn, k, side)); };
  Extended small = tail(below ? Tail::lower : Tail::upper);
  if (small <= 0.5L) return below ? Tails{small, 1 - small} : Tails{1 - small, small};
  small = tail(below ? Tail::upper : Tail::lower);
  return below ? Tails{1 - small, small} : Tails{small, 1 - small};
}

Extended log_urn_tail(const Urn& urn, Extended k, Tail tail) {
  const Extended first = tail == Tail::lower ? k : k + 1;
  return log_urn_mass(urn, first) + std::log(urn_tail_ratio(urn, first, tail));
}

}  // namespace mathtool::stats
