#include "mathtool/opt/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

/// From `first` to `last` along half a cosine, at `share` of the way.
double along_cosine(double first, double last, double share) {
  return last + (first - last) / 2 * (std::cos(std::numbers::pi * share) + 1);
}

/// The rate of a shape at step t of `total`, both counted without the warm-up.
struct RateAt {
  double own, t, total;
  double plateau_rate;

  double operator()(const ConstantRate&) const { return own; }
  double operator()(const StepDecay& s) const {
    return own * std::pow(s.factor, std::floor(t / static_cast<double>(s.every)));
  }
  double operator()(const ExponentialDecay& s) const { return own * std::pow(s.factor, t); }
  double operator()(const CosineDecay& s) const {
    if (s.restart == 0) return along_cosine(own, 0, std::min(t / total, 1.0));
    const double period = static_cast<double>(s.restart);
    return along_cosine(own, 0, std::fmod(t, period) / period);
  }
  double operator()(const OneCycle& s) const {
    const double first = s.max_rate / 25, last = first / 1e4;
    const double peak = 0.3 * total - 1, end = total - 1;
    const double at = std::min(t, end);
    if (at <= peak) return along_cosine(first, s.max_rate, at / peak);
    return along_cosine(s.max_rate, last, (at - peak) / (end - peak));
  }
  double operator()(const Plateau&) const { return std::isnan(plateau_rate) ? own : plateau_rate; }
};

}  // namespace

double Schedule::rate(double own_rate, const ScheduleState& state) const {
  const auto at = [&](std::int64_t t) {
    return std::visit(RateAt{own_rate, static_cast<double>(t),
                             static_cast<double>(total_steps - warmup), state.rate},
                      shape);
  };
  if (state.steps >= warmup) return at(state.steps - warmup);
  return at(0) * static_cast<double>(state.steps + 1) / static_cast<double>(warmup);
}

void Schedule::advance(double own_rate, double value, ScheduleState& state) const {
  const bool warming = state.steps++ < warmup;
  const auto* plateau = std::get_if<Plateau>(&shape);
  if (!plateau || warming || std::isnan(value)) return;
  if (value < state.best * (1 - 1e-4)) {
    state.best = value;
    state.bad_steps = 0;
  } else if (++state.bad_steps > plateau->patience) {
    const double rate = std::isnan(state.rate) ? own_rate : state.rate;
    if (rate - rate * plateau->factor > 1e-8) state.rate = rate * plateau->factor;
    state.bad_steps = 0;
  }
}

void Schedule::validate() const {
  require(warmup >= 0, "schedule: warmup must be >= 0, got {}", warmup);
  const auto needs_total = [&](const char* name) {
    require(total_steps > warmup, "schedule: {} needs more steps than the warm-up, {} of {}", name,
            total_steps, warmup);
  };
  struct Check {
    const decltype(needs_total)& total;
    void operator()(const ConstantRate&) const {}
    void operator()(const StepDecay& s) const {
      require(s.every >= 1, "schedule: step: the number of steps must be >= 1, got {}", s.every);
      require(s.factor > 0, "schedule: step: the factor must be > 0, got {}", s.factor);
    }
    void operator()(const ExponentialDecay& s) const {
      require(s.factor > 0, "schedule: exponential: the factor must be > 0, got {}", s.factor);
    }
    void operator()(const CosineDecay& s) const {
      require(s.restart >= 0, "schedule: cosine: restart must be >= 0, got {}", s.restart);
      if (s.restart == 0) total("cosine");
    }
    void operator()(const OneCycle& s) const {
      require(s.max_rate > 0, "schedule: onecycle: the rate must be > 0, got {}", s.max_rate);
      total("onecycle");
    }
    void operator()(const Plateau& s) const {
      require(s.patience >= 0, "schedule: plateau: patience must be >= 0, got {}", s.patience);
      require(0 < s.factor && s.factor < 1,
              "schedule: plateau: the factor must be in (0, 1), got {}", s.factor);
    }
  };
  std::visit(Check{needs_total}, shape);
}

}  // namespace mathtool::opt
