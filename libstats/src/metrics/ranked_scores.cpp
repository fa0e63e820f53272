#include "mathtool/stats/metrics/ranked_scores.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/error.hpp"
#include "radix_sort.hpp"

namespace mathtool::stats {
namespace {

struct WeightedScore {
  double score, weight;
};

void require_scores(const ScoreSample& sample) {
  require<DimensionError>(sample.weights.empty() || sample.weights.size() == sample.scores.size(),
                          "rank_scores: {} weights for {} scores", sample.weights.size(),
                          sample.scores.size());
  for (const double score : sample.scores) {
    require(!std::isnan(score), "rank_scores: a score is NaN");
    require<InsufficientDataError>(std::isfinite(score), "a score is infinite");
  }
  for (const double weight : sample.weights)
    require(std::isfinite(weight) && weight >= 0,
            "rank_scores: weights must be finite and >= 0, got {}", weight);
}

/// The different scores of one class from the highest down, with their weights.
std::vector<WeightedScore> descending(const ScoreSample& sample) {
  require_scores(sample);
  std::vector<WeightedScore> sorted;
  sorted.reserve(sample.scores.size());
  if (sample.weights.empty()) {
    std::vector<double> scores(sample.scores.begin(), sample.scores.end());
    radix_sort(scores);
    for (auto score = scores.rbegin(); score != scores.rend(); ++score) {
      if (sorted.empty() || sorted.back().score != *score) sorted.push_back({*score, 0});
      ++sorted.back().weight;
    }
    return sorted;
  }
  for (std::size_t i = 0; i < sample.scores.size(); ++i)
    if (sample.weights[i] > 0) sorted.push_back({sample.scores[i], sample.weights[i]});
  std::ranges::stable_sort(sorted, std::ranges::greater(), &WeightedScore::score);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < sorted.size(); ++kept) {
    const double score = sorted[i].score;
    math::CompensatedSum weight;
    for (; i < sorted.size() && sorted[i].score == score; ++i) weight += sorted[i].weight;
    sorted[kept] = {score, weight.value()};
  }
  sorted.resize(kept);
  return sorted;
}

}  // namespace

RankedScores rank_scores(const ScoreSample& positives, const ScoreSample& negatives) {
  const std::vector<WeightedScore> above = descending(positives), below = descending(negatives);
  RankedScores ranked;
  auto p = above.begin();
  auto n = below.begin();
  while (p != above.end() || n != below.end()) {
    const bool take_p = p != above.end() && (n == below.end() || p->score >= n->score);
    const bool take_n = n != below.end() && (p == above.end() || n->score >= p->score);
    ranked.scores.push_back((take_p ? p->score : n->score) + 0.0);  // −0 is 0
    ranked.positives.push_back(take_p ? (p++)->weight : 0);
    ranked.negatives.push_back(take_n ? (n++)->weight : 0);
  }
  ranked.positive_total = math::compensated_sum(ranked.positives);
  ranked.negative_total = math::compensated_sum(ranked.negatives);
  return ranked;
}

RankedScores rank_scores(std::span<const double> scores, const std::vector<bool>& is_positive,
                         std::span<const double> weights) {
  require<DimensionError>(is_positive.size() == scores.size(),
                          "rank_scores: {} classes for {} scores", is_positive.size(),
                          scores.size());
  require<DimensionError>(weights.empty() || weights.size() == scores.size(),
                          "rank_scores: {} weights for {} scores", weights.size(), scores.size());
  std::vector<double> of_class[2], weights_of_class[2];
  for (std::size_t i = 0; i < scores.size(); ++i) {
    of_class[is_positive[i]].push_back(scores[i]);
    if (!weights.empty()) weights_of_class[is_positive[i]].push_back(weights[i]);
  }
  return rank_scores({of_class[1], weights_of_class[1]}, {of_class[0], weights_of_class[0]});
}

Mat counts_at(const RankedScores& ranked, double threshold) {
  require(!std::isnan(threshold), "counts_at: the threshold is NaN");
  math::CompensatedSum above[2], below[2];  // of negatives, of positives
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    auto& side = ranked.scores[i] >= threshold ? above : below;
    side[0] += ranked.negatives[i];
    side[1] += ranked.positives[i];
  }
  return Mat{{below[0].value(), above[0].value()}, {below[1].value(), above[1].value()}};
}

}  // namespace mathtool::stats
