#include "calculus/track.hpp"

#include <algorithm>

#include "calculus/track_end.hpp"

namespace mathtool::math {
namespace {

/// What the rounding of its place can do to the last value. Distances of a few bits are exact.
FiftyDigits displacement(const Way& way, const Track& track) {
  constexpr int bits_of_distances = 11;
  const Rung& last = track.rungs.back();
  if (track.size() < 3 || last.distance >= ldexp(way.grain, bits_of_distances)) return 0;
  const FiftyDigits change = abs(last.value - track.rungs[track.size() - 3].value);
  return change * way.grain / last.distance;
}

/// Reads `distances` until values end for good.
Track read_track(const Way& way, const std::vector<FiftyDigits>& distances) {
  Track track;
  FiftyDigits largest = 0, past_end = 0;
  for (const FiftyDigits& h : distances) {
    way.stop.check();
    const Sample sample = way.read(h);
    ++track.evaluations;
    const Reading reading = judge(sample, largest);
    if (track.end != End::planned) {
      // Doubles that are infinite first and undefined then are so for an overflow inside a formula.
      const bool overflowed =
          way.in_double && track.end == End::overflow && reading == Reading::undefined;
      if (reading == Reading::usable || overflowed) track.end = End::mixed;
      if (track.end == End::mixed || reading == Reading::lost) break;
      continue;
    }
    if (reading == Reading::usable) {
      track.rungs.push_back({h, sample.value, sample.noise});
      if (way.in_double) track.rungs.back().noise += scatter(way, h, track.evaluations);
      track.rungs.back().noise += displacement(way, track);
      largest = std::max(largest, FiftyDigits(abs(sample.value)));
      continue;
    }
    if (reading == Reading::infinite) track.infinite_sign = sample.value > 0 ? 1 : -1;
    if (track.rungs.empty()) continue;
    if (reading == Reading::lost) track.end = End::rounding;
    if (reading == Reading::infinite) track.end = End::overflow;
    if (reading == Reading::undefined) track.end = End::undefined;
    if (past_end == 0) past_end = h;
    if (track.end == End::rounding) break;
  }
  if (track.rungs.empty() && track.end == End::planned)
    track.end = track.infinite_sign != 0 ? End::overflow : End::undefined;
  examine_end(way, track, past_end);
  return track;
}

/// Two families of distances, from `even` and `odd` on.
std::vector<FiftyDigits> alternating(FiftyDigits even, FiftyDigits odd, const FiftyDigits& ratio,
                                     const FiftyDigits& nearest, int most) {
  std::vector<FiftyDigits> distances;
  while (std::ssize(distances) < most && odd >= nearest) {
    distances.insert(distances.end(), {even, odd});
    even /= ratio, odd /= ratio;
  }
  return distances;
}

}  // namespace

FiftyDigits Track::largest() const {
  FiftyDigits most = 0;
  for (const Rung& rung : rungs) most = std::max(most, FiftyDigits(abs(rung.value)));
  return most;
}

bool monotone(const Track& track) {
  int direction = 0;
  for (std::size_t m = track.half() + 1; m < track.size(); ++m) {
    const Rung &far = track.rungs[m - 1], &near = track.rungs[m];
    const FiftyDigits step = near.value - far.value;
    if (abs(step) <= 2 * (far.noise + near.noise)) continue;
    const int sign = step > 0 ? 1 : -1;
    if (direction * sign < 0) return false;
    direction = sign;
  }
  return true;
}

Track geometric_track(const Way& way) {
  const int most = way.ratio == 2 ? 144 : 72;
  // Fractions of primes keep sin(pi/h) and its like from being read at their zeros only.
  const FiftyDigits even = way.whole ? FiftyDigits(way.first / 4) : way.first * 1009 / 2048;
  const FiftyDigits odd =
      way.whole ? FiftyDigits(way.first / 5) : way.first * (way.ratio == 2 ? 709 : 521) / 2048;
  Track track = read_track(way, alternating(even, odd, way.ratio, way.nearest, most));
  track.ratio = way.ratio;

  const bool short_of_values = track.end == End::rounding || track.end == End::overflow;
  if (way.in_double || !short_of_values || track.size() < 2 || track.size() >= 32) return track;
  const FiftyDigits last = track.rungs.back().distance;
  const FiftyDigits step =
      way.whole ? sqrt(FiftyDigits(2)) : FiftyDigits(pow(even / last, FiftyDigits(1) / most));
  const FiftyDigits next = way.whole ? odd : FiftyDigits(even / step);
  Track dense = read_track(way, alternating(even, next, step * step, last, most));
  dense.ratio = step * step;
  dense.evaluations += track.evaluations;
  if (dense.end == End::planned) dense.end = track.end, dense.infinite_sign = track.infinite_sign;
  return dense;
}

Track logarithmic_track(const Way& way) {
  constexpr int largest_exponent = 500'000'000;  // a quarter of what FiftyDigits can hold
  std::vector<FiftyDigits> distances;
  for (int even = 8, odd = 11; odd < largest_exponent; even *= 2, odd *= 2)
    for (const int exponent : {even, odd}) {
      const FiftyDigits h = ldexp(way.first, -exponent);
      if (h >= way.nearest) distances.push_back(h);
    }
  return read_track(way, distances);
}

}  // namespace mathtool::math
