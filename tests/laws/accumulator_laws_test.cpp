#include <rapidcheck.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/distinct_count.hpp"
#include "mathtool/stats/accumulators/extrema.hpp"
#include "mathtool/stats/accumulators/fourth_norm.hpp"
#include "mathtool/stats/accumulators/histogram.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"
#include "mathtool/stats/accumulators/series.hpp"
#include "mathtool/stats/metrics/confusion.hpp"
#include "mathtool/stats/metrics/regression_errors.hpp"
#include "support/tolerance.hpp"

// Laws that every accumulator obeys. There are no exceptions by type here: an accumulator that
// fails a law is wrong, or the law is stated too strongly and is mended for all.

namespace {

using namespace mathtool;
using Both = stats::Series<stats::Moments, stats::Extrema>;
using Accumulators =
    std::tuple<stats::Moments, stats::Extrema, Both, stats::Quantiles, stats::Histogram,
               stats::DistinctCount, stats::Covariance, stats::PairwiseCovariance,
               stats::FourthNorm, stats::Confusion, stats::RegressionErrors>;

/// What an accumulator knows, as numbers that shift with the data and numbers that do not.
struct Knowledge {
  std::vector<double> locations, spreads;
};

Knowledge knowledge(const stats::Moments& a) {
  return {{a.mean()}, {a.variance(), a.skewness(), a.kurtosis()}};
}
Knowledge knowledge(const stats::Extrema& a) { return {{a.min(), a.max()}, {a.max() - a.min()}}; }
Knowledge knowledge(const Both& a) {
  Knowledge all = knowledge(a.get<stats::Moments>());
  const Knowledge more = knowledge(a.get<stats::Extrema>());
  all.locations.insert(all.locations.end(), more.locations.begin(), more.locations.end());
  all.spreads.insert(all.spreads.end(), more.spreads.begin(), more.spreads.end());
  return all;
}
Knowledge knowledge(const stats::Quantiles& a) {
  return {{a.quantile(0.1), a.median()}, {a.median_absolute_deviation(), a.rank_error()}};
}
Knowledge knowledge(const stats::Histogram& a) {
  Knowledge all{a.edges(), a.counts()};
  all.spreads.insert(all.spreads.end(), {a.below(), a.above()});
  return all;
}
Knowledge knowledge(const stats::DistinctCount& a) { return {{}, {a.distinct()}}; }
Knowledge knowledge(const stats::CovarianceEstimate& e) {
  return {{e.mean.begin(), e.mean.end()}, {e.matrix.reshaped().begin(), e.matrix.reshaped().end()}};
}
Knowledge knowledge(const stats::Covariance& a) { return knowledge(a.estimate()); }
Knowledge knowledge(const stats::PairwiseCovariance& a) { return knowledge(a.pairwise()); }

Knowledge knowledge(const stats::FourthNorm& a) {
  Knowledge all = knowledge(a.covariance());
  all.spreads.push_back(a.fourths());
  return all;
}

Knowledge knowledge(const stats::Confusion& a) {
  const Mat counts = a.matrix().counts;
  return {{}, {counts.reshaped().begin(), counts.reshaped().end()}};
}
Knowledge knowledge(const stats::RegressionErrors& a) {
  return {{}, {a.rmse(), a.mae(), a.mean_error(), a.r_squared()}};
}

/// What a stream begins with; bins move along with the samples.
template <class A>
A start(double) {
  return A();
}
template <>
stats::Histogram start(double shift) {
  return stats::Histogram({shift - 500, shift, shift + 100, shift + 1000});
}

/// The i-th sample: small integers, so that shifting them by 1e8 rounds nothing.
double sample(const std::vector<int>& numbers, std::size_t i, double shift, double*) {
  return numbers[i] % 1000 + shift;
}
Vec sample(const std::vector<int>& numbers, std::size_t i, double shift, Vec*) {
  const int a = numbers[i] % 1000, b = numbers[(i + 1) % numbers.size()] % 1000;
  return Vec{{a + shift, b + shift, (a * 7 - b) % 100 + shift}};
}

stats::Confusion::Sample sample(const std::vector<int>& numbers, std::size_t i, double,
                                stats::Confusion::Sample*) {
  const int a = numbers[i] % 3, b = numbers[(i + 1) % numbers.size()] % 3;
  return {std::to_string(a), std::to_string(b)};
}
stats::RegressionErrors::Sample sample(const std::vector<int>& numbers, std::size_t i, double shift,
                                       stats::RegressionErrors::Sample*) {
  const int a = numbers[i] % 1000, b = numbers[(i + 1) % numbers.size()] % 1000;
  return {a + shift, b + shift};
}

template <class A>
A gather(const std::vector<int>& numbers, std::size_t from, std::size_t to, double shift = 0) {
  A a = start<A>(shift);
  for (std::size_t i = from; i < to; ++i)
    a.push(sample(numbers, i, shift, static_cast<typename A::Sample*>(nullptr)));
  return a;
}

bool close(double a, double b, double scale) {
  return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-12 * (1 + scale);
}

/// Means of samples below 1e3 and products of their deviations, up to fourth moments that are
/// normalised.
bool same(const Knowledge& a, const Knowledge& b, double shift = 0) {
  bool equal = a.locations.size() == b.locations.size() && a.spreads.size() == b.spreads.size();
  for (std::size_t i = 0; equal && i < a.locations.size(); ++i)
    equal = close(a.locations[i] + shift, b.locations[i], 1e3 + shift / 1e3);
  for (std::size_t i = 0; equal && i < a.spreads.size(); ++i)
    equal = close(a.spreads[i], b.spreads[i], std::max(1e3, std::abs(a.spreads[i])));
  return equal;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("accumulator: a default one is the neutral element of merging",
                        "[stats][law]", Accumulators) {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    const TestType a = gather<TestType>(numbers, 0, numbers.size());
    TestType left, right = a;
    left.merge(a);
    right.merge(TestType());
    RC_ASSERT(left.count() == a.count());
    RC_ASSERT(right.count() == a.count());
    if (numbers.empty()) return;
    RC_ASSERT(same(knowledge(a), knowledge(left)));
    RC_ASSERT(same(knowledge(a), knowledge(right)));
  }));
}

