#include "mathtool/stats/joint_table.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

void require_different(std::vector<std::string> names, std::string_view where) {
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  require(twice == names.end(), "{} has '{}' twice", where,
          twice == names.end() ? "" : twice->c_str());
}

void require_cell(const JointCell& cell, const std::vector<DiscreteVariable>& variables) {
  require<DimensionError>(cell.levels.size() == variables.size(),
                          "JointTable: a cell has {} levels for {} variables", cell.levels.size(),
                          variables.size());
  for (std::size_t v = 0; v < variables.size(); ++v)
    require<DimensionError>(cell.levels[v] >= 0 && cell.levels[v] < std::ssize(variables[v].levels),
                            "JointTable: '{}' has {} levels, none at position {}",
                            variables[v].name, variables[v].levels.size(), cell.levels[v]);
  require(cell.mass >= 0 && std::isfinite(cell.mass),
          "JointTable: counts and probabilities must be finite and >= 0, got {}",
          static_cast<double>(cell.mass));
}

/// In the order of the levels, those of the same levels as one.
std::vector<JointCell> add_up(std::vector<JointCell> cells) {
  std::stable_sort(cells.begin(), cells.end(),
                   [](const JointCell& a, const JointCell& b) { return a.levels < b.levels; });
  std::vector<JointCell> result;
  for (JointCell& cell : cells) {
    if (!result.empty() && result.back().levels == cell.levels)
      result.back().mass += cell.mass;
    else
      result.push_back(std::move(cell));
  }
  return result;
}

bool holds(const JointCell& cell, const std::vector<std::pair<Index, Index>>& evidence) {
  return std::all_of(evidence.begin(), evidence.end(), [&](const auto& known) {
    return cell.levels[static_cast<std::size_t>(known.first)] == known.second;
  });
}

JointCell project(const JointCell& cell, const std::vector<Index>& positions) {
  JointCell result{.levels = {}, .mass = cell.mass};
  for (const Index v : positions) result.levels.push_back(cell.levels[static_cast<std::size_t>(v)]);
  return result;
}

}  // namespace

std::string to_string(const Evidence& evidence) {
  std::string text;
  for (const auto& [name, level] : evidence)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, level);
  return text;
}

JointTable::JointTable(std::vector<DiscreteVariable> variables, std::vector<JointCell> cells)
    : variables_(std::move(variables)) {
  require(!variables_.empty(), "JointTable: there must be a variable");
  require_different(names(), "JointTable");
  for (const DiscreteVariable& variable : variables_)
    require_different(variable.levels, fmt::format("JointTable: '{}'", variable.name));
  for (const JointCell& cell : cells) require_cell(cell, variables_);
  cells_ = add_up(std::move(cells));
  for (const JointCell& cell : cells_) total_ += cell.mass;
  require(std::isfinite(total_), "JointTable: the sum of the masses is not finite");
  require<InsufficientDataError>(total_ > 0, "no combination of levels has a probability above 0");
}

std::vector<std::string> JointTable::names() const {
  std::vector<std::string> result;
  for (const DiscreteVariable& variable : variables_) result.push_back(variable.name);
  return result;
}

Index JointTable::find_variable(std::string_view name) const {
  const std::vector<std::string> all = names();
  const auto place = std::find(all.begin(), all.end(), name);
  require(place != all.end(), "there is no variable '{}'{}", name, did_you_mean(name, all));
  return place - all.begin();
}

Index JointTable::find_level(Index variable, std::string_view level) const {
  const auto& [name, levels] = variables_[static_cast<std::size_t>(variable)];
  const auto place = std::find(levels.begin(), levels.end(), level);
  require(place != levels.end(), "'{}' has no level '{}'{}", name, level,
          did_you_mean(level, levels));
  return place - levels.begin();
}

double JointTable::probability_of(const JointCell& cell) const {
  return static_cast<double>(cell.mass / total_);
}

double JointTable::probability(const Evidence& event) const {
  const auto known = locate(event);
  Extended mass = 0;
  for (const JointCell& cell : cells_)
    if (holds(cell, known)) mass += cell.mass;
  return static_cast<double>(mass / total_);
}

