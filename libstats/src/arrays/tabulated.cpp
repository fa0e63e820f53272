#include "arrays/tabulated.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "arrays/elementwise.hpp"
#include "arrays/piecewise.hpp"
#include "mathtool/math/elementary_kernels.hpp"

namespace mathtool::stats::detail {

double evaluate_one(const AnyDistribution& d, Verb verb, double x) {
  switch (verb) {
    case Verb::pdf: return pdf(d, x);
    case Verb::log_pdf: return log_pdf(d, x);
    case Verb::cdf: return cdf(d, x);
    case Verb::log_cdf: return log_cdf(d, x);
    case Verb::survival: return survival(d, x);
    case Verb::log_survival: return log_survival(d, x);
    case Verb::quantile: return quantile(d, x);
    case Verb::quantile_survival: return quantile_survival(d, x);
  }
  return not_a_number;
}

namespace {

MATHTOOL_MULTIVERSION
void exponentiate(std::span<double> x) {
  const std::span<double> out = x;
  MATHTOOL_ELEMENTWISE(v == v ? math::kernels::exp(v) : v)
}

constexpr int piece_bits = 3;  ///< pieces of 1/8 of their distance or less
constexpr int most_octaves = 64;

/// The power of 2 below |x|, as far as a table may reach.
int octave(double x) { return std::clamp(std::abs(x) > 0 ? std::ilogb(x) : -1000, -1000, 1000); }

/// Half of the line, where x is known by u > 0, its distance from an end of the support: near it
/// logarithms of densities are smooth in log u. Where there is no end, u counts from beyond the
/// median.
class Side {
 public:
  Side(const AnyDistribution& d, Tail tail) {
    const auto [low, high] = d.support();
    const double median = quantile(d, 0.5);
    const double spread = quantile(d, 0.75) - quantile(d, 0.25);
    const double end = tail == Tail::lower ? low : high, other = tail == Tail::lower ? high : low;
    const double bound = std::isfinite(end) ? end : other;
    const double far = tail == Tail::lower ? quantile(d, 0x1p-40) : quantile_survival(d, 0x1p-40);
    int bits = piece_bits, bottom = 0;
    if (std::isfinite(bound)) {
      origin_ = bound;
      sign_ = bound == low ? 1 : -1;
      // Where the middle lies, a third of the distance between the quartiles.
      bits = std::clamp(octave(3 * (median - origin_) / spread) + 1, piece_bits, 12);
      bottom = octave(spread) - 20;
    } else {
      sign_ = tail == Tail::lower ? -1 : 1;
      origin_ = median - sign_ * spread / 4;
      bottom = octave(spread) - 3;
    }
    const int top = octave(std::max(std::abs(far - origin_), std::abs(median - origin_))) + 1;
    bottom = std::max(bottom, top - most_octaves);
    grid_ = {bottom, std::max(top - bottom, 1), bits};
  }

  double distance(double x) const { return sign_ * (x - origin_); }
  double distance(Extended x) const { return static_cast<double>(sign_ * (x - origin_)); }
  Extended place(double u) const { return Extended(origin_) + sign_ * u; }
  Piecewise::Grid grid() const { return grid_; }

 private:
  double origin_, sign_;
  Piecewise::Grid grid_;
};

/// Two functions, one left and one right of the median.
class TwoTables {
 public:
  using Function = Extended (*)(const AnyDistribution& d, Extended x);

  TwoTables(const AnyDistribution& d, Function below, Function above)
      : TwoTables(d, below, above, Side(d, Tail::lower), Side(d, Tail::upper)) {}

  template <class Real>
  double operator()(Real x) {
    return x < median_ ? below_(left_.distance(x)) : above_(right_.distance(x));
  }

  double median() const { return median_; }

 private:
  TwoTables(const AnyDistribution& d, Function below, Function above, const Side& left,
            const Side& right)
      : median_(quantile(d, 0.5)),
        left_(left),
        right_(right),
        below_([=](double u) { return below(d, left.place(u)); }, left.grid(), 1),
        above_([=](double u) { return above(d, right.place(u)); }, right.grid(), 1) {}

