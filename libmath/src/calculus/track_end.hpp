#pragma once

#include "calculus/track.hpp"

namespace mathtool::math {

enum class Reading { usable, infinite, undefined, lost };

/// What a sample is worth where values up to `largest` were seen.
Reading judge(const Sample& sample, const FiftyDigits& largest);

/// The rounding in values around a distance, as far as third differences on two scales show it.
FiftyDigits scatter(const Way& way, const FiftyDigits& h, std::int64_t& evaluations);

/// Bisects from a distance with a value to one without, and tells whether a sample without digits
/// stands between them: then the change is one of the arithmetic.
bool loses_digits_between(const Way& way, FiftyDigits far, FiftyDigits near);

/// Whether the function, and not its arithmetic alone, ceases to do what the track showed somewhere
/// beyond its end, down to distances of 1e-300: there `follows(before, here)` does not hold of the
/// values at two distances, the first the larger one.
bool departs_further_on(
    const Way& way, Track& track,
    FunctionRef<bool(const FiftyDigits& before, const FiftyDigits& here)> follows);

/// Finds out why a track ends: cuts it where values are rounding alone, and where values end or
/// begin to stand still, looks closer whether that happens to the function or to its arithmetic.
/// `past_end` is the first distance without a value, or 0.
void examine_end(const Way& way, Track& track, const FiftyDigits& past_end);

}  // namespace mathtool::math
