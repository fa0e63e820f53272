#include "mathtool/stats/regression/doubled_gram.hpp"

#include <utility>

namespace mathtool::stats {

using math::DoubleDouble;

DoubledGram::DoubledGram(std::vector<math::DesignTerm> products, Vec shift)
    : products_(std::move(products)),
      shift_(std::move(shift)),
      sums_(static_cast<std::size_t>(shift_.size())),
      gram_(static_cast<std::size_t>(shift_.size() * shift_.size())) {}

void DoubledGram::push(const RowMatRef& raw, const VecRef& y, const Vec& weights) {
  const Index p = std::ssize(products_);
  std::vector<DoubleDouble> d(static_cast<std::size_t>(p + 1));
  for (Index row = 0; row < raw.rows(); ++row) {
    const double w = weights.size() > 0 ? weights[row] : 1.0;
    if (w == 0) continue;
    ++rows_;
    weight_ += w;
    for (Index j = 0; j < p; ++j) {
      DoubleDouble x{1.0};
      for (const Index k : products_[static_cast<std::size_t>(j)]) x = x * raw(row, k);
      d[static_cast<std::size_t>(j)] = x + -shift_[j];
    }
    d[static_cast<std::size_t>(p)] = math::two_sum(y[row], -shift_[p]);
    for (Index i = 0; i <= p; ++i) {
      const DoubleDouble weighted = d[static_cast<std::size_t>(i)] * w;
      sums_[static_cast<std::size_t>(i)] = sums_[static_cast<std::size_t>(i)] + weighted;
      DoubleDouble* out = gram_.data() + place(i, 0);
      for (Index j = 0; j <= i; ++j) out[j] = out[j] + weighted * d[static_cast<std::size_t>(j)];
    }
  }
}

void DoubledGram::merge(const DoubledGram& other) {
  if (other.rows_ == 0) return;
  if (shift_.size() == 0) *this = DoubledGram(other.products_, other.shift_);
  rows_ += other.rows_;
  weight_ += other.weight_;
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] = sums_[k] + other.sums_[k];
  for (std::size_t k = 0; k < gram_.size(); ++k) gram_[k] = gram_[k] + other.gram_[k];
}

DoubleDouble DoubledGram::mean(Index j) const {
  return sums_[static_cast<std::size_t>(j)] / weight_ + shift_[j];
}

DoubleDouble DoubledGram::centred(Index i, Index j) const {
  if (i < j) std::swap(i, j);
  return gram_[place(i, j)] -
         sums_[static_cast<std::size_t>(i)] * sums_[static_cast<std::size_t>(j)] / weight_;
}

DoubleDouble DoubledGram::uncentred(Index i, Index j) const {
  return centred(i, j) + mean(i) * mean(j) * weight_;
}

}  // namespace mathtool::stats
