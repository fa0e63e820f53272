#include "mathtool/math/calculus/extrema.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "monotone_cuts.hpp"
#include "scan_verdict.hpp"
#include "singular_cell.hpp"

namespace mathtool::math {
namespace {

using State = ChebyshevPiece::State;

/// A point between which and the next f is monotone.
struct ExtremePoint {
  double x, f;
  double error;       ///< of x
  double noise;       ///< of f
  bool broken_after;  ///< f jumps, has a pole or is undefined before the next candidate
  bool end_point;
};

/// How far from x the sign of p′ is in doubt. The polynomial is read a little beyond its piece.
double place_error(const ChebyshevPiece& slope, double x) {
  const double width = slope.b - slope.a;
  const double first =
      2 * std::numeric_limits<double>::epsilon() * std::max(std::abs(x), width * 1e-6);
  for (double h = first; h < width / 50; h *= 2)
    if (std::min(std::abs(slope(x - h)), std::abs(slope(x + h))) > slope.noise) return 2 * h;
  return width;
}

/// Collects the candidates of f on the scanned interval, from left to right.
class Candidates {
 public:
  Candidates(CountedFunction& f, Extrema& result) : f_(f), result_(result) {}

  void start(const ChebyshevPiece& piece) {
    if (std::isfinite(piece.fa)) add(piece.a, piece.fa, 0, piece.noise, true);
  }

  void piece(const ChebyshevPiece& piece, const std::vector<IntervalRoot>* critical) {
    if (piece.state == State::undefined) return break_here();
    if (piece.state == State::singular) return singular(piece);
    if (piece.state != State::smooth) return;
    if (all_.empty() || all_.back().broken_after) add(piece.a, piece.fa, 0, piece.noise, true);
    noise_ = piece.noise;
    if (critical) {
      for (const IntervalRoot& root : *critical)
        if (piece.a <= root.x && root.x < piece.b)
          add(root.x, f_(root.x), root.error, piece.noise, false);
      return;
    }
    const ChebyshevPiece slope = piece.derivative();
    for (const double x : slope.zeros()) {
      const bool known = x - all_.back().x <= 1e-7 * (piece.b - piece.a) && !all_.back().end_point;
      if (!known) add(x, f_(x), place_error(slope, x), piece.noise, false);
    }
  }

  void finish(const ChebyshevPiece& piece) {
    if (std::isfinite(piece.fb) && !all_.empty() && !all_.back().broken_after)
      add(piece.b, piece.fb, 0, piece.noise, true);
    else if (!all_.empty())
      all_.back().end_point = true;
  }

  std::vector<ExtremePoint> all() && { return std::move(all_); }

 private:
  void add(double x, double fx, double error, double noise, bool end_point) {
    if (!all_.empty() && all_.back().x == x && all_.back().f == fx) {
      all_.back().end_point = all_.back().end_point || end_point;
      return;
    }
    all_.push_back({x, fx, error, noise, false, end_point});
  }

  void break_here() {
    if (all_.empty()) return;
    all_.back().broken_after = true;
    all_.back().end_point = true;
  }

  void singular(const ChebyshevPiece& piece) {
    const bool left = std::isfinite(piece.fa), right = std::isfinite(piece.fb);
    if (left && right) return inner(piece);
    if (left) domain_end_at(piece.a, piece.b);
    break_here();
    if (right) domain_end_at(piece.b, piece.a);
  }

  /// f ends between two points, with a value or by growing without bound.
  void domain_end_at(double inside, double outside) {
    const double end = domain_end(f_, inside, outside);
    const double beyond = f_(std::nextafter(end, outside));
    add(end, std::isinf(beyond) ? beyond : f_(end), 0, noise_, true);
  }

  void inner(const ChebyshevPiece& piece) {
    if (all_.empty() || all_.back().broken_after) add(piece.a, piece.fa, 0, noise_, true);
    const SingularCell cell = singular_cell(piece, f_);
    if (cell.kind != SingularCell::Kind::kink)
      result_.discontinuities.push_back(
          {cell.x, cell.error, cell.kind == SingularCell::Kind::pole});
    const std::size_t last = cell.samples.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
      const bool end = i == 0 || i == last;
      if (end && cell.kind == SingularCell::Kind::kink && last > 1) continue;  // the kink decides
      add(cell.samples[i].x, cell.samples[i].f, end ? piece.b - piece.a : cell.error, noise_,
          false);
      all_.back().broken_after = i == 1 && last == 3 && cell.kind != SingularCell::Kind::kink;
    }
  }

  CountedFunction& f_;
  Extrema& result_;
  std::vector<ExtremePoint> all_;
  double noise_ = 0;
};

/// Neighbouring candidates of one value: the place where f stays.
struct Level {
  std::size_t first, last;
};

/// From the values at the candidates: which of them are extrema.
class Classification {
 public:
  Classification(std::vector<ExtremePoint> candidates, FunctionRef<double(double)> f)
      : all_(std::move(candidates)), f_(f) {}

