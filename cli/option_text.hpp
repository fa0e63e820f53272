#pragma once

#include <fmt/core.h>

#include <string_view>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {

/// What `read` makes of the text of an option. What is wrong with it is a mistake of usage here,
/// though a library that reads texts takes them for data. Throws: DomainError that names the
/// option.
template <class Read>
auto read_option(std::string_view option, Read&& read) {
  try {
    return read();
  } catch (const DataError& error) {
    throw DomainError(fmt::format("{}: {}", option, error.what()));
  }
}

}  // namespace mathtool::cli
