#include "cli/bayes/independence_report.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>
#include <vector>

#include "cli/first_few.hpp"
#include "mathtool/stats/independence.hpp"

namespace mathtool::cli {
namespace {

using stats::Independence;
using stats::JointTable;

struct Pair {
  std::string a, b;
  Independence independence;
};

std::vector<Pair> all_pairs(const JointTable& table) {
  const std::vector<std::string> names = table.names();
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size(); ++j)
      pairs.push_back(
          {names[i], names[j], independence(table.marginal(std::vector{names[i], names[j]}))});
  return pairs;
}

/// "a and b", "a, b, c".
std::string enumerate(const std::vector<std::string>& names) {
  if (names.size() == 2) return fmt::format("{} and {}", names[0], names[1]);
  return first_few(names, [](const std::string& name) { return name; });
}

/// Beyond rounding: decimal probabilities and their products are not exact in binary.
constexpr double rounding = 1e-12;

/// Below it the distribution of Pearson's statistic is not that of chi-squared.
/// Ref: Cochran, Some methods for strengthening the common χ² tests (1954).
constexpr double least_expected = 1, safely_expected = 5;

std::string verdict(const Independence& found) {
  if (found.smallest_expected < least_expected)
    return "are counted in too few observations for chi-squared to judge their independence";
  return found.p_value < 0.05 ? "are not independent by these counts"
                              : "may be independent: these counts do not speak against it";
}

std::string in_words(const std::vector<std::string>& variables, const Independence& found,
                     bool counts) {
  const std::string names = enumerate(variables);
  if (found.largest_difference <= rounding)
    return fmt::format(
        "{} are independent: every probability is the product of its marginals (to {:.1g})", names,
        found.largest_difference);
  std::string text = fmt::format("{} {}\n", names, counts ? verdict(found) : "are not independent");
  if (counts)
    text += fmt::format("  chi-squared {:.5g} on {} df, p {}\n", found.chi_squared, found.df,
                        found.p_value > 0 ? fmt::format("= {:.4g}", found.p_value) : "< 1e-308");
  return text + fmt::format(
                    "  largest difference from the product of marginals {:.4g}\n"
                    "  mutual information {:.4g} nats",
                    found.largest_difference, found.mutual_information);
}

Json measures(const Independence& found, bool counts) {
  Json json{{"largest_difference", found.largest_difference},
            {"mutual_information", found.mutual_information}};
  if (!counts) return json;
  json["chi_squared"] = found.chi_squared;
  json["df"] = found.df;
  json["p_value"] = found.p_value;
  json["smallest_expected"] = found.smallest_expected;
  return json;
}

Table pair_table(std::vector<Pair> found, bool counts) {
  const auto pairs = std::make_shared<const std::vector<Pair>>(std::move(found));
  Table table{.columns = {"variable", "and", "largest_difference", "mutual_information"},
              .rows = std::ssize(*pairs)};
  if (counts) table.columns.insert(table.columns.end(), {"chi_squared", "df", "p_value"});
  table.cell = [pairs](Index row, Index column) -> Cell {
    const auto& [a, b, found_of_pair] = (*pairs)[static_cast<std::size_t>(row)];
    switch (column) {
      case 0: return a;
      case 1: return b;
      case 2: return found_of_pair.largest_difference;
      case 3: return found_of_pair.mutual_information;
      case 4: return found_of_pair.chi_squared;
      case 5: return found_of_pair.df;
      default: return found_of_pair.p_value;
    }
  };
  return table;
}

}  // namespace

void report_independence(const JointTable& table, MassKind kind, Report& report) {
  const bool counts = kind != MassKind::probability;
  const Independence all = independence(table);
  report.screen.push_back(Paragraph{in_words(table.names(), all, counts)});
  if (table.variables().size() > 2) report.screen.push_back(pair_table(all_pairs(table), counts));
  if (counts && all.df > 0 && all.smallest_expected < safely_expected)
    report.notes.push_back(fmt::format(
        "a count expected under independence is only {:.3g}: the p value of chi-squared is rough",
        all.smallest_expected));
}

Json independence_json(const JointTable& table, MassKind kind) {
  if (table.variables().size() < 2) return nullptr;
  const bool counts = kind != MassKind::probability;
  Json json = measures(independence(table), counts);
  Json pairs = Json::array();
  for (const Pair& pair : all_pairs(table)) {
    Json entry{{"a", pair.a}, {"b", pair.b}};
    entry.update(measures(pair.independence, counts));
    pairs.push_back(std::move(entry));
  }
  json["pairs"] = std::move(pairs);
  return json;
}

}  // namespace mathtool::cli