TEMPLATE_LIST_TEST_CASE("accumulator: merging equals having seen the other's samples",
                        "[stats][law]", Accumulators) {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.empty()) return;
    const std::size_t cut = *rc::gen::inRange<std::size_t>(0, numbers.size() + 1);
    TestType parts = gather<TestType>(numbers, 0, cut);
    parts.merge(gather<TestType>(numbers, cut, numbers.size()));
    const TestType whole = gather<TestType>(numbers, 0, numbers.size());
    RC_ASSERT(parts.count() == whole.count());
    RC_ASSERT(same(knowledge(parts), knowledge(whole)));
  }));
}

TEMPLATE_LIST_TEST_CASE("accumulator: merging commutes and associates up to rounding",
                        "[stats][law]", Accumulators) {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.empty()) return;
    const std::size_t n = numbers.size();
    const TestType a = gather<TestType>(numbers, 0, n / 3),
                   b = gather<TestType>(numbers, n / 3, n / 2),
                   c = gather<TestType>(numbers, n / 2, n);
    TestType left = a, right = c, inner = b;
    left.merge(b);
    left.merge(c);
    inner.merge(c);
    TestType outer = a;
    outer.merge(inner);
    right.merge(a);
    right.merge(b);
    RC_ASSERT(same(knowledge(left), knowledge(outer)));
    RC_ASSERT(same(knowledge(left), knowledge(right)));
  }));
}

TEMPLATE_LIST_TEST_CASE("accumulator: a shift of 1e8 moves locations and no spread", "[stats][law]",
                        Accumulators) {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.empty()) return;
    const TestType near = gather<TestType>(numbers, 0, numbers.size()),
                   far = gather<TestType>(numbers, 0, numbers.size(), 1e8);
    RC_ASSERT(same(knowledge(near), knowledge(far), 1e8));
  }));
}
