#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/line_search/more_thuente.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// L-BFGS-B: L-BFGS that sees bounds coming. The quadratic model of the last m pairs is followed
/// down the projected gradient to its first minimum, the generalised Cauchy point, which says what
/// bounds hold; then minimised over the variables that are free there; then a line search goes to
/// that point or beyond. Any number of bounds may come and go in one iteration.
///     B = θ I − W M Wᵀ,   W = (Y  θS),   M⁻¹ = (−D  Lᵀ; L  θSᵀS),   θ = yᵀy / sᵀy
/// Without bounds it takes the steps of `Lbfgs`, at a higher price.
///
/// Cost:    8 m n flops beside the evaluations, + 8 m² a where a variables are held, in memory
///          2 m n.
/// Ref:     Byrd, Lu, Nocedal & Zhu, A limited memory algorithm for bound constrained optimization
///          (1995); Morales & Nocedal, Remark on Algorithm 778 (2011).
struct Lbfgsb {
  int memory = 10;         ///< m ≥ 1
  double decrease = 1e-4;  ///< c₁ of the search, in (0, 1/2)
  double curvature = 0.9;  ///< c₂ of the search, in (c₁, 1)

  static constexpr std::string_view name = "lbfgsb";
  static constexpr std::string_view summary = "quasi-Newton from the last steps, within bounds";
  static auto settings() {
    return std::array{
        Setting<Lbfgsb>{"memory", &Lbfgsb::memory, SettingRange::positive, "steps remembered"},
        Setting<Lbfgsb>{"decrease", &Lbfgsb::decrease, SettingRange::fraction,
                        "share of the promised decrease that a step must bring"},
        Setting<Lbfgsb>{"curvature", &Lbfgsb::curvature, SettingRange::fraction,
                        "share of the slope that may be left after a step"}};
  }

  struct State {
    Mat s = {}, y = {};             ///< n × m, the newest in column (next + m − 1) mod m
    Mat ss = {}, sy = {}, yy = {};  ///< SᵀS, SᵀY, YᵀY
    Index next = 0, count = 0;
    double theta = 1;
    Vec direction = {};  ///< to the minimum of the model
    LinePoint found = {};
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const;
};

}  // namespace mathtool::opt