  void into(Extrema& result) {
    std::vector<Level> levels;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const bool same = i > 0 && !all_[i - 1].broken_after && equal(i - 1, i);
      if (same)
        levels.back().last = i;
      else
        levels.push_back({i, i});
    }
    for (std::size_t k = 0; k < levels.size(); ++k) {
      const int before = k == 0 ? 0 : direction(levels[k - 1].last, levels[k].first);
      const int after =
          k + 1 == levels.size() ? 0 : -direction(levels[k].last, levels[k + 1].first);
      if (before == 0 && after == 0 && levels.size() == 1) {
        add(levels[k], ExtremumKind::minimum, result);
        add(levels[k], ExtremumKind::maximum, result);
      } else if (before >= 0 && after >= 0 && before + after > 0) {
        add(levels[k], ExtremumKind::maximum, result);
      } else if (before <= 0 && after <= 0 && before + after < 0) {
        add(levels[k], ExtremumKind::minimum, result);
      }
    }
    mark_global(result);
  }

  const std::string& doubt() const { return doubt_; }

 private:
  bool equal(std::size_t i, std::size_t j) const {
    return all_[i].f == all_[j].f ||
           std::abs(all_[i].f - all_[j].f) <= std::min(all_[i].noise, all_[j].noise);
  }

  /// +1 where f rises from candidate i to its neighbour j, −1 where it falls.
  int direction(std::size_t i, std::size_t j) const {
    return all_[j].f > all_[i].f ? 1 : all_[j].f < all_[i].f ? -1 : 0;
  }

  void add(Level level, ExtremumKind kind, Extrema& result) {
    const ExtremePoint &first = all_[level.first], &last = all_[level.last];
    if (std::isinf(first.f)) return;
    Extremum point{.kind = kind};
    point.end_point = first.end_point || last.end_point;
    const bool single = level.first == level.last;
    point.x = single ? first.x : first.x / 2 + last.x / 2;
    point.error = single ? first.error : (last.x - first.x) / 2;
    point.value = single ? first.f : f_(point.x);
    point.plateau = !single && first.f == last.f && point.value == first.f;
    if (!single && !point.plateau) point.error += std::max(first.error, last.error);
    const bool beside_break = first.broken_after || last.broken_after ||
                              (level.first > 0 && all_[level.first - 1].broken_after);
    if (beside_break && !point.end_point && doubt_.empty())
      doubt_ =
          fmt::format("f jumps at its extremum near {}, whose value it may not attain", point.x);
    result.points.push_back(point);
  }

  void mark_global(Extrema& result) const {
    double least = infinity, largest = -infinity, noise = 0;
    for (const ExtremePoint& c : all_) {
      least = std::min(least, c.f), largest = std::max(largest, c.f);
      noise = std::max(noise, 4 * std::numeric_limits<double>::epsilon() * std::abs(c.f));
    }
    if (!std::isfinite(noise)) noise = 0;
    for (Extremum& point : result.points)
      point.global = point.kind == ExtremumKind::minimum ? point.value <= least + noise
                                                         : point.value >= largest - noise;
  }

  std::vector<ExtremePoint> all_;
  FunctionRef<double(double)> f_;
  std::string doubt_;
};

}  // namespace

Extrema extrema(FunctionRef<double(double)> f, double a, double b, const ExtremaOptions& options) {
  require(std::isfinite(a) && std::isfinite(b) && a < b,
          "extrema: needs finite a < b, got [{}, {}]", a, b);
  require(options.rel_tol >= 0 && options.abs_tol >= 0,
          "extrema: tolerances must be >= 0, got {} and {}", options.rel_tol, options.abs_tol);
  require(options.scan >= 0, "extrema: scan must be >= 0, got {}", options.scan);
  CountedFunction counted(f, options.max_evaluations, options.stop);
  const ChebyshevScan scan = chebyshev_pieces(counted, a, b, options.scan);
  Extrema result;
  std::optional<RootsOnInterval> critical;
  if (options.derivative)
    critical = roots_on_interval(
        options.derivative, a, b,
        {.max_evaluations = options.max_evaluations, .scan = options.scan, .stop = options.stop});

  Candidates candidates(counted, result);
  candidates.start(scan.pieces.front());
  for (const ChebyshevPiece& piece : scan.pieces)
    candidates.piece(piece, critical ? &critical->roots : nullptr);
  candidates.finish(scan.pieces.back());
  Classification classification(std::move(candidates).all(), counted);
  classification.into(result);

  std::string doubt = classification.doubt();
  for (const Extremum& point : result.points)
    if (doubt.empty() && !point.plateau &&
        !(point.error <= std::max(options.abs_tol, options.rel_tol * std::abs(point.x))))
      doubt = fmt::format("f is so flat near {} that its extremum is uncertain by {:.2g}", point.x,
                          point.error);
  result.undefined = undefined_intervals(scan);
  result.evaluations = counted.evaluations() + (critical ? critical->evaluations : 0);
  const ScanVerdict verdict = scan_verdict(scan, false, doubt);
  result.status = verdict.status;
  result.reason = verdict.reason;
  if (critical && result.status == Status::converged && critical->status == Status::out_of_budget) {
    result.status = critical->status;
    result.reason = fmt::format("in the derivative, {}", critical->reason);
  }
  return result;
}

}  // namespace mathtool::math
