#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Differential evolution: a population spread over the box, in which each member is challenged by
/// a mixture of itself and
///     xₐ + F (x_b − x_c),   a, b, c other members, F uniform in [low, high] for each challenge
/// and replaced where that is no worse. Each coordinate comes from the mixture with a probability
/// that is `crossover` for one half of the challenges and 0.2 for the other, so that both sums of
/// functions of single variables and functions along no axis are found. When the values of the
/// population have contracted to value_tol of their first range, a local method polishes the best.
/// The start is a member.
///
/// Pre:     finite bounds of all variables.  Throws: DomainError.
/// Returns: `converged`: the population had contracted, which makes a global minimum likely and
///          does not prove it. The same for one seed.
/// Cost:    population · n evaluations an iteration, f alone; a gradient at the end only.
/// Ref:     Storn & Price, Differential evolution (1997), DE/rand/1/bin.
struct DifferentialEvolution {
  int population = 10;      ///< members for each variable, > 0; never fewer than 20 in all
  double low = 0.5;         ///< of the factor F, > 0
  double high = 1;          ///< of the factor F, > 0
  double crossover = 0.9;   ///< in [0, 1)
  double value_tol = 1e-6;  ///< > 0
  bool polish = true;
  std::uint64_t seed = 0;

  static constexpr std::string_view name = "de";
  static constexpr std::string_view summary =
      "differential evolution, the global minimum between bounds, no gradient";
  static constexpr MethodKind kind = MethodKind::global;
  static constexpr bool uses_gradient = false, ends_itself = true, needs_bounds = true;
  static auto settings() {
    using De = DifferentialEvolution;
    return std::array{
        Setting<De>{"population", &De::population, SettingRange::positive,
                    "members for each variable"},
        Setting<De>{"low", &De::low, SettingRange::positive, "least factor of a difference"},
        Setting<De>{"high", &De::high, SettingRange::positive, "largest factor of a difference"},
        Setting<De>{"crossover", &De::crossover, SettingRange::fraction,
                    "share of coordinates that are mixed"},
        Setting<De>{"value_tol", &De::value_tol, SettingRange::positive,
                    "range of the values at the end, relative to the first one"},
        Setting<De>{"polish", &De::polish, {}, "whether a local method goes on from the best"},
        Setting<De>{"seed", &De::seed, SettingRange::not_negative, "of the random numbers"}};
  }

  struct State {
    Mat members = {};  ///< n × population, by columns
    Vec values = {};   ///< ∞ where f is not finite
    double first_range = 0;
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
