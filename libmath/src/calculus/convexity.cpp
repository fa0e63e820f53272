#include "mathtool/math/calculus/convexity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"
#include "scan_verdict.hpp"
#include "singular_cell.hpp"

namespace mathtool::math {
namespace {

using State = ChebyshevPiece::State;

/// A place where the curvature may turn.
struct Turn {
  double x, error;
  bool parts;       ///< f has a kink, a jump, a pole or no value there
  bool continuous;  ///< f has a value there and no jump
};

/// f between two turns, and what its curvature shows as.
struct Stretch {
  double lower, upper;
  Curvature curvature;
};

/// Where zeros of p″ lie within noise of each other on all of a piece.
bool straight(const ChebyshevPiece& bend) {
  return std::all_of(bend.c.begin(), bend.c.end(),
                     [&](double c) { return std::abs(c) <= bend.noise; });
}

/// How far from x the sign of p″ is in doubt.
double turn_error(const ChebyshevPiece& bend, double x) {
  const double width = bend.b - bend.a;
  for (double h = 1e-15 * std::max(std::abs(x), width); h < width / 50; h *= 2)
    if (std::min(std::abs(bend(x - h)), std::abs(bend(x + h))) > bend.noise) return 2 * h;
  return width;
}

/// The second derivative as pieces: those of f differentiated twice, of f′ once.
std::vector<ChebyshevPiece> bends(const ChebyshevScan& scan, int orders) {
  std::vector<ChebyshevPiece> result = scan.pieces;
  for (ChebyshevPiece& piece : result)
    if (piece.smooth())
      for (int i = 0; i < orders; ++i) piece = piece.derivative();
  return result;
}

const ChebyshevPiece& piece_at(const std::vector<ChebyshevPiece>& pieces, double x) {
  const auto above = std::upper_bound(pieces.begin() + 1, pieces.end(), x,
                                      [](double t, const ChebyshevPiece& p) { return t < p.a; });
  return *std::prev(above);
}

class ConvexityAnalysis {
 public:
  ConvexityAnalysis(FunctionRef<double(double)> f, double a, double b,
                    const ConvexityOptions& options)
      : f_(f),
        options_(options),
        counted_(f, options.max_evaluations, options.stop),
        scan_(chebyshev_pieces(counted_, a, b, options.scan)) {}

  Convexity run() {
    collect_breaks();
    if (options_.second_derivative)
      collect_roots();
    else
      collect_bends();
    std::sort(turns_.begin(), turns_.end(), [](const Turn& p, const Turn& q) { return p.x < q.x; });
    assemble();
    result_.undefined = undefined_intervals(scan_);
    result_.evaluations += counted_.evaluations();
    const ScanVerdict verdict = scan_verdict(scan_, false, doubt_);
    result_.status = verdict.status;
    result_.reason = verdict.reason;
    return result_;
  }

 private:
  double lower() const { return scan_.pieces.front().a; }
  double upper() const { return scan_.pieces.back().b; }

  void collect_breaks() {
    std::vector<Turn> cluster;  // of neighbouring singular pieces
    for (const ChebyshevPiece& piece : scan_.pieces) {
      if (piece.state == State::singular) {
        cluster.push_back(break_within(piece));
        continue;
      }
      keep_breaks(cluster);
      cluster.clear();
      if (piece.state == State::undefined) {
        turns_.push_back({piece.a, 0, true, false});
        turns_.push_back({piece.b, 0, true, false});
      }
    }
    keep_breaks(cluster);
  }

  Turn break_within(const ChebyshevPiece& piece) {
    if (!std::isfinite(piece.fa) || !std::isfinite(piece.fb))
      return {std::isfinite(piece.fa) ? piece.b : piece.a, 0, true, false};
    const SingularCell cell = singular_cell(piece, counted_);
    return {cell.x, cell.error, true, cell.kind == SingularCell::Kind::kink};
  }

  /// Pieces beside a pole or a jump are as unlike a polynomial as the one that has it inside.
  void keep_breaks(const std::vector<Turn>& cluster) {
    const bool kinks_alone = std::all_of(cluster.begin(), cluster.end(),
                                         [](const Turn& turn) { return turn.continuous; });
    for (const Turn& turn : cluster)
      if (kinks_alone || !turn.continuous) turns_.push_back(turn);
  }

  void collect_roots() {
    const RootsOnInterval roots = roots_on_interval(options_.second_derivative, lower(), upper(),
                                                    {.max_evaluations = options_.max_evaluations,
                                                     .scan = options_.scan,
                                                     .stop = options_.stop});
    result_.evaluations += roots.evaluations;
    for (const IntervalRoot& root : roots.roots)
      if (!root.touching) turns_.push_back({root.x, root.error, false, true});
    for (const Discontinuity& jump : roots.discontinuities)
      turns_.push_back({jump.x, jump.error, false, true});
    for (const Interval& zero : roots.zero_intervals) {
      turns_.push_back({zero.lower, 0, false, true});
      turns_.push_back({zero.upper, 0, false, true});
    }
    if (roots.status == Status::out_of_budget)
      doubt_ = fmt::format("in the second derivative, {}", roots.reason);
    sign_ = [this](double x) {
      ++result_.evaluations;
      const double bend = options_.second_derivative(x);
      return bend > 0 ? 1 : bend < 0 ? -1 : 0;
    };
  }

