#include "mathtool/stats/frequency_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

struct Counted {
  double value, frequency;
};

std::vector<Counted> counted_values(std::span<const double> x,
                                    std::span<const double> frequencies) {
  std::vector<Counted> counted;
  counted.reserve(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double frequency = frequencies.empty() ? 1.0 : frequencies[i];
    require(!std::isnan(x[i]), "frequency_table: value {} is NaN", i + 1);
    require<InsufficientDataError>(std::isfinite(x[i]), "frequency_table: value {} is infinite",
                                   i + 1);
    require(std::isfinite(frequency) && frequency >= 0,
            "frequency_table: frequencies must be finite and >= 0, got {}", frequency);
    if (frequency > 0) counted.push_back({x[i], frequency});
  }
  return counted;
}

}  // namespace

FrequencyTable frequency_table(std::span<const double> x, std::span<const double> frequencies) {
  require<DimensionError>(frequencies.empty() || frequencies.size() == x.size(),
                          "frequency_table: {} values, {} frequencies", x.size(),
                          frequencies.size());
  std::vector<Counted> counted = counted_values(x, frequencies);
  std::ranges::stable_sort(counted, {}, &Counted::value);
  FrequencyTable table;
  for (std::size_t i = 0; i < counted.size();) {
    const double value = counted[i].value;
    math::CompensatedSum frequency;
    for (; i < counted.size() && counted[i].value == value; ++i) frequency += counted[i].frequency;
    table.values.push_back(value);
    table.frequencies.push_back(frequency.value());
  }
  table.total = math::compensated_sum(table.frequencies);
  table.whole_numbers =
      std::ranges::all_of(table.values, [](double value) { return value == std::floor(value); });
  return table;
}

}  // namespace mathtool::stats
