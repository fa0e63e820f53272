#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gauss_kronrod.hpp"

namespace mathtool::math {

/// What the rules may differ by and cost.
struct AgreementLimits {
  double difference;         ///< over all panels
  double magnitude;          ///< ∫|f| over all panels
  std::int64_t evaluations;  ///< of f in all, those before included
};

/// Integrates runs of neighbouring panels by the tanh-sinh rule, whose nodes are elsewhere. Marks
/// panels as checked where both rules agree, and sets `disagreement` of all. Panels checked before
/// are passed over. Pre: sorted by chart and place.
void compare_rules(std::span<IntegrationPanel> panels, const std::vector<IntegrationChart>& charts,
                   ChartedIntegrand& f, const AgreementLimits& limits);

}  // namespace mathtool::math
