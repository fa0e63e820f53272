#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Chooses a local method by what is known of f, and says in the reason which and why. Three things
/// make it do more than that method:
///  - f is written as a sum of m ≤ n squares, as many equations as unknowns or fewer, and not 0 at
///    its minimum: a system of equations that is not solved. A few more searches begin elsewhere,
///    as far from the start as the minimum is, and cost at most `extra` times what the first did.
///  - No step lowers f though its slope is not small: f is not smooth. Up to 20 variables the
///    downhill simplex goes on from there.
///  - A trust region has not arrived after `patience` iterations, or has run off to 1e4 times the
///    size of the start: a valley that leads to infinity. Then others begin anew, with a smaller
///    and a larger first region, BFGS, and five from around the start, for as many iterations each.
///    The first that arrives lower is taken; if none does, it goes on.
/// Nothing else is spent on the search for lower minima: for that there are `multistart` and `de`.
struct Automatic {
  double extra = 5;    ///< ≥ 0
  int patience = 300;  ///< > 0

  static constexpr std::string_view name = "auto";
  static constexpr std::string_view summary =
      "chooses by variables, bounds and derivatives, and says why";
  static constexpr MethodKind kind = MethodKind::automatic;
  static constexpr bool uses_hessian = true, ends_itself = true;
  static auto settings() {
    return std::array{
        Setting<Automatic>{
            "extra", &Automatic::extra, SettingRange::not_negative,
            "evaluations to solve equations from elsewhere, relative to those before"},
        Setting<Automatic>{"patience", &Automatic::patience, SettingRange::positive,
                           "iterations after which other methods are tried too"}};
  }

  struct Search;  ///< the method chosen and how far it has come
  struct State {
    std::shared_ptr<Search> search = {};
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
