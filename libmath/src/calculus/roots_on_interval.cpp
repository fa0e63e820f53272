#include "mathtool/math/calculus/roots_on_interval.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/error.hpp"
#include "monotone_cuts.hpp"
#include "root_verdict.hpp"
#include "scan_verdict.hpp"

namespace mathtool::math {
namespace {

using State = ChebyshevPiece::State;

/// Goes along the cuts from left to right and collects what lies at and between them.
class RootCollector {
 public:
  RootCollector(std::vector<Cut> cuts, CountedFunction& f, RootTolerance tolerance)
      : cuts_(std::move(cuts)), f_(f), tolerance_(tolerance) {}

  void collect(RootsOnInterval& result) {
    for (std::size_t i = 0; i < cuts_.size(); ++i) {
      at_cut(i, result);
      if (i + 1 < cuts_.size()) between(i, result);
    }
    merge(result.roots);
    for (const IntervalRoot& root : result.roots)
      if (doubt_.empty() && !(root.error <= tolerance_.at(root.x)))
        doubt_ = fmt::format("rounding in f leaves the root near {} uncertain by {:.2g}", root.x,
                             root.error);
  }

  /// Why a root found may be none or misplaced; empty where all are settled.
  const std::string& doubt() const { return doubt_; }

 private:
  bool usable(std::size_t i) const { return std::isfinite(cuts_[i].f); }
  bool joined(std::size_t i) const {  // cuts i and i + 1 belong to one stretch of finite f
    return i + 1 < cuts_.size() && usable(i) && usable(i + 1) &&
           (cuts_[i].after == State::smooth || cuts_[i].after == State::singular);
  }
  bool zero(std::size_t i) const { return cuts_[i].f == 0; }

  /// The stretch around the cuts from i to j on which |f| grows away from them.
  Reach reach(std::size_t i, std::size_t j) const {
    const auto grows = [this](std::size_t near, std::size_t far) {
      const double value = cuts_[near].f;
      return cuts_[std::min(near, far)].after == State::smooth &&
             !opposite_signs(value, cuts_[far].f) && std::abs(cuts_[far].f) > std::abs(value);
    };
    while (i > 0 && joined(i - 1) && grows(i, i - 1)) --i;
    while (joined(j) && grows(j, j + 1)) ++j;
    return {cuts_[i].x, cuts_[j].x};
  }

  void at_cut(std::size_t i, RootsOnInterval& result) {
    if (!usable(i)) return;
    const bool left = i > 0 && joined(i - 1), right = joined(i);
    if (zero(i)) {
      if ((left && zero(i - 1)) || (right && zero(i + 1))) return;  // an interval of zeros
      if (left && right && opposite_signs(cuts_[i - 1].f, cuts_[i + 1].f))
        crossing({cuts_[i].x, 0.0, cuts_[i + 1].x, cuts_[i + 1].f}, reach(i, i), result);
      else
        touching(cuts_[i].x, reach(i, i), left && right, result);
      return;
    }
    constexpr double small = 1e-6;
    const double size = std::abs(cuts_[i].f);
    if (size > small * cuts_[i].scale || (!left && !right)) return;
    const auto lower_or_crossed = [&](std::size_t k) {
      return cuts_[k].f == 0 || opposite_signs(cuts_[k].f, cuts_[i].f) ||
             std::abs(cuts_[k].f) < size;
    };
    if ((left && lower_or_crossed(i - 1)) || (right && lower_or_crossed(i + 1))) return;
    const Reach span{left ? cuts_[i - 1].x : cuts_[i].x, right ? cuts_[i + 1].x : cuts_[i].x};
    const double x = left && right ? least_point([this](double t) { return std::abs(f_(t)); },
                                                 span.lower, span.upper)
                                   : cuts_[i].x;
    touching(x, reach(i, i), left && right, result);
  }

  void between(std::size_t i, RootsOnInterval& result) {
    const Cut &p = cuts_[i], &q = cuts_[i + 1];
    if (p.after == State::singular && usable(i) != usable(i + 1)) {
      const double end = usable(i) ? domain_end(f_, p.x, q.x) : domain_end(f_, q.x, p.x);
      const Reach span = usable(i) ? Reach{i > 0 ? cuts_[i - 1].x : p.x, end}
                                   : Reach{end, i + 2 < cuts_.size() ? cuts_[i + 2].x : q.x};
      constexpr double open = 1e-290;  // x log(x) is not defined at 0, however small x may be
      if (f_(end) == 0 || std::abs(end) > open) touching(end, span, false, result);
      return;
    }
    if (!joined(i)) return;
    if (opposite_signs(p.f, q.f))
      crossing({p.x, p.f, q.x, q.f}, reach(i, i + 1), result);
    else if (zero(i) && zero(i + 1))
      zeros(i, result);
    else if (p.after == State::singular && !zero(i) && !zero(i + 1))
      cusp(i, result);
  }

  void crossing(const Bracket& start, Reach span, RootsOnInterval& result) {
    const Bracket bracket = narrowed(start, f_);
    if (std::isnan(bracket.fa)) return;
    const ZeroEvidence evidence = crossing_evidence(bracket, span, f_);
    switch (evidence.nature) {
      case ZeroEvidence::Nature::pole:
      case ZeroEvidence::Nature::jump:
        result.discontinuities.push_back(
            {evidence.x, evidence.error, evidence.nature == ZeroEvidence::Nature::pole});
        return;
      case ZeroEvidence::Nature::zero:
        result.roots.push_back({simplest(evidence.x, evidence.error), evidence.error, false});
        return;
      default: touching(bracket.a, span, true, result);
    }
  }

