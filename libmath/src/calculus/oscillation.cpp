#include "calculus/oscillation.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "calculus/track_end.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::math {
namespace {

std::string text(const FiftyDigits& x) { return x.str(3, std::ios_base::fmtflags{}); }

/// How values at scattered distances lie.
struct Window {
  FiftyDigits low, high, quartile_range, least_size, largest_size, noise;
  bool complete = false;  ///< every value was finite and had digits

  FiftyDigits range() const { return high - low; }
  /// A few values stand far apart from the others, as near poles: more of them would stand further.
  bool heavy_tails() const { return range() > 8 * quartile_range; }
};

/// Distances between near and far, uniform in their logarithm.
Window look(const Way& way, const FiftyDigits& near, const FiftyDigits& far,
            const FiftyDigits& largest) {
  constexpr int samples = 128;
  Philox random(samples);
  const FiftyDigits width = log(far / near);
  std::vector<FiftyDigits> values;
  Window window{};
  for (int i = 0; i < samples; ++i) {
    way.stop.check();
    const Sample sample = way.read(near * exp(width * uniform(random)));
    if (judge(sample, largest) != Reading::usable) return window;
    values.push_back(sample.value);
    window.noise = std::max(window.noise, sample.noise);
  }
  std::sort(values.begin(), values.end());
  window.low = values.front(), window.high = values.back();
  window.quartile_range = values[samples * 3 / 4] - values[samples / 4];
  window.least_size = window.low > 0 ? window.low : window.high < 0 ? -window.high : FiftyDigits(0);
  window.largest_size = std::max(FiftyDigits(abs(window.low)), FiftyDigits(abs(window.high)));
  window.complete = true;
  return window;
}

/// Near values reach as far to both sides as the far ones, but for what chance leaves out.
bool keeps_apart(const Window& near, const Window& far) {
  const FiftyDigits slack = 0.03 * far.range();
  return near.low <= far.low + slack && near.high >= far.high - slack &&
         near.range() > 1000 * near.noise;
}

/// Grows from window to window, from the far one through the middle one to the near one.
bool grows(const Window& near, const Window& middle, const Window& far) {
  return near.least_size > 10 * far.largest_size && 50 * near.least_size > near.largest_size &&
         near.least_size > 3 * middle.largest_size && middle.least_size > 3 * far.largest_size;
}

Settled judge(const Window& near, const Window& middle, const Window& far,
              const FiftyDigits& distance) {
  const std::string between = fmt::format("values between {} and {} at distance {}", text(near.low),
                                          text(near.high), text(distance));
  if (near.heavy_tails() || far.heavy_tails())
    return not_settled(Status::suspicious,
                       "rare large values remain as the point is approached: " + between);
  if (keeps_apart(near, far)) return settled_nowhere("it oscillates for ever: " + between);
  if (grows(near, middle, far))
    return settled_infinite(near.low > 0 ? 1 : -1, "it grows beyond every bound: " + between);
  Settled settled = settled_finite((near.low + near.high) / 2, 2 * near.range() + near.noise);
  if (2 * near.range() > far.range()) {
    settled.error += abs(near.low + near.high - far.low - far.high) / 2;
    settled.verdict = Verdict::not_established;
    settled.status = Status::out_of_budget;
    settled.reason = "oscillation does not clearly die out: " + between;
  }
  return settled;
}

/// Whether still nearer values, where doubles may lack the digits to oscillate, allow the verdict.
bool allows(const Settled& settled, const Window& near, const Window& nearest) {
  if (!nearest.complete) return false;
  if (settled.verdict == Verdict::does_not_exist) return 2 * nearest.range() >= near.range();
  if (settled.verdict == Verdict::finite)
    return nearest.range() <= near.range() + 1000 * near.noise;
  return nearest.least_size >= near.least_size;
}

}  // namespace

Settled settle_oscillating(const Way& way, const Track& track, const Tolerances& tolerances) {
  std::int64_t evaluations = 0;
  const FiftyDigits largest = track.largest();
  const auto window = [&](const FiftyDigits& near, const FiftyDigits& far) {
    evaluations += 128;
    return look(way, near, far, largest);
  };
  const auto distance = [&](double share) {
    return track.rungs[static_cast<std::size_t>(share * double(track.size() - 1))].distance;
  };

  if (way.in_double && track.end == End::rounding)
    return not_settled(Status::suspicious,
                       fmt::format("rounding hides what happens at distances below {}",
                                   text(track.rungs.back().distance)));
  // Doubles beyond 2^53 are all whole, and even.
  FiftyDigits nearest = way.in_double ? std::max(distance(1), FiftyDigits(1e-14)) : distance(1);
  Window near = window(nearest, 4 * nearest);
  if (way.endless && !way.in_double && track.end == End::planned)
    for (const char* nearer : {"1e-44", "1e-36", "1e-28"}) {
      const FiftyDigits h(nearer);
      if (h < way.nearest || h > nearest) continue;
      const Window closer = window(h, 4 * h);
      if (!closer.complete) continue;
      near = closer, nearest = h;
      break;
    }
  const FiftyDigits further = distance(0.4), between = sqrt(nearest * further);
  const Window far = window(further, 4 * further), middle = window(between, 4 * between);
  Settled settled;
  if (!near.complete || !middle.complete || !far.complete) {
    settled =
        not_settled(Status::not_finite, "the function has no values at some points on the way");
  } else {
    settled = judge(near, middle, far, nearest);
    if (settled.verdict == Verdict::not_established && settled.status == Status::out_of_budget) {
      // Slow oscillation, in the logarithm of the distance: wider windows see whole periods.
      const Window near_wide = window(distance(1), distance(0.75));
      const Window far_wide = window(distance(0.75), distance(0.5));
      const bool slow = near.range() < 0.9 * near_wide.range();
      if (slow && near_wide.complete && far_wide.complete && keeps_apart(near_wide, far_wide))
        settled = judge(near_wide, near_wide, far_wide, distance(1));
    }
    if (way.in_double && nearest > distance(1) && settled.verdict != Verdict::not_established &&
        !allows(settled, near, window(distance(1), 4 * distance(1))))
      settled = not_settled(Status::suspicious,
                            fmt::format("values at distances below {} look otherwise than those "
                                        "above it",
                                        text(nearest)));
    const FiftyDigits size = std::min(FiftyDigits(1), largest);
    if (settled.verdict == Verdict::finite &&
        settled.error > std::max(FiftyDigits(tolerances.relative * abs(settled.value)),
                                 FiftyDigits(tolerances.absolute * size))) {
      settled.verdict = Verdict::not_established;
      settled.status = Status::out_of_budget;
      settled.reason = fmt::format("oscillation dies out slowly: {} is known to within {} only",
                                   text(settled.value), text(settled.error));
    }
  }
  settled.evaluations = evaluations;
  return settled;
}

}  // namespace mathtool::math
