#pragma once

#include <fmt/core.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace mathtool {

/// Base of everything this project throws. Numerical failure is no exception: it is a `Status` in
/// a result.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The caller broke a precondition: shapes disagree.
struct DimensionError : Error {
  using Error::Error;
};

/// The caller broke a precondition: a value is out of range.
struct DomainError : Error {
  using Error::Error;
};

/// The user's data cannot be read: a file, cell, formula or model. The message names the place, as
/// in `data.csv:7: ...`, the offending text and the remedy.
struct DataError : Error {
  using Error::Error;
};

/// The user's data are well-formed but cannot support the computation: no rows, no spread, an
/// infinite value.
struct InsufficientDataError : DataError {
  using DataError::DataError;
};

/// A StopToken was raised while work was under way.
struct Stopped : Error {
  Stopped() : Error("stopped on request") {}
};

/// Throws E unless `ok`. The message names the culprit and shows its value.
template <class E = DomainError, class... Args>
void require(bool ok, fmt::format_string<Args...> message, Args&&... args) {
  if (!ok) throw E(fmt::format(message, std::forward<Args>(args)...));
}

}  // namespace mathtool
