#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace mathtool::cli {

/// What --help says about one option.
struct OptionHelp {
  std::string group;        ///< heading under which it stands
  std::string names;        ///< "-s,--standardize"
  std::string placeholder;  ///< of its value; empty for a flag
  std::string help;
  std::string otherwise;  ///< default value; empty: none to speak of
};

/// `mathtool help`: one line per command.
std::string program_help();

/// `mathtool nn`: the same of a family of commands, then its examples.
std::string family_help(const Command& command);

/// `mathtool COMMAND --help`: usage, examples, operands, then options by group, those of all
/// commands last.
std::string command_help(const Command& command, std::span<const OptionHelp> options);

}  // namespace mathtool::cli
