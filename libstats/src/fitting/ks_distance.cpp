#include "fitting/ks_distance.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {
namespace {

class DistanceSearch {
 public:
  DistanceSearch(const FrequencyTable& sample, const AnyDistribution& d) : sample_(sample), d_(d) {
    math::CompensatedSum below;
    for (const double frequency : sample.frequencies) {
      shares_.push_back(below.value() / sample.total);
      below += frequency;
    }
    shares_.push_back(1);
  }

  double largest() {
    const std::size_t last = sample_.size() - 1;
    between(0, look(0), last, look(last));
    return largest_;
  }

 private:
  /// F(x) at the i-th value, and just below it where F jumps.
  struct Look {
    double below, at;
  };

  Look look(std::size_t i) {
    const double x = sample_.values[i], at = cdf(d_, x);
    const double below = d_.discrete() ? at - pdf(d_, x) : at;
    largest_ = std::max({largest_, std::abs(below - shares_[i]), std::abs(at - shares_[i + 1])});
    return {below, at};
  }

  /// Both functions rise: strictly between the i-th and the j-th value no two of their values are
  /// farther apart than at the corners.
  void between(std::size_t i, Look low, std::size_t j, Look high) {
    if (j - i < 2) return;
    if (std::max(high.below - shares_[i + 1], shares_[j] - low.at) <= largest_) return;
    const std::size_t middle = i + (j - i) / 2;
    const Look here = look(middle);
    between(i, low, middle, here);
    between(middle, here, j, high);
  }

  const FrequencyTable& sample_;
  const AnyDistribution& d_;
  std::vector<double> shares_ = {};  ///< of the sample below each value, and 1
  double largest_ = 0;
};

}  // namespace

double ks_distance(const FrequencyTable& sample, const AnyDistribution& distribution) {
  return DistanceSearch(sample, distribution).largest();
}

}  // namespace mathtool::stats
