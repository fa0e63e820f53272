#pragma once

#include <span>
#include <string_view>

namespace mathtool {

/// A text file that was compiled into the program.
struct EmbeddedFile {
  std::string_view name;  ///< without folder and extension: "numacc3"
  std::string_view text;  ///< its bytes
};

/// The NIST StRD tables of tests/verification/nist, from the easy to the hard; README.md there has
/// the format.
std::span<const EmbeddedFile> verification_files();

/// Those of tests/verification/nist_anova, in the same order.
std::span<const EmbeddedFile> verification_anova_files();

/// Those of tests/verification/nist_linear, likewise.
std::span<const EmbeddedFile> verification_linear_files();

/// Those of tests/verification/nist_nonlinear, by name.
std::span<const EmbeddedFile> verification_nonlinear_files();

}  // namespace mathtool
