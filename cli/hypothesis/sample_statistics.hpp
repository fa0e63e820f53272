#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/permutation.hpp"
#include "mathtool/stats/mid_ranks.hpp"
#include "mathtool/stats/rank_correlation.hpp"

/// The statistics that rearranged and drawn samples are asked for.
namespace mathtool::cli {

using stats::Moments;
using Part = std::span<const double>;

inline Moments moments_of_part(Part values) {
  Moments moments;
  moments.push(values);
  return moments;
}

inline double mean_gap(const Moments& x, const Moments& y) {
  return static_cast<double>(x.precise_mean() - y.precise_mean());
}

/// The samples with each value replaced by its rank among all.
inline std::vector<std::vector<double>> ranked_samples(std::vector<std::vector<double>> samples) {
  std::vector<double> all;
  for (const std::vector<double>& sample : samples)
    all.insert(all.end(), sample.begin(), sample.end());
  const std::vector<double> ranks = stats::mid_ranks_of(all).ranks;
  std::size_t next = 0;
  for (std::vector<double>& sample : samples)
    for (double& value : sample) value = ranks[next++];
  return samples;
}

inline double pearson_r(Part x, Part y) {
  const Moments a = moments_of_part(x), b = moments_of_part(y);
  double products = 0;
  for (std::size_t i = 0; i < x.size(); ++i) products += (x[i] - a.mean()) * (y[i] - b.mean());
  return products / std::sqrt(a.squares() * b.squares());
}

inline double kendall_tau(Part x, Part y) {
  Mat X(std::ssize(x), 2);
  for (Index i = 0; i < X.rows(); ++i) {
    X(i, 0) = x[static_cast<std::size_t>(i)];
    X(i, 1) = y[static_cast<std::size_t>(i)];
  }
  return stats::kendall_correlation(X, {.threads = 1}).r(0, 1);
}

/// Σ nᵢ (mean of group − mean of all)²: with the values given, F rises with it.
inline double between_squares(stats::GroupedValues groups) {
  Moments all;
  std::vector<Moments> parts;
  for (const Part& group : groups) {
    parts.push_back(moments_of_part(group));
    all.merge(parts.back());
  }
  double sum = 0;
  for (const Moments& part : parts) {
    const double gap = mean_gap(part, all);
    sum += part.weight() * gap * gap;
  }
  return sum;
}

}  // namespace mathtool::cli
