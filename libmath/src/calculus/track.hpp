#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "calculus/way.hpp"

namespace mathtool::math {

/// A place on a ladder of distances, and what was read there.
struct Rung {
  FiftyDigits distance;
  FiftyDigits value;
  FiftyDigits noise;
};

/// Why a ladder ends where it does.
enum class End {
  planned,    ///< all rungs that were wanted
  rounding,   ///< below it, values say nothing: rounding or an overflow inside the function
  overflow,   ///< below it, values are infinite
  undefined,  ///< below it, the function has no values
  mixed,      ///< defined here, undefined there, and so on
  jump,       ///< below it, values stand still, but far from the last one
};

/// The samples on the way to a limit, from afar to near. Two families of distances that shrink by
/// the same factor alternate; rungs m, m + 2, m + 4, ... belong to one family.
struct Track {
  std::vector<Rung> rungs = {};
  End end = End::planned;
  int infinite_sign = 0;  ///< of the values below the end, where it is `overflow`
  FiftyDigits ratio = 0;  ///< of neighbouring distances within a family; 0: they are not geometric
  std::int64_t evaluations = 0;

  std::size_t size() const { return rungs.size(); }
  std::size_t half() const { return rungs.size() / 2; }  ///< where the near half begins
  FiftyDigits largest() const;                           ///< |value|
};

/// Whether the values of the near half, within their noise, only rise or only fall.
bool monotone(const Track& track);

/// Distances that shrink by `way.ratio`, to 2^-72 of the first or down to `way.nearest`; closer
/// together where rounding would leave only few of these.
Track geometric_track(const Way& way);

/// Distances whose logarithms double: for what depends on them through log h alone.
Track logarithmic_track(const Way& way);

}  // namespace mathtool::math
