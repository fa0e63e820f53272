#pragma once

#include <cmath>
#include <optional>
#include <string_view>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {

/// What a parameter may be.
enum class Domain {
  real,
  bound,
  positive,
  non_negative,
  probability,
  positive_probability,
  whole,
  count
};

/// Beyond 2⁵³ a double no longer tells a whole number from its neighbour.
constexpr bool is_whole(double value) {
  return -0x1p53 <= value && value <= 0x1p53 &&
         value == static_cast<double>(static_cast<long long>(value));
}

constexpr bool contains(Domain domain, double value) {
  const bool finite = value - value == 0.0;
  switch (domain) {
    case Domain::real: return finite;
    case Domain::bound: return value == value;
    case Domain::positive: return finite && value > 0.0;
    case Domain::non_negative: return finite && value >= 0.0;
    case Domain::probability: return 0.0 <= value && value <= 1.0;
    case Domain::positive_probability: return 0.0 < value && value <= 1.0;
    case Domain::whole: return is_whole(value);
    case Domain::count: return value >= 0.0 && is_whole(value);
  }
  return false;
}

constexpr std::string_view describe(Domain domain) {
  switch (domain) {
    case Domain::real: return "finite";
    case Domain::bound: return "a number, inf or -inf";
    case Domain::positive: return "finite and > 0";
    case Domain::non_negative: return "finite and >= 0";
    case Domain::probability: return "in [0, 1]";
    case Domain::positive_probability: return "in (0, 1]";
    case Domain::whole: return "a whole number between -2^53 and 2^53";
    case Domain::count: return "a whole number between 0 and 2^53";
  }
  return "?";
}

/// How a parameter is written in a specification.
enum class Form {
  number,
  list,          ///< [0.2, 0.8]
  matrix,        ///< its rows: [[2, 1], [1, 2]]
  rest,          ///< all arguments left, as numbers: 0.2, 0.3, 0.5
  distribution,  ///< normal(0, 1)
  distributions  ///< [normal(0, 1), normal(3, 2)]
};

/// One row of a distribution's parameter table, which drives the check of its constructor with the
/// message, the specifications of `mathtool dist`, its help and the documentation.
struct Parameter {
  std::string_view name;
  Domain domain;
  std::string_view meaning;
  std::optional<double> standard = {};  ///< taken where a specification leaves it out
  Form form = Form::number;
};

/// Each value against the table of D. Throws: DomainError with the parameter's name and value.
template <class D>
void check_parameters(const D& d) {
  for (std::size_t i = 0; i < D::parameters.size(); ++i) {
    const Parameter& parameter = D::parameters[i];
    const double value = d.values()[i];
    require(contains(parameter.domain, value), "{}: {} must be {}, got {}", D::name, parameter.name,
            describe(parameter.domain), value);
  }
}

}  // namespace mathtool::stats
