#pragma once

#include <string>
#include <string_view>

#include "mathtool/stats/pca.hpp"

namespace mathtool::stats {

/// A fitted analysis as JSON text: format "mathtool-pca", version "1.0", names, means, scales,
/// components, eigenvalues, counts and the sign rule. Numbers are written to read back as the same
/// doubles.
/// Throws: DataError for a name that is not UTF-8.
std::string to_json(const Pca& pca);

/// Reads what `to_json` of this or any earlier version wrote.
/// Throws: DataError, with `source` in front, for text that is no JSON, another format, a newer
/// version,
///         missing or misshapen fields, and numbers that are not finite.
Pca pca_from_json(std::string_view text, std::string_view source = "model");

}  // namespace mathtool::stats
