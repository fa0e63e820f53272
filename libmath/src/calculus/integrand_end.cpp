#include "integrand_end.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "gauss_kronrod.hpp"
#include "mathtool/math/calculus/acceleration.hpp"
#include "singularity_search.hpp"

namespace mathtool::math {
namespace {

using Kind = IntegrandEnd::Kind;
constexpr double nothing = 1e-19;  // of the largest |F|: beneath any rounding of the sum

/// F at points that are dense where distances are ordinary and thin out beyond.
struct EndSamples {
  std::vector<double> s, value;

  std::size_t size() const { return s.size(); }
  double size_at(std::size_t i) const { return std::abs(value[i]); }

  void cut(std::size_t n) {
    s.resize(n);
    value.resize(n);
  }

  std::size_t index_at(double place) const {
    std::size_t i = 0;
    while (i + 1 < size() && s[i] < place) ++i;
    return i;
  }

  /// The rate λ between two points where F falls as e^{−λs}.
  double rate(std::size_t i, std::size_t j) const {
    return std::log(size_at(i) / size_at(j)) / (s[j] - s[i]);
  }
};

EndSamples sample_end(ChartedIntegrand& f, const IntegrationChart& chart) {
  constexpr double step = 0.5, growth = 0.125, until = 16.0;
  // Where f has underflowed to 0, nothing points to what may lie beyond.
  constexpr double blind_step = 0.05, blind_until = 12.0;
  EndSamples samples;
  samples.s.reserve(256);
  samples.value.reserve(256);
  const double last = chart.last();
  double s = 0.0, peak = 0.0, matters = 0.0;
  while (true) {
    samples.s.push_back(s);
    samples.value.push_back(f(chart, s));
    const double size = std::abs(samples.value.back());
    if (s >= last || !std::isfinite(size)) return samples;
    peak = std::max(peak, size);
    if (size > nothing * peak) matters = s;
    if (peak > 0.0 && s > std::max(until, 2 * matters)) return samples;
    const bool blind = size == 0.0 && s < blind_until;
    s = std::min(last, s + (blind ? blind_step : std::max(step, growth * s)));
  }
}

/// F = const as for 1/x, or falls like 1/s or slower as for 1/(x log x). Looks at the last half but
/// for the very end, where the rounding of the origin shows.
bool does_not_fall(const EndSamples& samples, double until, double constant) {
  constexpr double power_limit = 1.01, same = 0.02;
  const std::size_t i = samples.index_at(until / 2), j = samples.index_at(0.75 * until),
                    k = samples.index_at(until);
  if (i >= j || j >= k) return false;
  if (samples.value[i] == 0.0 || samples.value[j] == 0.0 || samples.value[k] == 0.0) return false;
  const double first = samples.rate(i, j), second = samples.rate(j, k);
  if (!(second > constant)) return true;
  const auto power = [&](double rate, std::size_t from, std::size_t to) {
    return rate * (samples.s[to] - samples.s[from]) / std::log(samples.s[to] / samples.s[from]);
  };
  const double first_power = power(first, i, j), second_power = power(second, j, k);
  const bool power_of_s = std::abs(first_power - second_power) < same * second_power;
  const bool exponential = std::abs(first - second) < same * second;
  return power_of_s && !exponential && second_power < power_limit;
}

/// Where the values change their sign so often that waves must be summed; their number if nowhere.
std::size_t start_of_waves(std::span<const double> values) {
  std::size_t changes = 0, first = values.size();
  double last = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] * last < 0.0) {
      if (changes++ == 0) first = i - 1;
    }
    if (values[i] != 0.0) last = values[i];
  }
  return changes >= 8 && 4 * changes >= values.size() - first ? first : values.size();
}

/// The steps between samples, 0 where there is hardly one.
std::vector<double> steps(std::span<const double> values) {
  constexpr double least = 0.05;
  std::vector<double> result;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const double step = values[i] - values[i - 1];
    const double size = std::max(std::abs(values[i]), std::abs(values[i - 1]));
    result.push_back(std::abs(step) > least * size ? step : 0.0);
  }
  return result;
}

