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

/// One command = one file in cli/commands/ = one line in cli/commands.cpp.
struct Command {
  std::string_view name;      ///< "pca"; of a member of a family two words, "nn train"
  std::string_view summary;   ///< one line for `mathtool help`
  std::string_view operands;  ///< as shown behind the name: "[FILE]"
  std::string_view help;      ///< examples first, then what it computes; options are appended
  Exit (*run)(const Invocation& invocation);
  bool draws = false;  ///< whether there is a figure for --plot
  OutputKind output = OutputKind::text;
};

/// All commands that one word names, in the order of `mathtool help`.
std::span<const Command* const> commands();

/// The commands whose names begin with that of `command`; none unless it is a family.
std::span<const Command* const> family_of(const Command& command);

/// The command that the first one or two of these words name, and its arguments: a family by
/// itself where no member of it is named. Pre: there is a word.
/// Throws: DomainError with the nearest name when there is no such command.
Invocation find_command(const std::vector<std::string>& words);

}  // namespace mathtool::cli