std::vector<double> JointTable::level_probabilities(std::string_view name) const {
  std::vector<double> result;
  for (const Extended mass : level_masses(find_variable(name)))
    result.push_back(static_cast<double>(mass / total_));
  return result;
}

JointTable JointTable::marginal(std::span<const std::string> names) const {
  std::vector<Index> positions;
  for (const std::string& name : names) positions.push_back(find_variable(name));
  std::vector<JointCell> cells;
  for (const JointCell& cell : cells_) cells.push_back(project(cell, positions));
  return select(positions, std::move(cells));
}

JointTable JointTable::conditional(const Evidence& given) const {
  const auto known = locate(given);
  std::vector<Index> rest;
  for (Index v = 0; v < std::ssize(variables_); ++v)
    if (std::none_of(known.begin(), known.end(), [&](const auto& k) { return k.first == v; }))
      rest.push_back(v);
  require(!rest.empty(), "every variable is given ({}): leave out the one to learn about",
          to_string(given));
  std::vector<JointCell> cells;
  Extended mass = 0;
  for (const JointCell& cell : cells_) {
    if (!holds(cell, known)) continue;
    cells.push_back(project(cell, rest));
    mass += cell.mass;
  }
  require<InsufficientDataError>(
      mass > 0, "{} has probability 0, so nothing follows from it; give evidence that occurs",
      to_string(given));
  return select(rest, std::move(cells));
}

JointTable JointTable::with_marginal(std::string_view name,
                                     std::span<const double> probabilities) const {
  const Index variable = find_variable(name);
  const auto v = static_cast<std::size_t>(variable);
  const std::vector<std::string>& levels = variables_[v].levels;
  require<DimensionError>(probabilities.size() == levels.size(),
                          "'{}' has {} levels, got {} probabilities", name, levels.size(),
                          probabilities.size());
  const std::vector<Extended> masses = level_masses(variable);
  for (std::size_t i = 0; i < levels.size(); ++i)
    require<InsufficientDataError>(
        !(probabilities[i] > 0) || masses[i] > 0,
        "{} = {} has probability 0 in the table, which tells nothing of what goes with it", name,
        levels[i]);
  std::vector<JointCell> cells = cells_;
  for (JointCell& cell : cells) {
    const auto level = static_cast<std::size_t>(cell.levels[v]);
    if (masses[level] > 0) cell.mass *= probabilities[level] / masses[level];
  }
  return JointTable(variables_, std::move(cells));
}

double JointTable::expectation(FunctionRef<double(std::span<const Index>)> f) const {
  Extended sum = 0;
  for (const JointCell& cell : cells_)
    if (cell.mass > 0) sum += f(cell.levels) * (cell.mass / total_);
  return static_cast<double>(sum);
}

std::vector<Extended> JointTable::level_masses(Index variable) const {
  const auto v = static_cast<std::size_t>(variable);
  std::vector<Extended> masses(variables_[v].levels.size(), 0);
  for (const JointCell& cell : cells_)
    masses[static_cast<std::size_t>(cell.levels[v])] += cell.mass;
  return masses;
}

JointTable JointTable::select(const std::vector<Index>& positions,
                              std::vector<JointCell> cells) const {
  std::vector<DiscreteVariable> selected;
  for (const Index v : positions) selected.push_back(variables_[static_cast<std::size_t>(v)]);
  return JointTable(std::move(selected), std::move(cells));
}

std::vector<std::pair<Index, Index>> JointTable::locate(const Evidence& evidence) const {
  std::vector<std::pair<Index, Index>> known;
  for (const auto& [name, level] : evidence) {
    const Index variable = find_variable(name);
    require(std::none_of(known.begin(), known.end(),
                         [&](const auto& k) { return k.first == variable; }),
            "'{}' is given twice", name);
    known.emplace_back(variable, find_level(variable, level));
  }
  return known;
}

}  // namespace mathtool::stats
