#include <fmt/format.h>

#include "mathtool/stats/model_frame.hpp"

namespace mathtool::stats {

FactorLevels::FactorLevels(const ModelFrame& frame) {
  for (const ModelFrame::Variable* factor : frame.factors())
    factors_.push_back({.text = factor->text, .place = factor->place});
}

void FactorLevels::push(const FrameRows& rows) {
  for (Levels& factor : factors_) {
    for (Index i = 0; i < rows.numbers.rows(); ++i) {
      if (!factor.text) {
        factor.numbers.insert(rows.numbers(i, factor.place) + 0.0);  // −0 is 0
        continue;
      }
      const std::string_view level = rows.text(i, factor.place);
      if (!factor.texts.contains(level)) factor.texts.emplace(level);
    }
  }
}

void FactorLevels::merge(const FactorLevels& other) {
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].texts.insert(other.factors_[f].texts.begin(), other.factors_[f].texts.end());
    factors_[f].numbers.insert(other.factors_[f].numbers.begin(), other.factors_[f].numbers.end());
  }
}

std::vector<std::vector<std::string>> FactorLevels::sorted() const {
  std::vector<std::vector<std::string>> result;
  for (const Levels& factor : factors_) {
    result.emplace_back(factor.texts.begin(), factor.texts.end());
    for (const double level : factor.numbers) result.back().push_back(fmt::format("{}", level));
  }
  return result;
}

}  // namespace mathtool::stats
