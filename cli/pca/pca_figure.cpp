#include "cli/pca/pca_figure.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace mathtool::cli {
namespace {

constexpr Index most_bars = 20;
constexpr Index most_arrows = 12;  // more names would hide each other

Panel scree(const stats::Pca& pca) {
  Series shares{.name = "each", .mark = Mark::bars};
  Series cumulative{.name = "cumulative", .mark = Mark::line_points};
  const Vec ratio = pca.explained_ratio(), sum = pca.cumulative_ratio();
  for (Index k = 0; k < std::min(pca.output_size(), most_bars); ++k) {
    for (Series* series : {&shares, &cumulative}) series->x.push_back(static_cast<double>(k + 1));
    shares.y.push_back(100 * ratio[k]);
    cumulative.y.push_back(100 * sum[k]);
  }
  return {.title = "Scree plot",
          .x_label = "component",
          .y_label = "variance explained (%)",
          .series = {shares, cumulative},
          .integer_x = true,
          .from_zero = true};
}

/// One series of points per group, in order of first appearance.
std::vector<Series> score_series(const ScoreSample& sample) {
  std::vector<Series> series;
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < sample.first.size(); ++i) {
    const std::string group = sample.groups.empty() ? "" : sample.groups[i];
    const auto [found, is_new] = place.try_emplace(group, series.size());
    if (is_new) series.push_back({.name = group, .mark = Mark::points});
    series[found->second].x.push_back(sample.first[i]);
    series[found->second].y.push_back(sample.second[i]);
  }
  return series;
}

double largest(const std::vector<double>& values) {
  double most = 0.0;
  for (const double v : values) most = std::max(most, std::abs(v));
  return most;
}

/// The variables that stand out most in the plane, stretched to reach about as far as the points
/// do.
Series arrows(const stats::Pca& pca, const ScoreSample& sample) {
  std::vector<Index> order(static_cast<std::size_t>(pca.input_size()));
  std::iota(order.begin(), order.end(), Index{0});
  const Mat plane = pca.components.leftCols(2);
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) {
    return plane.row(i).squaredNorm() > plane.row(j).squaredNorm();
  });
  order.resize(static_cast<std::size_t>(std::min(pca.input_size(), most_arrows)));
  double stretch = std::sqrt(pca.eigenvalues[0]) * 2;
  if (!sample.first.empty())
    stretch = 0.8 * std::min(largest(sample.first) / plane.col(0).cwiseAbs().maxCoeff(),
                             largest(sample.second) / plane.col(1).cwiseAbs().maxCoeff());
  Series series{.mark = Mark::arrows};
  for (const Index j : order) {
    series.x.push_back(stretch * plane(j, 0));
    series.y.push_back(stretch * plane(j, 1));
    series.labels.push_back(pca.variables[static_cast<std::size_t>(j)]);
  }
  return series;
}

Panel biplot(const stats::Pca& pca, const ScoreSample& sample) {
  const Vec ratio = pca.explained_ratio();
  const auto axis = [&](Index k) { return fmt::format("PC{} ({:.1f} %)", k + 1, 100 * ratio[k]); };
  Panel panel{
      .title = "Biplot", .x_label = axis(0), .y_label = axis(1), .series = score_series(sample)};
  panel.series.push_back(arrows(pca, sample));
  panel.cross_at_zero = true;
  return panel;
}

}  // namespace

Figure pca_figure(const stats::Pca& pca, const ScoreSample& sample) {
  Figure figure{.panels = {scree(pca)}};
  if (pca.output_size() > most_bars)
    figure.notes.push_back(fmt::format("the scree plot shows the first {} of {} components",
                                       most_bars, pca.output_size()));
  if (pca.output_size() < 2) return figure;
  figure.panels.push_back(biplot(pca, sample));
  if (pca.input_size() > most_arrows)
    figure.notes.push_back(
        fmt::format("the biplot shows the {} of {} variables with the longest arrows", most_arrows,
                    pca.input_size()));
  return figure;
}

}  // namespace mathtool::cli
