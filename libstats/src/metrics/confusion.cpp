#include "mathtool/stats/metrics/confusion.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "mathtool/math/error.hpp"
#include "numeric_level.hpp"

namespace mathtool::stats {

void sort_labels(std::vector<std::string>& labels) {
  std::vector<std::pair<double, std::string>> numbers;
  for (const std::string& label : labels)
    if (const std::optional<double> number = numeric_level(label))
      numbers.emplace_back(*number, label);
  if (numbers.size() < labels.size()) {
    std::ranges::sort(labels);
    return;
  }
  std::ranges::sort(numbers);
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = std::move(numbers[i].second);
}

Index Confusion::position(std::string_view label) {
  const auto found = positions_.find(label);
  if (found != positions_.end()) return found->second;
  labels_.emplace_back(label);
  return positions_.emplace(label, std::ssize(labels_) - 1).first->second;
}

void Confusion::push(std::string_view truth, std::string_view predicted, double weight) {
  require(std::isfinite(weight) && weight >= 0,
          "Confusion: weights must be finite and >= 0, got {}", weight);
  ++count_;
  if (weight == 0) return;
  const Index row = position(truth), column = position(predicted);
  cells_[{row, column}] += weight;
}

void Confusion::merge(const Confusion& other) {
  std::vector<Index> ours;
  for (const std::string& label : other.labels_) ours.push_back(position(label));
  for (const auto& [cell, weight] : other.cells_)
    cells_[{ours[static_cast<std::size_t>(cell.first)],
            ours[static_cast<std::size_t>(cell.second)]}] += weight;
  count_ += other.count_;
}

ConfusionMatrix Confusion::matrix() const {
  ConfusionMatrix result{.labels = labels_, .counts = Mat::Zero(labels(), labels())};
  sort_labels(result.labels);
  std::vector<Index> places(labels_.size());
  for (std::size_t k = 0; k < labels_.size(); ++k)
    places[static_cast<std::size_t>(positions_.find(result.labels[k])->second)] =
        static_cast<Index>(k);
  for (const auto& [cell, weight] : cells_)
    result.counts(places[static_cast<std::size_t>(cell.first)],
                  places[static_cast<std::size_t>(cell.second)]) = weight.value();
  return result;
}

}  // namespace mathtool::stats