  void collect_bends() {
    if (options_.derivative) {
      CountedFunction slope(options_.derivative, options_.max_evaluations, options_.stop);
      bends_ = bends(chebyshev_pieces(slope, lower(), upper(), options_.scan), 1);
      result_.evaluations += slope.evaluations();
    } else {
      bends_ = bends(scan_, 2);
    }
    for (std::size_t i = 0; i < bends_.size(); ++i) {
      const ChebyshevPiece& bend = bends_[i];
      if (!bend.smooth()) continue;
      const bool flat = straight(bend);
      const bool flat_before = i > 0 && bends_[i - 1].smooth() && straight(bends_[i - 1]);
      if (i > 0 && bends_[i - 1].smooth() && flat != flat_before)
        turns_.push_back({bend.a, 0, false, true});
      if (flat) continue;
      for (const double x : bend.zeros()) turns_.push_back({x, turn_error(bend, x), false, true});
    }
    sign_ = [this](double x) {
      const ChebyshevPiece& bend = piece_at(bends_, x);
      if (straight(bend)) return 0;
      const double value = bend(x);
      return value > 0 ? 1 : value < 0 ? -1 : 0;
    };
  }

  /// A place between two turns where the curvature can be read; NaN where there is none.
  double reading_place(double lower, double upper) const {
    for (const double share : {0.5, 0.25, 0.75, 0.1, 0.9}) {
      const double x = lower + share * (upper - lower);
      const bool readable = options_.second_derivative
                                ? piece_at(scan_.pieces, x).state != State::undefined
                                : piece_at(bends_, x).smooth();
      if (readable) return x;
    }
    return std::numeric_limits<double>::quiet_NaN();
  }

  /// Curvature of each stretch between neighbouring turns, equal ones joined. Turns too near to
  /// tell apart count as one.
  void assemble() {
    turns_.push_back({upper(), 0, true, false});
    Turn last{lower(), 0, true, false};
    for (const Turn& next : turns_) {
      const double place = reading_place(last.x, next.x);
      const bool apart = next.x - last.x > last.error + next.error;
      if (apart && !std::isnan(place))
        add({last.x, next.x, curvature(sign_(place))}, last);
      else if (!next.parts)
        continue;
      last = next;
    }
  }

  static Curvature curvature(int sign) {
    return sign > 0 ? Curvature::convex : sign < 0 ? Curvature::concave : Curvature::straight;
  }

  void add(const Stretch& stretch, const Turn& turn) {
    auto& all = result_.intervals;
    const bool joined = !all.empty() && (turn.continuous || !turn.parts);
    if (joined && all.back().curvature == stretch.curvature && !turn.parts) {
      all.back().interval.upper = stretch.upper;
      return;
    }
    if (joined && turn.continuous && opposite(all.back().curvature, stretch.curvature)) {
      all.back().interval.upper = turn.x;
      result_.inflections.push_back({turn.x, turn.error, f_(turn.x)});
      if (doubt_.empty() &&
          !(turn.error <= std::max(options_.abs_tol, options_.rel_tol * std::abs(turn.x))))
        doubt_ = fmt::format("f is so straight near {} that its inflection is uncertain by {:.2g}",
                             turn.x, turn.error);
    }
    all.push_back(
        {{joined ? all.back().interval.upper : stretch.lower, stretch.upper}, stretch.curvature});
  }

  static bool opposite(Curvature p, Curvature q) {
    return p != q && p != Curvature::straight && q != Curvature::straight;
  }

  FunctionRef<double(double)> f_;
  const ConvexityOptions& options_;
  CountedFunction counted_;
  ChebyshevScan scan_;
  std::vector<ChebyshevPiece> bends_;
  std::vector<Turn> turns_;
  std::function<int(double)> sign_;  ///< of f″
  Convexity result_;
  std::string doubt_;
};

}  // namespace

Convexity convexity(FunctionRef<double(double)> f, double a, double b,
                    const ConvexityOptions& options) {
  require(std::isfinite(a) && std::isfinite(b) && a < b,
          "convexity: needs finite a < b, got [{}, {}]", a, b);
  require(options.rel_tol >= 0 && options.abs_tol >= 0,
          "convexity: tolerances must be >= 0, got {} and {}", options.rel_tol, options.abs_tol);
  require(options.scan >= 0, "convexity: scan must be >= 0, got {}", options.scan);
  return ConvexityAnalysis(f, a, b, options).run();
}

}  // namespace mathtool::math
