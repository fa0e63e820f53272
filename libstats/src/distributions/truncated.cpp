#include "mathtool/stats/distributions/truncated.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "special/gauss_panel.hpp"

namespace mathtool::stats {

Truncated::Truncated(const AnyDistribution& d, double low, double high)
    : d_(d), low_(low), high_(high) {
  require(low <= high, "{}: low must be at most high, got {} and {}", name, low, high);
  const auto [least, most] = d.support();
  first_ = std::max(low, least), last_ = std::min(high, most), before_ = first_;
  if (d.discrete()) {
    const Lattice atoms = d.lattice();
    last_ = detail::atom_below(d, last_);
    if (std::isfinite(first_)) {
      const double k = atoms.index(first_);
      first_ = atoms.contains(first_) ? atoms.at(k) : atoms.at(k + 1);
      before_ = atoms.at(atoms.index(first_) - 1);
    }
  }
  const bool any = first_ <= last_ && (d.discrete() || first_ < last_);
  if (any && !((total_ = mass(before_, last_)) > 1e-4600L)) {
    const bool above = detail::tails(d_, before_).above <= 0.5L;
    scale_ = above ? detail::log_tail(d_, before_, Tail::upper)
                   : detail::log_tail(d_, last_, Tail::lower);
    total_ = mass(before_, last_);
  }
  require(any && std::isfinite(scale_) && total_ > 0, "{}: {} has no probability between {} and {}",
          name, d.text(), low, high);
}

std::string Truncated::text() const {
  return fmt::format("{}({}, {}, {})", name, d_.text(), low_, high_);
}

// The difference of the tails that are small, if it keeps its digits.
Extended Truncated::mass(Extended a, Extended b) const {
  const Tails from = detail::tails(d_, a), to = detail::tails(d_, b);
  Extended whole = 1, difference = 1 - from.below - to.above;
  if (scale_ != 0) {
    const Tail tail = from.above <= 0.5L ? Tail::upper : Tail::lower;
    const Extended one = std::exp(detail::log_tail(d_, a, tail) - scale_);
    const Extended other = std::exp(detail::log_tail(d_, b, tail) - scale_);
    whole = std::max(one, other), difference = std::abs(one - other);
  } else if (to.below <= 0.5L) {
    whole = to.below, difference = to.below - from.below;
  } else if (from.above <= 0.5L) {
    whole = from.above, difference = from.above - to.above;
  }
  if (difference > 1e-4L * whole || !std::isfinite(a) || !std::isfinite(b)) return difference;
  return short_mass(a, b);
}

Extended Truncated::short_mass(Extended a, Extended b) const {
  const auto density = [&](Extended x) {
    return detail::has_density(d_, static_cast<double>(x)) ? std::exp(d_.log_density(x) - scale_)
                                                           : 0;
  };
  if (!d_.discrete()) return gauss_integral(density, a, b);
  const Lattice atoms = d_.lattice();
  const double first = atoms.index(static_cast<double>(a)),
               last = atoms.index(static_cast<double>(b));
  if (last - first > 1000) return detail::tails(d_, b).below - detail::tails(d_, a).below;
  Extended sum = 0;
  for (double k = last; k > first; --k) sum += density(atoms.at(k));
  return sum;
}

Extended Truncated::log_density(Extended x) const {
  return d_.log_density(x) - std::log(total_) - scale_;
}

Tails Truncated::tails(Extended x) const {
  const Extended below = mass(before_, x) / total_;
  if (below <= 0.5L) return {below, 1 - below};
  const Extended above = std::min(mass(x, last_) / total_, 0.5L);
  return {1 - above, above};
}

Extended Truncated::log_tail(Extended x, Tail tail) const {
  const Extended near = detail::log_tail(d_, x, tail);
  const Extended far = detail::log_tail(d_, tail == Tail::lower ? before_ : last_, tail);
  return near + std::log1p(-std::exp(far - near)) - std::log(total_) - scale_;
}

// Where D has it, or close by; from there by this distribution's own tails.
Extended Truncated::quantile(Extended p, Tail tail) const {
  return detail::with_view(*this, [&](detail::DistributionView view) {
    const Tails from = detail::tails(d_, before_), to = detail::tails(d_, last_);
    const Extended share = p * total_;
    if (scale_ != 0)
      view.start = std::isfinite(first_) ? first_ : last_;
    else if (from.above <= 0.5L)
      view.start = static_cast<double>(detail::quantile(
          d_, tail == Tail::lower ? from.above - share : to.above + share, Tail::upper));
    else
      view.start = static_cast<double>(detail::quantile(
          d_, tail == Tail::lower ? from.below + share : to.below - share, Tail::lower));
    return detail::search_quantile(view, p, tail);
  });
}

double Truncated::sample(math::Philox& random) const {
  if (scale_ != 0 || total_ < 0.25L)
    return static_cast<double>(quantile(math::uniform(random), Tail::lower));
  while (true)
    if (const double x = d_.sample(random); first_ <= x && x <= last_) return x;
}

double Truncated::mode() const {
  if (const double mode = d_.mode(); first_ <= mode && mode <= last_) return mode;
  return detail::with_view(*this, [](const auto& view) { return detail::mode(view); });
}

}  // namespace mathtool::stats
