#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/options.hpp"

namespace mathtool::cli {

/// A picture or an array is no text: -o takes such a name only where the command writes one, and
/// then no --format.
/// Throws: DomainError.
void check_output(const Command& command, const GlobalOptions& global, bool format_given);

/// Whether a value of this placeholder names a file, as FILE, MODEL and FILE.onnx do.
bool names_file(const std::string& placeholder);

/// Throws: DomainError where -o or --plot names one of these files, which the command names
/// elsewhere: what is read there would be lost.
void check_kept(const GlobalOptions& global, const std::vector<std::string>& files);

}  // namespace mathtool::cli
