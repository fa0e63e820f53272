#include "cli/help_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mathtool/math/version.hpp"

namespace mathtool::cli {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t help_column = 28;

/// Words in lines of at most `width` columns; lines after the first are indented.
std::string wrap(std::string_view text, std::size_t indent) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (column > indent && column + 1 + word.size() > width) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
}

std::string entry(const OptionHelp& option) {
  std::string left = "  ";
  // Long names line up whether or not a short one stands before them.
  if (option.names.starts_with("--")) left += "    ";
  for (const char c : option.names) left += c == ',' ? std::string(", ") : std::string(1, c);
  if (!option.placeholder.empty()) left += " " + option.placeholder;
  std::string right = option.help;
  if (!option.otherwise.empty()) right += fmt::format(" (default: {})", option.otherwise);
  left += left.size() + 2 > help_column ? "\n" + std::string(help_column, ' ')
                                        : std::string(help_column - left.size(), ' ');
  return left + wrap(right, help_column) + "\n";
}

/// Names and summaries, one command in a line.
std::string list_of(std::span<const Command* const> listed) {
  std::string list;
  for (const Command* command : listed)
    list += fmt::format("  {:<11} {}\n", command->name, command->summary);
  return list;
}

}  // namespace

std::string program_help() {
  std::string page = fmt::format(
      "mathtool {}: numerical mathematics and statistics\n\n"
      "Usage: mathtool COMMAND [options] [FILE]\n\nCommands\n{}",
      version(), list_of(commands()));
  page +=
      "\nExamples\n"
      "  mathtool pca data.csv              the structure of a table\n"
      "  mathtool pca data.csv --plot       the same, drawn\n"
      "  mathtool help pca                  examples and options of a command\n"
      "  mathtool --version                 version, compiler, linear algebra, threads\n";
  return page;
}

std::string family_help(const Command& command) {
  return fmt::format(
      "mathtool {0}: {1}\n\nUsage: mathtool {0} COMMAND [options]\n\nCommands\n{2}\n{3}",
      command.name, command.summary, list_of(family_of(command)), command.help);
}

std::string command_help(const Command& command, std::span<const OptionHelp> options) {
  std::string page = fmt::format("mathtool {}: {}\n\nUsage: mathtool {} [options]{}{}\n\n",
                                 command.name, command.summary, command.name,
                                 command.operands.empty() ? "" : " ", command.operands);
  page += command.help;
  if (!command.help.ends_with('\n')) page += '\n';
  std::vector<std::string> groups;
  for (const OptionHelp& option : options)
    if (std::find(groups.begin(), groups.end(), option.group) == groups.end())
      groups.push_back(option.group);
  for (const std::string& group : groups) {
    page += "\n" + group + "\n";
    for (const OptionHelp& option : options)
      if (option.group == group) page += entry(option);
  }
  return page;
}

}  // namespace mathtool::cli
