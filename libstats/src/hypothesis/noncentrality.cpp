#include "noncentrality.hpp"

#include <cmath>

#include "mathtool/math/calculus/find_root.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "mathtool/stats/distributions/f.hpp"
#include "mathtool/stats/distributions/noncentral_chi2.hpp"
#include "mathtool/stats/distributions/noncentral_f.hpp"
#include "mathtool/stats/distributions/noncentral_t.hpp"
#include "mathtool/stats/distributions/normal.hpp"

namespace mathtool::stats {
namespace {

constexpr double most_df = 1e5;  // beyond it t is normal to the digits an interval needs

/// Where `tail`, which rises with the noncentrality, reaches p; the bracket grows until it does.
double noncentrality_at(FunctionRef<double(double)> tail, double low, double high, double p) {
  for (int i = 0; i < 60 && tail(high) < p; ++i) high += (high - low);
  if (!(tail(low) <= p && tail(high) >= p)) return not_a_number;
  const math::Root root = math::find_root([&](double nc) { return tail(nc) - p; }, low, high);
  return root.value;
}

/// A noncentrality ≥ 0: 0 where even the central distribution has its point beyond x.
template <class Survival>
Interval squared_interval(double x, double level, double central, const Survival& survival_at) {
  if (!std::isfinite(x) || x < 0) return {not_a_number, not_a_number};
  const double low = (1 - level) / 2, high = (1 + level) / 2;
  const double reach = 4 * std::sqrt(x) + x + 10;
  return {central >= low ? 0 : noncentrality_at(survival_at, 0, reach, low),
          central >= high ? 0 : noncentrality_at(survival_at, 0, reach, high)};
}

}  // namespace

Interval noncentral_t_interval(double t, double df, double level) {
  if (!std::isfinite(t) || !(df > 0)) return {not_a_number, not_a_number};
  const double low = (1 - level) / 2, high = (1 + level) / 2;
  const double spread = std::sqrt(1 + t * t / (2 * df));
  const double reach = quantile_survival(Normal(), low) * spread;
  if (df > most_df) return {t - reach, t + reach};
  const auto above = [&](double nc) { return survival(NoncentralT(df, nc), t); };
  return {noncentrality_at(above, t - 4 * reach - 4, t + 1, low),
          noncentrality_at(above, t - 1, t + 4 * reach + 4, high)};
}

Interval noncentral_f_interval(double f, double df1, double df2, double level) {
  const double x = f * df1;
  if (df2 > most_df) return noncentral_chi_squared_interval(x, df1, level);
  return squared_interval(x, level, survival(F(df1, df2), f), [&](double nc) {
    return nc > 0 ? survival(NoncentralF(df1, df2, nc), f) : survival(F(df1, df2), f);
  });
}

Interval noncentral_chi_squared_interval(double x, double df, double level) {
  return squared_interval(x, level, survival(ChiSquared(df), x), [&](double nc) {
    return nc > 0 ? survival(NoncentralChi2(df, nc), x) : survival(ChiSquared(df), x);
  });
}

}  // namespace mathtool::stats
