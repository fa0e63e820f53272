#pragma once

#include <span>
#include <string_view>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

enum class PAdjustment {
  holm,  ///< step down; bounds the chance of any false rejection
  bh     ///< step up; bounds the expected share of false ones among the rejections
};
std::string_view to_string(PAdjustment adjustment);

/// p-values adjusted for their number m. With p₍₁₎ ≤ ... ≤ p₍m₎:
///
///     holm:  max over j ≤ i of (m − j + 1) p₍j₎      bh:  min over j ≥ i of (m / j) p₍j₎
///
/// at most 1 each. NaN stay NaN and do not count. Throws: DomainError unless all are in [0, 1].
/// Ref: Holm, A simple sequentially rejective multiple test procedure (1979); Benjamini & Hochberg,
///      Controlling the false discovery rate (1995).
Vec adjust_p_values(std::span<const double> p_values, PAdjustment adjustment);

}  // namespace mathtool::stats