/// A sample far above negligible ones before it; 0 if there is none.
std::size_t revival(const EndSamples& samples) {
  constexpr double rise = 1e3;
  double peak = std::max(samples.size_at(0), samples.size_at(1));
  for (std::size_t i = 2; i + 1 < samples.size(); ++i) {
    const double before = std::max(samples.size_at(i - 1), samples.size_at(i - 2));
    if (peak > 0.0 && before <= nothing * peak && samples.size_at(i) > rise * before) return i;
    peak = std::max(peak, samples.size_at(i));
  }
  return 0;
}

double sign_of(double v) { return v > 0 ? 1.0 : v < 0 ? -1.0 : 0.0; }

/// Nearer than the last distance f stays what it is, where 1/|x − c| would grow a thousandfold:
/// what looks like a pole is a narrow peak.
bool levels_off(ChartedIntegrand& f, const IntegrationChart& chart, double last) {
  constexpr double nearer = 0x1p-10, growth = 64.0;
  const double distance = chart.x(last) - chart.origin;
  return std::abs(f.at(chart.origin + nearer * distance)) <
         growth * std::abs(f.at(chart.origin + distance));
}

/// Where f is not finite at the last sample: what the samples before it allow to say.
IntegrandEnd examine_breakdown(EndSamples& samples, double constant) {
  const double odd = samples.value.back(), at = samples.s.back();
  samples.cut(samples.size() - 1);
  const std::size_t n = samples.size();
  if (n < 3) return {.kind = Kind::undefined, .last = at};
  const std::size_t waves = start_of_waves(samples.value);
  if (waves < n) return {.kind = Kind::waves, .last = samples.s[waves]};
  double peak = 0.0;
  for (double v : samples.value) peak = std::max(peak, std::abs(v));
  // A formula that is 0/0 or ∞/∞ by rounding where it contributes nothing any more.
  constexpr double faint = 1e-6;
  if (std::max(samples.size_at(n - 1), samples.size_at(n - 2)) <= faint * peak)
    return {.kind = Kind::closed, .last = samples.s.back()};
  const bool rising = samples.size_at(n - 1) > samples.size_at(n - 2);
  if ((std::isinf(odd) && rising) || does_not_fall(samples, 0.5 * samples.s.back(), constant))
    return {.kind = Kind::divergent, .last = at, .sign = sign_of(samples.value.back())};
  return {.kind = Kind::undefined, .last = at};
}

/// Where doubles hardly resolve the stretch from the origin to its reach: f read as one power of
/// the distance, which may be wrong by as much as it says.
IntegralTail tail_as_power(ChartedIntegrand& f, const IntegrationChart& chart) {
  constexpr double nearer = 0x1p-6, steepest = 0.95;
  const double far = f.at(chart.origin + chart.reach),
               near = f.at(chart.origin + nearer * chart.reach);
  const double power = std::max(0.0, std::log(near / far) / -std::log(nearer));
  if (!(power < steepest)) return {.error = std::numeric_limits<double>::infinity()};
  const double value = far * std::abs(chart.reach) / (1.0 - power);
  return {.value = value, .error = std::abs(value)};
}

}  // namespace

