#pragma once

#include <memory>
#include <string>

#include "byte_source.hpp"

namespace mathtool::data {

/// One array of an NPZ archive, as an NPY file: `array`, or the only one that makes a table where
/// `array` is empty. Pre: `archive` is seekable.
/// Throws: DataError for a zip archive that is broken or holds no arrays; DomainError that lists
/// the
///         arrays where the choice is open or the name unknown.
std::unique_ptr<ByteSource> npz_source(std::unique_ptr<ByteSource> archive,
                                       const std::string& array, const std::string& name);

}  // namespace mathtool::data
