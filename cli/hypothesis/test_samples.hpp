#pragma once

#include <fmt/format.h>

#include <vector>

#include "cli/hypothesis/test_data.hpp"
#include "mathtool/math/error.hpp"

/// The samples of a test in the form that the library takes.
namespace mathtool::cli {

inline std::vector<stats::Moments> moments_of(const TestData& data) {
  std::vector<stats::Moments> moments;
  for (const TestSample& sample : data.samples) moments.push_back(sample.moments);
  return moments;
}

inline std::vector<std::vector<double>> values_of(const TestData& data) {
  std::vector<std::vector<double>> values;
  for (const TestSample& sample : data.samples) values.push_back(sample.values);
  return values;
}

/// Values, or the differences of pairs.
inline std::vector<double> values_or_differences(const TestData& data) {
  if (data.columns.size() < 2) return data.samples.front().values;
  std::vector<double> differences;
  for (std::size_t i = 0; i < data.x.size(); ++i) differences.push_back(data.x[i] - data.y[i]);
  return differences;
}

inline void require_two_samples(const TestData& data) {
  if (data.samples.size() == 2) return;
  const std::string by = data.factors.empty() ? "--by" : "'" + data.factors[0] + "'";
  throw InsufficientDataError(fmt::format(
      "two samples are compared, but {} has {} level{} with values{}", by, data.samples.size(),
      data.samples.size() == 1 ? "" : "s",
      data.samples.size() > 2 ? "; use anova or kruskal, or pick two with --where" : ""));
}

}  // namespace mathtool::cli
