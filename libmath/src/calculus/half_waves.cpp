#include "half_waves.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "gauss_kronrod.hpp"
#include "mathtool/math/calculus/acceleration.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

constexpr std::size_t most_waves = 60, least_waves = 12;

/// The variable u = eˢ, in which waves of x or of 1/x have lengths that vary slowly.
class WaveScan {
 public:
  /// Zeros of F, or minima of f.
  enum class Of { value, slope };

  /// `first_step` is a share of u.
  WaveScan(ChartedIntegrand& f, const IntegrationChart& chart, double from, Of of,
           double first_step)
      : f_(f), chart_(chart), of_(of), u_(std::exp(from)), step_(u_ * first_step), value_(at(u_)) {}

  /// The next one, as a value of s; none where f is not finite or too many steps show none.
  std::optional<double> next() {
    constexpr int most_steps = 4000;
    for (int i = 0; i < most_steps; ++i) {
      const double ahead = u_ + step_, value = at(ahead);
      if (!std::isfinite(value)) return std::nullopt;
      const bool changed =
          value != 0.0 && value_ * value <= 0.0 && (of_ == Of::value || value > 0.0);
      const double zero = changed ? between(u_, value_, ahead, value) : 0.0;
      u_ = ahead, value_ = value;
      if (!changed) continue;
      // A small part of the last length, so that none is stepped over.
      if (last_ > 0.0)
        step_ = std::max((zero - last_) / (of_ == Of::value ? 8 : 16), 64 * epsilon * zero);
      last_ = zero;
      return std::log(zero);
    }
    return std::nullopt;
  }

 private:
  double at(double u) {
    if (of_ == Of::value) return f_(chart_, std::log(u));
    const auto plain = [&](double v) { return f_(chart_, std::log(v)) * v; };
    const double reach = 0.5 * step_;
    return plain(u + reach) - plain(u - reach);
  }

  /// Regula falsi of the Illinois kind. The place need not be sharp: what one wave loses its
  /// neighbour gains.
  double between(double a, double at_a, double b, double at_b) {
    for (int i = 0; i < 12 && b - a > 1e-12 * b; ++i) {
      const double c = std::clamp(b - at_b * (b - a) / (at_b - at_a), a, b), at_c = at(c);
      if (at_c == 0.0) return c;
      if (at_c * at_b < 0.0)
        a = c, at_a = at_c, at_b *= 0.5;
      else
        b = c, at_b = at_c, at_a *= 0.5;
    }
    return 0.5 * (a + b);
  }

  ChartedIntegrand& f_;
  const IntegrationChart& chart_;
  Of of_;
  double u_, step_, value_;
  double last_ = 0.0;
};

/// The integrals over one wave after the other.
struct Waves {
  double first = 0.0;
  std::vector<double> terms = {}, sums = {0.0};
  double error = 0.0;    ///< of the rule, and rounding
  bool aliased = false;  ///< f changes its sign within what was taken for one of them
};

Waves integrate_waves(ChartedIntegrand& f, const IntegrationChart& chart, double from,
                      WaveScan::Of of, double first_step) {
  WaveScan scan(f, chart, from, of, first_step);
  Waves waves{.first = from};
  std::optional<double> place = scan.next();
  // The first minima are placed by differences over other steps than the rest.
  for (int i = 0; i < 3 && of == WaveScan::Of::slope && place; ++i) place = scan.next();
  if (!place) return waves;
  waves.first = *place;
  double rounding = 0.0;
  while (waves.terms.size() < most_waves) {
    const std::optional<double> end = scan.next();
    if (!end || !(*end > *place)) break;
    IntegrationPanel wave;
    wave.low = *place, wave.high = *end;
    measure(wave, f, chart);
    if (!std::isfinite(wave.error)) break;
    const double of_one_sign = of == WaveScan::Of::value ? 0.98 : 0.5;
    if (std::abs(wave.value) < of_one_sign * wave.magnitude) {
      waves.aliased = true;
      break;
    }
    waves.terms.push_back(wave.value);
    waves.sums.push_back(waves.sums.back() + wave.value);
    waves.error += wave.error;
    rounding = std::max(rounding, 8 * epsilon * wave.magnitude);
    place = end;
    if (std::abs(wave.value) <= epsilon * epsilon * std::abs(waves.terms.front())) break;
  }
  waves.error += rounding;
  return waves;
}

