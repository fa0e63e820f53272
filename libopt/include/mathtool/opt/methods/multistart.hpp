#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Local searches from many points: the start, and a Latin hypercube of the box. The local method
/// is the one that `auto` takes. How many of them ended at the best value, and at how many
/// different minima, says how far to trust the result: the reason tells both.
///
/// Pre:     finite bounds of all variables.  Throws: DomainError.
/// Returns: `converged` where the search that found the lowest value did.
/// Cost:    `starts` searches, each one iteration.  Needs: a gradient.
/// Ref:     Rinnooy Kan & Timmer, Stochastic global optimization methods (1987).
struct Multistart {
  int starts = 0;  ///< ≥ 0; 0: 40 and 20 more for each variable
  std::uint64_t seed = 0;

  static constexpr std::string_view name = "multistart";
  static constexpr std::string_view summary =
      "local searches from many points between bounds; few minima";
  static constexpr MethodKind kind = MethodKind::global;
  static constexpr bool ends_itself = true, needs_bounds = true;
  static auto settings() {
    return std::array{Setting<Multistart>{"starts", &Multistart::starts, SettingRange::not_negative,
                                          "of local searches; 0: 40 and 20 more for each variable"},
                      Setting<Multistart>{"seed", &Multistart::seed, SettingRange::not_negative,
                                          "of the random numbers"}};
  }

  struct Found {
    Vec x = {};
    double value = 0;
    int times = 0;
  };
  struct State {
    Mat points = {};                 ///< n × starts
    Index next = 0;                  ///< its column
    std::vector<Found> minima = {};  ///< that differ
    int failed = 0;                  ///< searches that began where f is not finite
    Stop best_end = {};              ///< of the search with the lowest value
    Iterate best = {};
    double start_value = 0;
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
