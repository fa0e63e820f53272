#include "cli/bayes/joint_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/bayes/independence_report.hpp"
#include "cli/first_few.hpp"

namespace mathtool::cli {
namespace {

using stats::DiscreteVariable;
using stats::JointCell;
using stats::JointTable;
using Shared = std::shared_ptr<const JointResult>;

constexpr Index most_rows = 40;  ///< of a list for people

/// A table with as many rows as people read, and how many more there are.
void show_list(Table table, Report& report) {
  const Index hidden = table.rows - most_rows;
  if (hidden > 0) table.rows = most_rows;
  report.screen.push_back(std::move(table));
  if (hidden > 0)
    report.screen.push_back(
        Paragraph{fmt::format("... and {} more; --json and --csv have all", hidden)});
}

/// The levels of each variable and their probability, cell by cell. `table` must outlive it.
Table cell_list(const JointTable& table) {
  Table list{.columns = table.names(), .rows = std::ssize(table.cells())};
  list.columns.push_back("probability");
  list.cell = [&table](Index row, Index column) -> Cell {
    const JointCell& cell = table.cells()[static_cast<std::size_t>(row)];
    const auto v = static_cast<std::size_t>(column);
    if (v == cell.levels.size()) return table.probability_of(cell);
    return table.variables()[v].levels[static_cast<std::size_t>(cell.levels[v])];
  };
  return list;
}

/// Two variables, one down and one across, with their marginals.
Table cross_table(const JointTable& table) {
  const DiscreteVariable &down = table.variables()[0], &across = table.variables()[1];
  const Index rows = std::ssize(down.levels), columns = std::ssize(across.levels);
  Mat probabilities = Mat::Zero(rows + 1, columns + 1);
  for (const JointCell& cell : table.cells())
    probabilities(cell.levels[0], cell.levels[1]) = table.probability_of(cell);
  const std::vector<double> right = table.level_probabilities(down.name),
                            bottom = table.level_probabilities(across.name);
  for (Index i = 0; i < rows; ++i) probabilities(i, columns) = right[static_cast<std::size_t>(i)];
  for (Index j = 0; j < columns; ++j) probabilities(rows, j) = bottom[static_cast<std::size_t>(j)];
  probabilities(rows, columns) = 1;
  Table cross{
      .title = fmt::format("probability of {} (down) and {} (across)", down.name, across.name),
      .columns = {""},
      .rows = rows + 1};
  cross.columns.insert(cross.columns.end(), across.levels.begin(), across.levels.end());
  cross.columns.push_back("all");
  cross.cell = [labels = down.levels, probabilities](Index row, Index column) -> Cell {
    if (column > 0) return probabilities(row, column - 1);
    return row < std::ssize(labels) ? labels[static_cast<std::size_t>(row)] : "all";
  };
  return cross;
}

/// One level of one variable.
struct LevelRow {
  std::string variable, level;
  double prior, posterior;
};

std::vector<LevelRow> level_rows(const JointTable& before, const JointTable& after) {
  std::vector<LevelRow> rows;
  for (const auto& [name, levels] : after.variables()) {
    const std::vector<double> prior = before.level_probabilities(name),
                              posterior = after.level_probabilities(name);
    for (std::size_t i = 0; i < levels.size(); ++i)
      rows.push_back({name, levels[i], prior[i], posterior[i]});
  }
  return rows;
}

Table level_table(std::vector<LevelRow> level_rows, bool posterior) {
  const auto rows = std::make_shared<const std::vector<LevelRow>>(std::move(level_rows));
  Table table{.columns = {"variable", "level", "probability"}, .rows = std::ssize(*rows)};
  if (posterior) table.columns = {"variable", "level", "prior", "posterior"};
  table.cell = [rows](Index i, Index column) -> Cell {
    const LevelRow& row = (*rows)[static_cast<std::size_t>(i)];
    switch (column) {
      case 0: return row.variable;
      case 1: return row.level;
      case 2: return row.prior;
      default: return row.posterior;
    }
  };
  return table;
}

void show_joint(const JointResult& result, Report& report) {
  const JointTable& joint = result.joint;
  const std::size_t variables = joint.variables().size();
  const std::string names = first_few(joint.names(), [](const std::string& name) { return name; });
  const stats::Extended total = result.observed.total();
  std::string heading =
      result.kind == MassKind::probability
          ? fmt::format("probabilities of {}", names)
          : fmt::format("{:.15g} observation{} of {}", total, total == 1 ? "" : "s", names);
  if (result.changed)
    heading += fmt::format(", the prior of '{}' as --prior has it", *result.changed);
  report.screen.push_back(Paragraph{heading});
  if (variables == 2)
    report.screen.push_back(cross_table(joint));
  else
    show_list(cell_list(joint), report);
  if (variables > 2) show_list(level_table(level_rows(joint, joint), false), report);
}

void show_conditional(const JointResult& result, Report& report) {
  const JointTable& rest = *result.conditional;
  report.screen.push_back(
      Paragraph{fmt::format("given {} (probability {:.6g})", stats::to_string(result.given),
                            result.joint.probability(result.given))});
  if (rest.variables().size() == 2) report.screen.push_back(cross_table(rest));
  if (rest.variables().size() > 2) show_list(cell_list(rest), report);
  show_list(level_table(level_rows(result.joint, rest), true), report);
}

Json cells_json(const JointTable& table) {
  Json cells = Json::array();
  for (const JointCell& cell : table.cells()) {
    Json entry = Json::object();
    for (std::size_t v = 0; v < cell.levels.size(); ++v) {
      const DiscreteVariable& variable = table.variables()[v];
      entry[variable.name] = variable.levels[static_cast<std::size_t>(cell.levels[v])];
    }
    entry["probability"] = table.probability_of(cell);
    cells.push_back(std::move(entry));
  }
  return cells;
}

Json result_json(const JointResult& result) {
  Json marginals = Json::object(), posterior = Json::object(), given = Json::object();
  for (const LevelRow& row : level_rows(result.joint, result.joint))
    marginals[row.variable].push_back({{"level", row.level}, {"probability", row.prior}});
  Json json{{"joint", cells_json(result.joint)},
            {"marginals", std::move(marginals)},
            {"conditional", nullptr},
            {"posterior", nullptr},
            {"given", nullptr},
            {"evidence_probability", nullptr},
            {"independence", independence_json(result.observed, result.kind)}};
  if (!result.conditional) return json;
  for (const LevelRow& row : level_rows(result.joint, *result.conditional))
    posterior[row.variable].push_back(
        {{"level", row.level}, {"prior", row.prior}, {"posterior", row.posterior}});
  for (const auto& [name, level] : result.given) given[name] = level;
  json["conditional"] = cells_json(*result.conditional);
  json["posterior"] = std::move(posterior);
  json["given"] = std::move(given);
  json["evidence_probability"] = result.joint.probability(result.given);
  return json;
}

}  // namespace

void report_joint(JointResult found, Report& report) {
  const Shared result = std::make_shared<const JointResult>(std::move(found));
  show_joint(*result, report);
  if (result->observed.variables().size() > 1)
    report_independence(result->observed, result->kind, report);
  if (result->conditional) show_conditional(*result, report);
  report.main = result->conditional
                    ? level_table(level_rows(result->joint, *result->conditional), true)
                    : cell_list(result->joint);
  report.result = [result] { return result_json(*result); };
}

}  // namespace mathtool::cli