IntegrandEnd examine_end(ChartedIntegrand& f, IntegrationChart& chart) {
  const bool rounded = chart.scale == IntegrationChart::Scale::towards && chart.origin != 0.0;
  const double constant = rounded ? 1e-5 : 1e-6;  // a rate of F that may be none
  EndSamples samples = sample_end(f, chart);
  if (!std::isfinite(samples.value.back())) {
    const IntegrandEnd end = examine_breakdown(samples, constant);
    if (end.kind != Kind::closed) return end;
  }
  if (std::size_t i = revival(samples); i != 0) {
    const double last = samples.s[i - 1];
    while (i + 2 < samples.size() && samples.size_at(i + 1) > samples.size_at(i)) ++i;
    const auto size = [&](double s) { return std::abs(f(chart, s)); };
    return {.kind = Kind::revival,
            .last = last,
            .peak = place_of_largest(size, samples.s[i - 1], samples.s[i], samples.s[i + 1]),
            .next = samples.s[i + 1]};
  }

  double peak = 0.0;
  for (double v : samples.value) peak = std::max(peak, std::abs(v));
  if (peak == 0.0) return {.kind = Kind::closed, .last = samples.s.back()};
  const auto negligible = [&](std::size_t i) {
    return samples.size_at(i) * std::max(1.0, samples.s[i]) <= nothing * peak;
  };
  std::size_t end = samples.size();
  while (negligible(end - 1)) --end;
  bool closed = end < samples.size();
  // Where powers of x overflow or underflow, F drops to 0 whatever it did before.
  constexpr double extreme = 100.0;
  if (closed && samples.s[end] > extreme && end > 2 &&
      samples.size_at(end - 1) > 1e-3 * samples.size_at(samples.index_at(0.5 * samples.s[end]))) {
    samples.cut(end);
    closed = false;
  }
  const double last = samples.s[std::min(end, samples.size() - 1)];

  constexpr double resolvable = 4.0;  // e⁴ half-waves of the first length can be taken one by one
  if (!closed || last > resolvable) {
    const std::span<const double> matter(samples.value.data(), end);
    const std::vector<double> changes = steps(matter);
    const std::size_t waves = start_of_waves(matter), ripples = start_of_waves(changes);
    const std::size_t start = std::min(waves, ripples);
    if (start < changes.size() && !(closed && last - samples.s[start] <= resolvable))
      return {.kind = waves < end ? Kind::waves : Kind::ripples, .last = samples.s[start]};
  }
  if (closed) return {.kind = Kind::closed, .last = last};
  if (does_not_fall(samples, 0.8 * last, constant) && !(rounded && levels_off(f, chart, last)))
    return {.kind = Kind::divergent, .last = last, .sign = sign_of(samples.value.back())};
  if (rounded) {
    const double power =
        1.0 - samples.rate(samples.index_at(0.7 * last), samples.index_at(0.9 * last));
    constexpr double none = 0.01;
    if (std::abs(power) < none) return {.kind = Kind::regular, .last = last};
    if (std::abs(power) < 1.5) chart.power = power;
  }
  return {.kind = Kind::open, .last = last};
}

IntegralTail extrapolate_tail(ChartedIntegrand& f, const IntegrationChart& chart, double last) {
  constexpr std::size_t stretches = 7;
  constexpr double slowest = 0.99;  // ratio of neighbouring stretches, beyond which noise governs
  constexpr double shortest = 0.5;  // e-fold of the distance
  if (last < shortest) return tail_as_power(f, chart);
  const double length = 0.08 * last;
  std::array<double, stretches + 1> sums{};
  std::array<double, stretches> terms{};
  double magnitude = 0.0;
  for (std::size_t i = 0; i < stretches; ++i) {
    IntegrationPanel stretch;
    stretch.low = last - length * static_cast<double>(stretches - i);
    stretch.high = stretch.low + length;
    measure(stretch, f, chart);
    terms[i] = stretch.value;
    sums[i + 1] = sums[i] + stretch.value;
    magnitude += stretch.magnitude;
  }
  const double ratio = terms[stretches - 1] / terms[stretches - 2];
  if (!(std::abs(ratio) < slowest)) {
    const double rest = std::abs(terms[stretches - 1]) / std::max(0.0, 1.0 - ratio);
    return {.error = rest, .established = false};
  }
  // Models with one, two and three exponentials: too few terms miss what is there, too many fit
  // rounding. The one that least minds the loss of the last stretch is taken.
  const std::span<const double> all(sums);
  double limit = 0.0, change = std::numeric_limits<double>::infinity();
  for (const std::size_t members : {3, 5, 7}) {
    const double now = wynn_epsilon(all.last(members)).back(),
                 before = wynn_epsilon(all.last(members + 1).first(members)).back();
    if (!(std::abs(now - before) < change)) continue;
    limit = now;
    change = std::abs(now - before);
  }
  constexpr double rounding = 8 * std::numeric_limits<double>::epsilon();
  return {.value = limit - sums[stretches],
          .error = 10 * change + rounding * magnitude / (1.0 - std::abs(ratio))};
}

}  // namespace mathtool::math
