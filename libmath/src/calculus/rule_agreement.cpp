#include "rule_agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/constants.hpp"
#include "tanh_sinh.hpp"

namespace mathtool::math {
namespace {

constexpr std::size_t longest_run = 16;
constexpr double same_width = 1e-6;

bool wider(double a, double b) { return a > b * (1.0 + same_width); }

/// How many panels from the first on follow one another and change their width in one direction
/// only: on these f has no trouble but at the ends.
std::size_t run_length(std::span<const IntegrationPanel> panels) {
  bool growing = false, shrinking = false;
  std::size_t n = 1;
  for (; n < std::min(panels.size(), longest_run); ++n) {
    const IntegrationPanel &last = panels[n - 1], &next = panels[n];
    if (next.checked || next.chart != last.chart || next.low != last.high) break;
    growing = growing || wider(next.width(), last.width());
    shrinking = shrinking || wider(last.width(), next.width());
    if (growing && shrinking) break;
  }
  return n;
}

/// The largest number of neighbours of one width.
std::size_t evenly_many(std::span<const IntegrationPanel> run) {
  std::size_t most = 1, now = 1;
  for (std::size_t i = 1; i < run.size(); ++i) {
    const double a = run[i - 1].width(), b = run[i].width();
    now = wider(a, b) || wider(b, a) ? 1 : now + 1;
    most = std::max(most, now);
  }
  return most;
}

class Comparison {
 public:
  Comparison(const std::vector<IntegrationChart>& charts, ChartedIntegrand& f,
             const AgreementLimits& limits, std::size_t panels)
      : charts_(charts), f_(f), limits_(limits), panels_(static_cast<double>(panels)) {}

  void run(std::span<IntegrationPanel> panels) {
    double value = 0.0, magnitude = 0.0, noise = 0.0, loudest = 0.0;
    for (const IntegrationPanel& panel : panels) {
      value += panel.value;
      magnitude += panel.magnitude;
      noise += panel.noise;
      loudest = std::max(loudest, panel.noise);
    }
    const double count = static_cast<double>(panels.size());
    const double share =
        std::max(count / panels_, limits_.magnitude > 0.0 ? magnitude / limits_.magnitude : 0.0);
    // What rounding explains does not count: it is part of the error anyhow, as a random walk.
    const double rounding = 4 * epsilon * magnitude + 4 * std::sqrt(loudest) * std::sqrt(noise);
    const double allowed = 0.5 * share * limits_.difference + rounding;
    const double difference = compare(panels, value, allowed);
    const bool agree = difference <= allowed;
    if (!agree && panels.size() > 1 && f_.evaluations() < limits_.evaluations) {
      run(panels.first(panels.size() / 2));
      run(panels.subspan(panels.size() / 2));
      return;
    }
    for (IntegrationPanel& panel : panels) {
      panel.checked = agree;
      panel.disagreement = std::max(0.0, difference - rounding) / count;
    }
  }

 private:
  /// The difference of the rules, at the first level where it is small or will not become so.
  double compare(std::span<const IntegrationPanel> panels, double value, double allowed) {
    const std::size_t even = evenly_many(panels), enough = std::max<std::size_t>(64, 8 * even);
    TanhSinh rule(f_, charts_[panels.front().chart], panels.front().low, panels.back().high);
    double last = std::numeric_limits<double>::infinity();
    while (true) {
      const double difference = std::abs(rule.refine() - value);
      if (difference <= allowed) return difference;
      const std::size_t nodes = TanhSinh::nodes(rule.level());
      const bool hopeless = nodes > enough && !(difference < 0.1 * last);
      if (hopeless || nodes > 4 * enough || rule.level() == TanhSinh::finest)
        return std::isnan(difference) ? std::numeric_limits<double>::infinity()
                                      : std::min(difference, last);
      last = difference;
    }
  }

  const std::vector<IntegrationChart>& charts_;
  ChartedIntegrand& f_;
  AgreementLimits limits_;
  double panels_;
};

}  // namespace

void compare_rules(std::span<IntegrationPanel> panels, const std::vector<IntegrationChart>& charts,
                   ChartedIntegrand& f, const AgreementLimits& limits) {
  Comparison comparison(charts, f, limits, panels.size());
  while (!panels.empty()) {
    std::size_t n = 1;
    if (!panels.front().checked && f.evaluations() < limits.evaluations) {
      n = run_length(panels);
      comparison.run(panels.first(n));
    }
    panels = panels.subspan(n);
  }
}

}  // namespace mathtool::math
