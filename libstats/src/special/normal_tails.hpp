#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Φ(z) and Φ(−z) of the standard normal distribution, and their inverse.
Tails normal_tails(Extended z);
Extended log_normal_tail(Extended z, Tail tail);
/// Φ(−t)/φ(t). Pre: t > −100.
Extended mills_ratio(Extended t);
Extended normal_point(Extended p, Tail tail);

}  // namespace mathtool::stats
