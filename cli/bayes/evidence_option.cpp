#include "cli/bayes/evidence_option.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

#include "cli/constant_expression.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// Splits COL=rest where COL is a variable; names may hold '=' themselves.
std::pair<Index, std::string_view> split_variable(std::string_view text,
                                                  const stats::JointTable& table,
                                                  std::string_view form) {
  const std::vector<std::string> names = table.names();
  for (std::size_t end = text.find('='); end < text.size(); end = text.find('=', end + 1)) {
    const auto name = std::find(names.begin(), names.end(), trimmed(text.substr(0, end)));
    if (name != names.end()) return {name - names.begin(), text.substr(end + 1)};
  }
  require(text.find('=') < text.size(), "{}, got '{}'", form, text);
  return {table.find_variable(trimmed(text.substr(0, text.find('=')))), {}};
}

/// The position of a level as it stands, without blanks around it, or as a number.
Index find_level(const stats::JointTable& table, Index variable, std::string_view text) {
  const std::vector<std::string>& levels =
      table.variables()[static_cast<std::size_t>(variable)].levels;
  std::vector<std::string> readings{std::string(text), std::string(trimmed(text))};
  const std::string_view word = trimmed(text);
  double number = 0;
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error == std::errc() && stop == word.data() + word.size())
    readings.push_back(data::format_number(number + 0.0));
  for (const std::string& reading : readings) {
    const auto place = std::find(levels.begin(), levels.end(), reading);
    if (place != levels.end()) return place - levels.begin();
  }
  return table.find_level(variable, word);
}

/// How many characters of "level:p,..." are the level: of a level that holds colons or commas, all.
std::size_t level_length(std::string_view text, const std::vector<std::string>& levels) {
  std::size_t longest = 0;
  for (const std::string& level : levels)
    if (text.starts_with(level) && text.substr(level.size()).starts_with(':'))
      longest = std::max(longest, level.size());
  return longest > 0 ? longest : std::min(text.find(':'), text.size());
}

constexpr std::string_view prior_form = "--prior takes COL=level:p,level:p";

}  // namespace

stats::Evidence parse_given(const std::vector<std::string>& given, const stats::JointTable& table) {
  stats::Evidence evidence;
  for (const std::string& text : given) {
    const auto [variable, value] = split_variable(text, table, "--given takes COL=value");
    const auto& [name, levels] = table.variables()[static_cast<std::size_t>(variable)];
    evidence.emplace_back(name,
                          levels[static_cast<std::size_t>(find_level(table, variable, value))]);
  }
  return evidence;
}

Prior parse_prior(const std::string& text, const stats::JointTable& table) {
  auto [variable, rest] = split_variable(text, table, prior_form);
  const auto& [name, levels] = table.variables()[static_cast<std::size_t>(variable)];
  Prior prior{name, std::vector<double>(levels.size(), 0.0)};
  std::vector<bool> named(levels.size(), false);
  while (!rest.empty()) {
    const std::size_t length = level_length(rest, levels);
    require(length < rest.size(), "{}, got '{}'", prior_form, text);
    const auto level =
        static_cast<std::size_t>(find_level(table, variable, rest.substr(0, length)));
    require(!named[level], "--prior names {} = {} twice", name, levels[level]);
    named[level] = true;
    rest.remove_prefix(length + 1);
    const std::size_t end = std::min(rest.find(','), rest.size());
    const double p = constant_expression(std::string(rest.substr(0, end)), "--prior");
    require(p >= 0 && p <= 1, "--prior: the probability of {} = {} must be from 0 to 1, got {}",
            name, levels[level], p);
    prior.probabilities[level] = p;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const double sum = std::accumulate(prior.probabilities.begin(), prior.probabilities.end(), 0.0);
  require(std::abs(sum - 1) <= 1e-9, "--prior: the probabilities of '{}' sum to {}, not 1", name,
          sum);
  return prior;
}

}  // namespace mathtool::cli
