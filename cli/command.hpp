#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit.hpp"

namespace mathtool::cli {

struct Command;

/// What -o takes besides text, by the ending of its name.
enum class OutputKind { text, picture, array };

/// A command and the arguments that stood behind its name.
struct Invocation {
  const Command& command;
  std::vector<std::string> arguments;
};

/// One subcommand = one file in cli/commands/ = one line in cli/commands.cpp.
struct Command {
  std::string_view name;
  std::string_view summary;   ///< one line for `mathtool help`
  std::string_view operands;  ///< as shown behind the name: "[FILE]"
  std::string_view help;      ///< examples first, then what it computes; options are appended
  Exit (*run)(const Invocation& invocation);
  bool draws = false;  ///< whether there is a figure for --plot
  OutputKind output = OutputKind::text;
};

/// All commands, in the order of `mathtool help`.
std::span<const Command* const> commands();

/// Throws: DomainError with the nearest name when there is no such command.
const Command& find_command(std::string_view name);

}  // namespace mathtool::cli