/// Waves that grow shorter and shorter, as those of sin(1/x²), may start far below the usual step.
Waves regular_waves(ChartedIntegrand& f, const IntegrationChart& chart, double from,
                    WaveScan::Of of) {
  Waves waves;
  for (double first_step = 0x1p-6; first_step > 0x1p-20; first_step /= 16) {
    waves = integrate_waves(f, chart, from, of, first_step);
    if (!waves.aliased) break;
  }
  if (waves.aliased) waves.terms.clear();
  return waves;
}

/// p where |aₖ| falls like k⁻ᵖ between two terms.
double decay(const std::vector<double>& terms, std::size_t i, std::size_t j) {
  return std::log(std::abs(terms[i] / terms[j])) /
         std::log(static_cast<double>(j + 1) / static_cast<double>(i + 1));
}

/// Whether |F| falls like e^{−λs}: f is integrable then, whatever its waves look like.
bool falls_off(ChartedIntegrand& f, const IntegrationChart& chart, double from) {
  constexpr int samples = 128;
  constexpr double stretch = 4.0, apart = 12.0, slowest = 0.05;
  const auto largest = [&](double s) {
    double most = 0.0;
    for (int i = 0; i < samples; ++i) {
      const double share = std::fmod(i * std::numbers::phi, 1.0);
      const double size = std::abs(f(chart, s + stretch * share));
      most = std::isfinite(size) ? std::max(most, size) : std::numeric_limits<double>::infinity();
    }
    return most;
  };
  return largest(from + apart) < std::exp(-slowest * apart) * largest(from);
}

/// Set unless the terms fall like a power above `least`, and go on doing so.
std::optional<Estimate> verdict_on_decay(const std::vector<double>& terms, double least) {
  const std::size_t n = terms.size();
  Estimate verdict;
  if (n < least_waves) {
    verdict.reason = fmt::format("only {} regular waves of an oscillation were found", n);
    return verdict;
  }
  const double early = decay(terms, n / 4, n / 2 - 1), late = decay(terms, n / 2, n - 1);
  const double size = std::abs(terms.back());
  constexpr double margin = 1e-3, doubtful = 0.1, steady = 0.7;
  if (late < least + margin) {
    verdict.status = Status::divergent;
    verdict.reason = fmt::format(
        "the waves of the oscillation do not shrink fast enough: {:.3g} after {} of them", size, n);
    return verdict;
  }
  if ((least > 0.0 && late < least + doubtful) || late < steady * early) {
    verdict.status = Status::suspicious;
    verdict.reason = fmt::format(
        "the waves of the oscillation shrink too slowly to tell whether their sum has a limit: "
        "{:.3g} after {} of them",
        size, n);
    return verdict;
  }
  return std::nullopt;
}

/// The same, but nothing that falls off is divergent.
std::optional<Estimate> verdict_on(const Waves& waves, double least, ChartedIntegrand& f,
                                   const IntegrationChart& chart, double from) {
  std::optional<Estimate> verdict = verdict_on_decay(waves.terms, least);
  if (verdict && verdict->status == Status::divergent && falls_off(f, chart, from)) {
    verdict->status = Status::stalled;
    verdict->reason = "the waves of an oscillation grow too short or too irregular to be followed";
  }
  return verdict;
}

WaveSum agreed(const Waves& waves, const Accelerated<double>& a, const Accelerated<double>& b) {
  const Accelerated<double>& best = a.error < b.error ? a : b;
  WaveSum result{.first = waves.first};
  result.sum.value = best.value;
  result.sum.error = std::abs(a.value - b.value) + best.error + waves.error;
  result.sum.status = Status::converged;
  return result;
}

}  // namespace

WaveSum sum_half_waves(ChartedIntegrand& f, const IntegrationChart& chart, double from) {
  const Waves waves = regular_waves(f, chart, from, WaveScan::Of::value);
  if (const auto verdict = verdict_on(waves, 0.0, f, chart, from))
    return {.sum = *verdict, .first = waves.first};
  return agreed(waves, best_estimate<double>(wynn_epsilon<double>(waves.sums)),
                best_estimate<double>(levin_u<double>(waves.sums)));
}

WaveSum sum_ripples(ChartedIntegrand& f, const IntegrationChart& chart, double from) {
  const Waves waves = regular_waves(f, chart, from, WaveScan::Of::slope);
  if (const auto verdict = verdict_on(waves, 1.0, f, chart, from))
    return {.sum = *verdict, .first = waves.first};
  constexpr std::size_t skipped = 5;
  const std::span<const double> sums(waves.sums);
  return agreed(waves, best_estimate<double>(levin_u(sums)),
                best_estimate<double>(levin_u(sums.subspan(skipped))));
}

}  // namespace mathtool::math