  void touching(double x, Reach span, bool both_sides, RootsOnInterval& result) {
    const double fx = f_(x);
    const ZeroEvidence evidence = touching_evidence(x, fx, span, f_);
    if (evidence.nature == ZeroEvidence::Nature::none) return;
    if (evidence.nature == ZeroEvidence::Nature::unproved) {
      if (doubt_.empty())
        doubt_ = fmt::format("f is {:.2g} at {}: whether it reaches zero is not clear", fx, x);
      return;
    }
    result.roots.push_back({simplest(x, evidence.error), evidence.error, both_sides});
  }

  /// Of all places within the error the one to show: 0 if it is a root.
  double simplest(double x, double error) { return std::abs(x) <= error && f_(0.0) == 0 ? 0.0 : x; }

  /// Where a kink or the like may reach zero between two values of the same sign.
  void cusp(std::size_t i, RootsOnInterval& result) {
    const double x =
        least_point([this](double t) { return std::abs(f_(t)); }, cuts_[i].x, cuts_[i + 1].x);
    const double ends = std::min(std::abs(cuts_[i].f), std::abs(cuts_[i + 1].f));
    if (std::abs(f_(x)) <= 0.03 * ends) touching(x, reach(i, i + 1), true, result);
  }

  /// Cells i and i + 1 are 0 at both ends: a whole interval of zeros, followed to its ends.
  void zeros(std::size_t i, RootsOnInterval& result) {
    if (f_(cuts_[i].x / 2 + cuts_[i + 1].x / 2) != 0) return;
    Interval interval{cuts_[i].x, cuts_[i + 1].x};
    const auto widen = [&](double inside, std::size_t next) {
      double outside = cuts_[next].x;
      while (true) {
        const double middle = middle_double(inside, outside);
        if (middle == inside || middle == outside) break;
        (f_(middle) == 0 ? inside : outside) = middle;
      }
      constexpr double tiny = 1e-300;
      if (std::abs(f_(outside)) < tiny && doubt_.empty())
        doubt_ = fmt::format("f underflows to 0 from {} on: zeros there may be none", inside);
      return inside;
    };
    if (i > 0 && joined(i - 1) && !zero(i - 1)) interval.lower = widen(interval.lower, i - 1);
    if (joined(i + 1) && !zero(i + 2)) interval.upper = widen(interval.upper, i + 2);
    auto& all = result.zero_intervals;
    if (!all.empty() && all.back().upper >= interval.lower)
      all.back().upper = interval.upper;
    else
      all.push_back(interval);
  }

  /// Places that their errors do not tell apart are one root: an even number of crossings touches.
  static void merge(std::vector<IntervalRoot>& roots) {
    std::sort(roots.begin(), roots.end(),
              [](const IntervalRoot& p, const IntervalRoot& q) { return p.x < q.x; });
    std::vector<IntervalRoot> merged;
    for (const IntervalRoot& root : roots) {
      if (!merged.empty() && root.x - merged.back().x <= root.error + merged.back().error) {
        IntervalRoot& last = merged.back();
        const double gap = root.x - last.x;
        last.touching = last.touching == root.touching && (last.touching || gap > 0);
        if (root.error < last.error) last.x = root.x;
        last.error = std::max(last.error, root.error) + gap;
      } else {
        merged.push_back(root);
      }
    }
    roots = std::move(merged);
  }

  std::vector<Cut> cuts_;
  CountedFunction& f_;
  RootTolerance tolerance_;
  std::string doubt_;
};

}  // namespace

RootsOnInterval roots_on_interval(FunctionRef<double(double)> f, double a, double b,
                                  const RootsOnIntervalOptions& options) {
  require(std::isfinite(a) && std::isfinite(b) && a < b,
          "roots_on_interval: needs finite a < b, got [{}, {}]", a, b);
  require(options.rel_tol >= 0 && options.abs_tol >= 0,
          "roots_on_interval: tolerances must be >= 0, got {} and {}", options.rel_tol,
          options.abs_tol);
  require(options.scan >= 0, "roots_on_interval: scan must be >= 0, got {}", options.scan);
  CountedFunction scanned(f, options.max_evaluations / 4 * 3, options.stop);
  const ChebyshevScan scan = chebyshev_pieces(scanned, a, b, options.scan);
  CountedFunction counted(f, options.max_evaluations - scanned.evaluations(), options.stop);
  RootCollector collector(monotone_cuts(scan, counted), counted,
                          {options.rel_tol, options.abs_tol});
  RootsOnInterval result;
  collector.collect(result);
  if (!scan.complete) result.zero_intervals.clear();  // noise about 0 is 0 in many places
  result.undefined = undefined_intervals(scan);
  result.evaluations = scanned.evaluations() + counted.evaluations();
  const ScanVerdict verdict = scan_verdict(scan, counted.exhausted(), collector.doubt());
  result.status = verdict.status;
  result.reason = verdict.reason;
  return result;
}

}  // namespace mathtool::math
