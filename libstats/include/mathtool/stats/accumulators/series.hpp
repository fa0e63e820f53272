#pragma once

#include <concepts>
#include <cstdint>
#include <tuple>

#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// Several statistics of one stream in one pass: `Series<Moments, Extrema>`. Itself an accumulator.
template <Accumulator First, Accumulator... Rest>
requires(std::same_as<typename First::Sample, typename Rest::Sample>&&...) class Series {
 public:
  using Sample = typename First::Sample;

  void push(const Sample& x) {
    std::apply([&](auto&... part) { (part.push(x), ...); }, parts_);
  }

  void merge(const Series& other) {
    std::apply(
        [&](auto&... part) {
          (part.merge(std::get<std::decay_t<decltype(part)>>(other.parts_)), ...);
        },
        parts_);
  }

  std::int64_t count() const { return std::get<0>(parts_).count(); }

  /// The part of that type: `series.template get<Moments>().mean()`.
  template <class A>
  const A& get() const {
    return std::get<A>(parts_);
  }

 private:
  std::tuple<First, Rest...> parts_;
};

}  // namespace mathtool::stats
