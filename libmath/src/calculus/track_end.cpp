#include "calculus/track_end.hpp"

#include <algorithm>

namespace mathtool::math {
namespace {

/// The rung after which all values are exactly the same, or the last one.
std::size_t before_standstill(const Track& track) {
  std::size_t m = track.size() - 1;
  while (m > 0 && track.rungs[m - 1].value == track.rungs.back().value) --m;
  return m == 0 ? track.size() - 1 : m - 1;
}

/// Cuts a track of doubles where values differ from their neighbours by no more than their noise,
/// and were monotone before; what was not is oscillation, not rounding.
void cut_at_rounding(Track& track) {
  auto& rungs = track.rungs;
  const auto share = [](const Rung& rung) { return FiftyDigits(rung.noise / abs(rung.value)); };
  for (std::size_t m = rungs.size(); m-- > 1;)  // one sample of noise may be small by chance
    if (rungs[m].value != 0 && rungs[m - 1].value != 0)
      rungs[m].noise = abs(rungs[m].value) * std::max(share(rungs[m]), share(rungs[m - 1]));
  const auto drowned = [&](std::size_t m) {
    return 2 * rungs[m].noise > abs(rungs[m + 1].value - rungs[m].value) &&
           rungs[m].noise > 1e-14 * abs(rungs[m].value);
  };
  for (std::size_t m = 0; m + 2 < rungs.size(); ++m) {
    if (!drowned(m) || !drowned(m + 1)) continue;
    Track head = track;
    head.rungs.resize(m + 1);
    head.end = End::rounding;
    constexpr std::size_t too_few_to_tell = 12;
    if (monotone(head) || m < too_few_to_tell) {
      track = head;
    } else {
      for (Rung& rung : rungs) rung.noise = 1e-15 * abs(rung.value);
    }
    return;
  }
}

/// Doubles that stand still after a jump: so does an overflow or a cancellation inside the
/// function. What vanishes ever faster, as an exponential does, makes no jump.
void mark_jump(Track& track) {
  const std::size_t m = before_standstill(track);
  if (m + 3 > track.size()) return;
  const FiftyDigits jump = abs(track.rungs[m].value - track.rungs.back().value);
  FiftyDigits size = abs(track.rungs.back().value);
  for (std::size_t i = m < 8 ? 0 : m - 8; i <= m; ++i)
    size = std::max(size, FiftyDigits(abs(track.rungs[i].value)));
  if (jump > 1e-6 * size && jump > std::numeric_limits<double>::min()) track.end = End::jump;
}

/// Bisects between two distances, one with what `belongs_far`, one without, and tells whether a
/// lost sample stands between them: then the change is one of the arithmetic. A formula overflows
/// at one place in 50 digits, at another in 100; the domain of a function ends at one place.
template <class Predicate>
bool change_is_lost(const Way& way, Track& track, FiftyDigits far, FiftyDigits near,
                    Predicate&& belongs_far) {
  const FiftyDigits largest = track.largest();
  for (int i = 0; i < 16; ++i) {
    const FiftyDigits middle = sqrt(far * near);
    const Sample sample = way.read(middle);
    ++track.evaluations;
    if (judge(sample, largest) == Reading::lost) return true;
    (belongs_far(sample) ? far : near) = middle;
  }
  return false;
}

}  // namespace

Reading judge(const Sample& sample, const FiftyDigits& largest) {
  if (sample.lost) return Reading::lost;
  if (isnan(sample.value)) return Reading::undefined;
  if (isinf(sample.value)) return Reading::infinite;
  const FiftyDigits harmless = std::max(FiftyDigits(1e-30 * largest), FiftyDigits(1e-45));
  const bool lost = sample.noise > 1e-6 * abs(sample.value) && sample.noise > harmless;
  return lost ? Reading::lost : Reading::usable;
}

FiftyDigits scatter(const Way& way, const FiftyDigits& h, std::int64_t& evaluations) {
  // Third differences of a sequence say nothing before the steps between its members are small.
  if (way.whole && h > 1.0 / 2000) return 0;
  const FiftyDigits value = way.read(h).value;
  const auto third_difference = [&](int parts) {
    const FiftyDigits step = way.whole ? FiftyDigits(ceil(1 / h / parts)) : FiftyDigits(h / parts);
    FiftyDigits difference = value;
    const int binomial[] = {-3, 3, -1};
    for (int i = 0; i < 3; ++i) {
      const FiftyDigits beside = (i + 1) * step;
      difference +=
          binomial[i] * way.read(way.whole ? FiftyDigits(1 / (1 / h - beside)) : h + beside).value;
    }
    evaluations += 3;
    return isfinite(difference) ? FiftyDigits(abs(difference)) : FiftyDigits(0);
  };
  const FiftyDigits coarse = std::max(third_difference(263), third_difference(251));
  const FiftyDigits fine = std::max(third_difference(65'521), third_difference(65'537));
  // Of a smooth function the fine one is smaller by 2^24. Steps of rounding are as high on the fine
  // scale, or wider than it, so that nothing at all is seen there.
  return 4 * (fine == 0 || 64 * fine > coarse ? std::max(coarse, fine) : fine);
}

void examine_end(const Way& way, Track& track, const FiftyDigits& past_end) {
  if (track.rungs.empty()) return;
  if (way.in_double) {
    cut_at_rounding(track);
    if (track.end != End::rounding) mark_jump(track);
    return;
  }
  const FiftyDigits largest = track.largest();
  const auto usable = [&](const Sample& s) { return judge(s, largest) == Reading::usable; };
  if (track.end == End::undefined &&
      change_is_lost(way, track, track.rungs.back().distance, past_end, usable))
    track.end = End::rounding;

  const std::size_t m = before_standstill(track);
  if (m + 3 > track.size()) return;
  const FiftyDigits level = track.rungs.back().value;
  const auto moving = [&](const Sample& s) { return s.value != level; };
  if (change_is_lost(way, track, track.rungs[m].distance, track.rungs[m + 1].distance, moving)) {
    track.rungs.resize(m + 1);
    track.end = End::rounding;
  }
}

bool departs_further_on(
    const Way& way, Track& track,
    FunctionRef<bool(const FiftyDigits& before, const FiftyDigits& here)> follows) {
  const FiftyDigits nearest = std::max(way.nearest, FiftyDigits("1e-300"));
  const FiftyDigits largest = track.largest();
  Rung last = track.rungs.back();
  for (FiftyDigits h = 1e-7 * last.distance; h >= nearest; h *= 1e-7) {
    const Sample sample = way.read(h);
    ++track.evaluations;
    if (judge(sample, largest) != Reading::usable) continue;
    const auto goes_on = [&](const Sample& s) { return follows(last.value, s.value); };
    if (!goes_on(sample)) return !change_is_lost(way, track, last.distance, h, goes_on);
    last = {h, sample.value, sample.noise};
  }
  return false;
}

bool loses_digits_between(const Way& way, FiftyDigits far, FiftyDigits near) {
  Track nothing_yet;
  const auto usable = [](const Sample& s) { return judge(s, 0) == Reading::usable; };
  return change_is_lost(way, nothing_yet, far, near, usable);
}

}  // namespace mathtool::math