  double median_;
  Side left_, right_;
  Piecewise below_, above_;
};

Extended log_density(const AnyDistribution& d, Extended x) {
  if (std::isnan(x)) return x;
  const auto [low, high] = d.support();
  return std::isfinite(x) && low <= x && x <= high ? d.log_density(x) : -infinity;
}

Extended log_below(const AnyDistribution& d, Extended x) {
  return std::isnan(x) ? x : log_tail(d, x, Tail::lower);
}

Extended log_above(const AnyDistribution& d, Extended x) {
  return std::isnan(x) ? x : log_tail(d, x, Tail::upper);
}

/// out[i], the logarithm of the smaller tail of x[i], becomes the verb.
MATHTOOL_MULTIVERSION
void finish_tails(Verb verb, double median, std::span<const double> x, std::span<double> out) {
  using namespace math::kernels;
  const bool lower = verb == Verb::cdf || verb == Verb::log_cdf;
  const bool logarithm = verb == Verb::log_cdf || verb == Verb::log_survival;
  MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < x.size(); ++i) {
    const double log_small = out[i], small = exp(log_small);
    const bool is_small = (x[i] < median) == lower;
    const double large = logarithm ? log1p(-small) : 1 - small;
    const double chosen = is_small ? (logarithm ? log_small : small) : large;
    out[i] = log_small == log_small ? chosen : log_small;
  }
}

/// Quantiles as they are tabulated: logarithms of the distance from where the support begins.
class Scale {
 public:
  explicit Scale(Interval support) : low_(support.low), logarithmic_(std::isfinite(low_)) {}

  bool logarithmic() const { return logarithmic_; }
  double low() const { return low_; }
  double from(double x) const { return logarithmic_ ? std::log(x - low_) : x; }
  Extended to(double y) const { return logarithmic_ ? Extended(low_) + std::exp(y) : y; }

 private:
  double low_;
  bool logarithmic_;
};

/// Where a table of a tail's logarithm reaches log p, on a scale.
class TailInverse {
 public:
  TailInverse(const AnyDistribution& d, Tail tail)
      : d_(d),
        tail_(tail),
        scale_(d.support()),
        log_tail_(d, log_below, log_above),
        middle_(scale_.from(log_tail_.median())),
        quarter_(scale_.from(search(0.25))) {}

  /// By secants.
  Extended operator()(double p) {
    const double goal = std::log(p), width = std::abs(quarter_ - middle_);
    double a = middle_, b = quarter_;
    double fa = log_tail_(scale_.to(a)) - goal, fb = log_tail_(scale_.to(b)) - goal;
    for (int step = 0; step < 25 && fa != fb; ++step) {
      const double next = b - fb * (b - a) / (fb - fa);
      if (!std::isfinite(next)) break;
      const bool near = std::abs(next - b) <= 1e-12 * width + 4 * epsilon * std::abs(b);
      if (near && std::abs(fb) <= 1e-9 * (1 - goal)) return next;
      a = b;
      fa = fb;
      b = next;
      fb = log_tail_(scale_.to(b)) - goal;
    }
    return scale_.from(search(p));
  }

 private:
  double search(double p) const {
    return tail_ == Tail::lower ? quantile(d_, p) : quantile_survival(d_, p);
  }

  AnyDistribution d_;
  Tail tail_;
  Scale scale_;
  TwoTables log_tail_;
  double middle_, quarter_;
};

}  // namespace

void tabulated_values(const AnyDistribution& d, Verb verb, std::span<const double> x,
                      std::span<double> out) {
  const bool density = verb == Verb::pdf || verb == Verb::log_pdf;
  TwoTables table =
      density ? TwoTables(d, log_density, log_density) : TwoTables(d, log_below, log_above);
  constexpr std::size_t block = 512;  // as out may be x, which the second pass needs
  std::array<double, block> copy;
  for (std::size_t first = 0; first < x.size(); first += block) {
    const std::size_t n = std::min(block, x.size() - first);
    const std::span<double> part = out.subspan(first, n);
    std::copy_n(x.data() + first, n, copy.data());
    for (std::size_t i = 0; i < n; ++i) part[i] = table(copy[i]);
    if (verb == Verb::pdf) exponentiate(part);
    if (!density) finish_tails(verb, table.median(), std::span(copy).first(n), part);
  }
}

// Of p up to 1/2 and of 1 - p beyond, as either is exact.
void tabulated_quantiles(const AnyDistribution& d, Verb verb, std::span<const double> p,
                         std::span<double> out) {
  constexpr Piecewise::Grid grid{-32, 32, piece_bits};
  const Scale scale(d.support());
  const double unit = scale.logarithmic() ? 1 : 0;
  Piecewise near(TailInverse(d, Tail::lower), grid, unit);
  Piecewise far(TailInverse(d, Tail::upper), grid, unit);
  const bool survives = verb == Verb::quantile_survival;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double share = p[i] <= 0.5 ? p[i] : 1 - p[i];
    out[i] = (p[i] <= 0.5) != survives ? near(share) : far(share);
  }
  if (!scale.logarithmic()) return;
  exponentiate(out);
  for (double& x : out) x += scale.low();
}

}  // namespace mathtool::stats::detail
