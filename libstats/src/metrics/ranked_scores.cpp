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

/// The scores of one class from the highest down, those that are equal together. Without weights
/// they are sorted as plain numbers, which takes less memory and time.
class DescendingScores {
 public:
  explicit DescendingScores(const ScoreSample& sample) {
    require_scores(sample);
    if (sample.weights.empty()) {
      plain_.assign(sample.scores.begin(), sample.scores.end());
      radix_sort(plain_);
      left_ = plain_.size();
      return;
    }
    for (std::size_t i = 0; i < sample.scores.size(); ++i)
      if (sample.weights[i] > 0) weighted_.push_back({sample.scores[i], sample.weights[i]});
    std::ranges::stable_sort(weighted_, std::ranges::less(), &WeightedScore::score);
    left_ = weighted_.size();
  }

  bool done() const { return left_ == 0; }
  double next() const { return score(left_ - 1); }

  /// Passes over the scores that equal the next one and returns their weight.
  double take() {
    const double taken = next();
    math::CompensatedSum weight;
    for (; left_ > 0 && score(left_ - 1) == taken; --left_)
      weight += weighted_.empty() ? 1.0 : weighted_[left_ - 1].weight;
    return weight.value();
  }

 private:
  double score(std::size_t i) const { return weighted_.empty() ? plain_[i] : weighted_[i].score; }

  std::vector<double> plain_ = {};
  std::vector<WeightedScore> weighted_ = {};
  std::size_t left_ = 0;
};

}  // namespace

RankedScores rank_scores(const ScoreSample& positives, const ScoreSample& negatives) {
  DescendingScores p(positives), n(negatives);
  RankedScores ranked;
  while (!p.done() || !n.done()) {
    const double score = p.done() ? n.next() : n.done() ? p.next() : std::max(p.next(), n.next());
    ranked.scores.push_back(score + 0.0);  // −0 is 0
    ranked.positives.push_back(!p.done() && p.next() == score ? p.take() : 0);
    ranked.negatives.push_back(!n.done() && n.next() == score ? n.take() : 0);
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
