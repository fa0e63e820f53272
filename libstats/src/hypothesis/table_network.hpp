#pragma once

#include <optional>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// P of all tables with these margins that are no likelier than `table`.
/// Pre:     whole counts; rows and columns without zeros in their margins.
/// Returns: nothing where it takes more steps than the budget. Throws: Stopped.
std::optional<double> table_network_p_value(const Mat& table, double budget, const StopToken& stop);

}  // namespace mathtool::stats
