#include "mathtool/stats/accumulators/contingency.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "mathtool/math/error.hpp"
#include "numeric_level.hpp"

namespace mathtool::stats {
namespace {

/// Where each level comes to stand.
std::vector<Index> level_places(const std::vector<std::string>& levels) {
  std::vector<Index> order(levels.size()), places(levels.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::vector<double> numbers;
  for (const std::string& level : levels)
    if (const std::optional<double> number = numeric_level(level)) numbers.push_back(*number);
  if (numbers.size() == levels.size())
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
      return numbers[static_cast<std::size_t>(a)] < numbers[static_cast<std::size_t>(b)];
    });
  for (std::size_t i = 0; i < order.size(); ++i)
    places[static_cast<std::size_t>(order[i])] = static_cast<Index>(i);
  return places;
}

}  // namespace

Index Contingency::Variable::position(std::string_view level) {
  const auto found = positions.find(level);
  if (found != positions.end()) return found->second;
  levels.emplace_back(level);
  return positions.emplace(level, std::ssize(levels) - 1).first->second;
}

void Contingency::push(std::span<const std::string_view> levels, double mass) {
  require<DimensionError>(levels.size() == variables_.size(),
                          "Contingency: {} levels for {} variables", levels.size(),
                          variables_.size());
  require(mass >= 0 && std::isfinite(mass),
          "Contingency: counts and probabilities must be finite and >= 0, got {}", mass);
  std::vector<Index> key(levels.size());
  for (std::size_t v = 0; v < key.size(); ++v) key[v] = variables_[v].position(levels[v]);
  cells_[std::move(key)] += mass;
  ++count_;
}

void Contingency::merge(const Contingency& other) {
  if (other.variables_.empty()) return;
  if (variables_.empty()) {
    *this = other;
    return;
  }
  require<DimensionError>(variables_.size() == other.variables_.size(),
                          "Contingency: {} variables cannot be merged with {}", variables_.size(),
                          other.variables_.size());
  std::vector<std::vector<Index>> ours(variables_.size());
  for (std::size_t v = 0; v < ours.size(); ++v)
    for (const std::string& level : other.variables_[v].levels)
      ours[v].push_back(variables_[v].position(level));
  for (const auto& [levels, mass] : other.cells_) {
    std::vector<Index> key(levels.size());
    for (std::size_t v = 0; v < key.size(); ++v)
      key[v] = ours[v][static_cast<std::size_t>(levels[v])];
    cells_[std::move(key)] += mass;
  }
  count_ += other.count_;
}

JointTable Contingency::table() const {
  std::vector<DiscreteVariable> variables;
  std::vector<std::vector<Index>> places;
  for (const Variable& variable : variables_) {
    places.push_back(level_places(variable.levels));
    variables.push_back({variable.name, variable.levels});
    for (std::size_t i = 0; i < variable.levels.size(); ++i)
      variables.back().levels[static_cast<std::size_t>(places.back()[i])] = variable.levels[i];
  }
  std::vector<JointCell> cells;
  for (const auto& [levels, mass] : cells_) {
    JointCell cell{.levels = levels, .mass = mass};
    for (std::size_t v = 0; v < levels.size(); ++v)
      cell.levels[v] = places[v][static_cast<std::size_t>(levels[v])];
    cells.push_back(std::move(cell));
  }
  return JointTable(std::move(variables), std::move(cells));
}

}  // namespace mathtool::stats
