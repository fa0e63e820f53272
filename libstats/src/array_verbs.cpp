#include "mathtool/stats/array_verbs.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "arrays/atom_table.hpp"
#include "arrays/tabulated.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::stats {
namespace {

using detail::evaluate_one;
using detail::tabulated_quantiles;
using detail::tabulated_values;

void evaluate_each(const AnyDistribution& d, Verb verb, std::span<const double> x,
                   std::span<double> out) {
  for (std::size_t i = 0; i < x.size(); ++i) out[i] = evaluate_one(d, verb, x[i]);
}

/// Masses and sums of them, each computed once.
void tabulate_atoms(const AnyDistribution& d, Verb verb, std::span<const double> x,
                    std::span<double> out) {
  const double first = std::max(quantile(d, 0x1p-30), -0x1p53);
  const double last = std::min(quantile_survival(d, 0x1p-30), 0x1p53);
  const double count = std::min(last - first + 1, static_cast<double>(x.size()));
  if (d.lattice() != Lattice{} || !(count >= 1)) return evaluate_each(d, verb, x, out);
  const bool mass = verb == Verb::pdf || verb == Verb::log_pdf;
  std::vector<double> known(static_cast<std::size_t>(count), not_a_number);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double k = std::floor(x[i]), place = k - first;
    if (!(place >= 0 && place < count) || (mass && k != x[i])) {
      out[i] = evaluate_one(d, verb, x[i]);
      continue;
    }
    double& value = known[static_cast<std::size_t>(place)];
    if (std::isnan(value)) value = evaluate_one(d, verb, k);
    out[i] = value;
  }
}

void search_atoms(const AnyDistribution& d, Verb verb, std::span<const double> p,
                  std::span<double> out) {
  const detail::AtomTable table(d, verb, static_cast<double>(p.size()));
  table.empty() ? evaluate_each(d, verb, p, out) : table.quantiles(d, p, out);
}

/// By blocks that threads share: elements do not depend on each other.
bool closed_form(const AnyDistribution& d, Verb verb, std::span<const double> x,
                 std::span<double> out) {
  constexpr std::size_t block = 1 << 16;
  const std::size_t first = std::min(x.size(), block);
  if (!d.closed_form(verb, x.first(first), out.first(first))) return false;
  const std::size_t others = (x.size() - first + block - 1) / block;
  math::parallel_for(static_cast<Index>(others), [&](Index i) {
    const std::size_t start = (static_cast<std::size_t>(i) + 1) * block;
    const std::size_t n = std::min(block, x.size() - start);
    d.closed_form(verb, x.subspan(start, n), out.subspan(start, n));
  });
  return true;
}

void evaluate(const AnyDistribution& d, Verb verb, std::span<const double> x,
              std::span<double> out) {
  require(x.size() == out.size(), "distribution: {} values for an array of {}", x.size(),
          out.size());
  const bool inverse = verb == Verb::quantile || verb == Verb::quantile_survival;
  if (closed_form(d, verb, x, out)) return;
  if (x.size() < tabulated_size) return evaluate_each(d, verb, x, out);
  if (d.discrete())
    inverse ? search_atoms(d, verb, x, out) : tabulate_atoms(d, verb, x, out);
  else
    inverse ? tabulated_quantiles(d, verb, x, out) : tabulated_values(d, verb, x, out);
}

}  // namespace

void pdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out) {
  evaluate(d, Verb::pdf, x, out);
}

void log_pdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out) {
  evaluate(d, Verb::log_pdf, x, out);
}

void cdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out) {
  evaluate(d, Verb::cdf, x, out);
}

void log_cdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out) {
  evaluate(d, Verb::log_cdf, x, out);
}

void survival(const AnyDistribution& d, std::span<const double> x, std::span<double> out) {
  evaluate(d, Verb::survival, x, out);
}

void log_survival(const AnyDistribution& d, std::span<const double> x, std::span<double> out) {
  evaluate(d, Verb::log_survival, x, out);
}

void quantile(const AnyDistribution& d, std::span<const double> p, std::span<double> out) {
  evaluate(d, Verb::quantile, p, out);
}

void quantile_survival(const AnyDistribution& d, std::span<const double> p, std::span<double> out) {
  evaluate(d, Verb::quantile_survival, p, out);
}

}  // namespace mathtool::stats
