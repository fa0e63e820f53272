#include "calculus/settle.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "calculus/accelerate_track.hpp"
#include "calculus/oscillation.hpp"
#include "calculus/track.hpp"
#include "calculus/track_end.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::math {
namespace {

constexpr std::size_t fewest_rungs = 8;

std::string text(const FiftyDigits& x) { return x.str(3, std::ios_base::fmtflags{}); }

/// Whether scattered values in the near half lie between those of the rungs around them.
bool monotone_between_rungs(const Way& way, const Track& track, std::int64_t& evaluations) {
  Philox random(track.size());
  const std::size_t from = track.half();
  for (int i = 0; i < 12; ++i) {
    const std::size_t m =
        from + 1 + static_cast<std::size_t>(uniform(random) * double(track.size() - from - 1));
    const Rung &far = track.rungs[m - 1], &near = track.rungs[m];
    const Sample between =
        way.read(near.distance + uniform(random) * (far.distance - near.distance));
    ++evaluations;
    if (between.lost) continue;
    if (!isfinite(between.value)) return false;
    const int doubt = way.in_double ? 64 : 4;  // noise of doubles is only estimated
    const FiftyDigits slack = doubt * (far.noise + near.noise + between.noise);
    const auto [low, high] = std::minmax(far.value, near.value);
    if (between.value < low - slack || between.value > high + slack) return false;
  }
  return true;
}

/// The values approach `limit` instead of running away from it: both are fixed points of the
/// transforms.
bool approaches(const Track& track, const Accelerated<FiftyDigits>& limit) {
  const Rung &half = track.rungs[track.half()], &last = track.rungs.back();
  const FiftyDigits left = abs(last.value - limit.value);
  return left <= limit.error + 4 * last.noise || left <= 0.8 * abs(half.value - limit.value);
}

/// The last doubles before f became undefined say where it was heading: they stand still or vanish,
/// as where an exponential overflowed inside f.
bool conclusive_before_end(const Track& track) {
  if (track.size() < fewest_rungs) return false;
  const FiftyDigits last = abs(track.rungs.back().value), scale = track.largest();
  const FiftyDigits step = track.rungs.back().value - track.rungs[track.size() - 3].value;
  return abs(step) <= 1e-14 * scale || last < 1e-100 * scale;
}

/// +1 or −1 when the near values keep that sign and grow in size, else 0.
int growing_sign(const Track& track) {
  const int sign = track.rungs.back().value > 0 ? 1 : -1;
  for (std::size_t m = track.half(); m < track.size(); ++m) {
    const FiftyDigits value = sign * track.rungs[m].value;
    if (value <= 0) return 0;
    if (m > track.half() && value < sign * track.rungs[m - 1].value) return 0;
  }
  return track.rungs.back().value == track.rungs[track.half()].value ? 0 : sign;
}

/// At least four ratios of neighbours, each larger than the one before and the last more than 10:
/// faster than every power.
bool grows_ever_faster(const Track& track) {
  FiftyDigits ratio = 0;
  int ratios = 0;
  for (std::size_t m = track.half() + 2; m < track.size(); m += 2, ++ratios) {
    const FiftyDigits next = track.rungs[m].value / track.rungs[m - 2].value;
    if (next <= ratio) return false;
    ratio = next;
  }
  return ratios >= 4 && ratio > 10;
}

/// The last values grow like one power of the distance: each ratio is that before within 3 percent
/// of its logarithm.
bool grows_like_power(const Track& track) {
  if (track.size() < 14) return false;
  FiftyDigits before = 0;
  for (std::size_t m = track.size() - 10; m < track.size(); m += 2) {
    const FiftyDigits exponent = log(track.rungs[m].value / track.rungs[m - 2].value);
    if (!(exponent > 0.1) || (before > 0 && abs(exponent - before) > 0.03 * before)) return false;
    before = exponent;
  }
  return true;
}

bool tends_to_infinity(const Track& track) {
  if (grows_ever_faster(track)) return true;
  constexpr std::size_t plenty = 32;
  Track near = track;
  const auto noisy = [&](std::size_t m) {
    return near.rungs[m].noise > 1e-6 * abs(near.rungs[m].value);
  };
  // One rung of noise may have little by chance.
  while (near.size() > fewest_rungs && (noisy(near.size() - 1) || noisy(near.size() - 2)))
    near.rungs.pop_back();
  std::size_t from = near.half();
  const auto grows_after = [&](std::size_t m) {
    const FiftyDigits here = track.rungs[m].value, next = track.rungs[m + 1].value;
    return here * next > 0 && abs(here) < abs(next);
  };
  while (track.size() < plenty && from > 0 && grows_after(from - 1)) --from;
  for (std::size_t m = from; m < track.half(); ++m)
    if (!grows_after(m)) return false;
  near.rungs.erase(near.rungs.begin(), near.rungs.begin() + std::ptrdiff_t(from));
  const Track reciprocals = reciprocal(near);
  const Consensus zero = accelerate(reciprocals);
  const FiftyDigits last = abs(reciprocals.rungs.back().value);
  if (zero.contradicted || abs(zero.best.value) > zero.best.error) return false;
  // Few members leave a wide bound, but the power tells the rest.
  return 1000 * zero.best.error <= last ||
         (track.size() < plenty && 2 * zero.best.error <= last &&
          1000 * abs(zero.best.value) <= last && grows_like_power(track));
}

Settled settle_monotone(const Track& track, const Tolerances& tolerances) {
  const std::string distance = text(track.rungs.back().distance);
  const Consensus consensus = accelerate(track);
  const bool approached = approaches(track, consensus.best);
  if (const int sign = growing_sign(track); sign != 0 && tends_to_infinity(track))
    return settled_infinite(sign, fmt::format("it grows beyond every bound: {} at distance {}",
                                              text(track.rungs.back().value), distance));

  Settled best = settled_finite(consensus.best.value, consensus.best.error);
  const FiftyDigits size = std::min(FiftyDigits(1), track.largest());
  if (!approached || !isfinite(consensus.best.error)) {
    best = not_settled(Status::out_of_budget,
                       fmt::format("neither a limit nor growth beyond every bound could be shown: "
                                   "{} at distance {}",
                                   text(track.rungs.back().value), distance));
  } else if (consensus.contradicted) {
    best.status = Status::suspicious;
    best.verdict = Verdict::not_established;
    best.reason =
        fmt::format("estimates of the limit contradict one another near {}", text(best.value));
  } else if (best.error > std::max(FiftyDigits(tolerances.relative * abs(best.value)),
                                   FiftyDigits(tolerances.absolute * size))) {
    best.status = Status::out_of_budget;
    best.verdict = Verdict::not_established;
    best.error += consensus.spread;
    best.reason = fmt::format("convergence is too slow or too noisy: {} is known to within {} only",
                              text(best.value), text(best.error));
  }
  return best;
}

/// An overflow inside the function leaves no value near an infinite point, but some far from it. It
/// happens at one place in 50 digits, at another in 100; the end of a domain stands at one place.
bool overflows_further_away(const Way& way) {
  if (!way.endless) return false;
  for (int i = 0; i < 8; ++i) {
    const FiftyDigits far = ldexp(way.first, i);
    if (!isfinite(way.read(far).value)) continue;
    return way.in_double || loses_digits_between(way, far, way.first / 4);
  }
  return false;
}

/// How often the values turn from rising to falling or back.
int turns(const Track& track) {
  int turns = 0, direction = 0;
  for (std::size_t m = 1; m < track.size(); ++m) {
    const FiftyDigits step = track.rungs[m].value - track.rungs[m - 1].value;
    if (step == 0) continue;
    const int sign = step > 0 ? 1 : -1;
    turns += direction * sign < 0;
    direction = sign;
  }
  return turns;
}

Settled settle_track(const Way& way, const Track& track, const Tolerances& tolerances,
                     bool& worth_going_further) {
  worth_going_further = false;
  if (track.rungs.empty()) {
    if (track.end == End::undefined && !overflows_further_away(way)) {
      Settled settled = not_settled(Status::not_finite, "the function has no values there");
      settled.verdict = Verdict::undefined;
      return settled;
    }
    return not_settled(Status::not_finite, track.end == End::overflow
                                               ? "every value is infinite"
                                               : "no value near the point says anything");
  }
  if (track.end == End::jump)
    return not_settled(Status::suspicious,
                       fmt::format("values jump to {} and stay there, as after an overflow or a "
                                   "cancellation inside the function",
                                   text(track.rungs.back().value)));
  if (track.end == End::mixed)
    return not_settled(Status::not_finite, "the function has no values at some points on the way");
  if (track.end == End::undefined && !(way.in_double && conclusive_before_end(track))) {
    Settled settled = not_settled(Status::not_finite,
                                  fmt::format("the function has no values at distances below {}",
                                              text(track.rungs.back().distance)));
    if (!way.in_double) settled.verdict = Verdict::undefined;
    return settled;
  }
  std::int64_t evaluations = 0;
  const bool is_monotone =
      track.size() >= 4 && monotone(track) && monotone_between_rungs(way, track, evaluations);
  const bool overflows =
      track.end == End::overflow && is_monotone && growing_sign(track) == track.infinite_sign;
  if (overflows && way.in_double && abs(track.rungs.back().value) < 1e30)
    return not_settled(Status::suspicious,
                       fmt::format("values jump from {} to infinity, as after an overflow inside "
                                   "the function",
                                   text(track.rungs.back().value)));
  if (overflows)
    return settled_infinite(
        track.infinite_sign,
        fmt::format("it grows beyond every bound: {} at distance {}",
                    text(track.rungs.back().value), text(track.rungs.back().distance)));
  if (track.size() < fewest_rungs || track.rungs[0].distance < 16 * track.rungs.back().distance)
    return not_settled(
        Status::not_finite,
        fmt::format("values can be had at distances from {} to {} only",
                    text(track.rungs[0].distance), text(track.rungs.back().distance)));
  Settled settled =
      is_monotone ? settle_monotone(track, tolerances) : settle_oscillating(way, track, tolerances);
  settled.evaluations += evaluations + track.evaluations;
  // What is slow may depend on log h alone, and turn once before it shows where it goes.
  worth_going_further = (is_monotone || turns(track) <= 1) && track.end == End::planned &&
                        way.endless && settled.verdict == Verdict::not_established;
  return settled;
}

/// Withdraws a verdict that the function contradicts at distances no track reaches.
void look_further(const Way& way, Track& track, Settled& settled) {
  const bool infinite = isinf(settled.value);
  if (way.in_double || !way.endless || track.end != End::planned) return;
  if (settled.verdict != Verdict::finite && !infinite) return;
  FiftyDigits allowed = settled.error + track.rungs.back().noise;
  if (!infinite)
    for (std::size_t m = track.half(); m < track.size(); ++m)
      allowed = std::max(allowed, FiftyDigits(2 * abs(track.rungs[m].value - settled.value)));
  const int sign = settled.value > 0 ? 1 : -1;
  const auto follows = [&](const FiftyDigits& before, const FiftyDigits& here) {
    return infinite ? sign * here > sign * before : abs(here - settled.value) <= allowed;
  };
  if (departs_further_on(way, track, follows))
    settled = not_settled(Status::suspicious,
                          fmt::format("{} is what it seems to approach, but not what it does "
                                      "nearer than {}",
                                      infinite ? "infinity" : text(settled.value),
                                      text(track.rungs.back().distance)));
}

}  // namespace

Settled settle(const Way& way, const Tolerances& tolerances) {
  bool go_further = false;
  Track track = geometric_track(way);
  Settled settled = settle_track(way, track, tolerances, go_further);
  look_further(way, track, settled);
  settled.evaluations += track.evaluations;
  if (!go_further) return settled;
  const Track further_track = logarithmic_track(way);
  Settled further = settle_track(way, further_track, tolerances, go_further);
  further.evaluations += further_track.evaluations + settled.evaluations;
  settled.evaluations = further.evaluations;
  return further.verdict == Verdict::not_established ? settled : further;
}

}  // namespace mathtool::math
