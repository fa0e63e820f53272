#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/stats/joint_table.hpp"

namespace mathtool::stats {

/// How often each combination of levels occurs in a stream of rows, or the probability it has.
/// Memory grows with the combinations that occur, not with the rows.
class Contingency {
 public:
  Contingency() = default;
  explicit Contingency(std::vector<std::string> names) : variables_(names.size()) {
    for (std::size_t v = 0; v < names.size(); ++v) variables_[v].name = std::move(names[v]);
  }

  /// One level of each variable. Throws: DimensionError; DomainError unless mass is finite and ≥ 0.
  void push(std::span<const std::string_view> levels, double mass = 1);

  /// Throws: DimensionError where the variables differ in number. A default value is neutral.
  void merge(const Contingency& other);

  std::int64_t count() const { return count_; }  ///< rows
  std::int64_t cells() const { return std::ssize(cells_); }

  /// Levels in the order in which they first appeared; ascending where all of them are numbers.
  /// Throws: InsufficientDataError where nothing has mass.
  JointTable table() const;

 private:
  struct Variable {
    std::string name = {};
    std::vector<std::string> levels = {};
    std::map<std::string, Index, std::less<>> positions = {};

    Index position(std::string_view level);
  };

  std::vector<Variable> variables_ = {};
  std::map<std::vector<Index>, Extended> cells_ = {};
  std::int64_t count_ = 0;
};

}  // namespace mathtool::stats
