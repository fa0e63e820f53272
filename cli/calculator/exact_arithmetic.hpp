#pragma once

#include <optional>

#include "cli/calculator/value.hpp"

namespace mathtool::cli {

/// Bits of a number that is still kept exact, some 79,000 digits.
constexpr unsigned most_exact_bits = 1u << 18;

/// The bits of the longer of numerator and denominator.
unsigned bits(const Rational& number);

/// The exact result; empty where it is no fraction or has too many digits.
/// Throws: NotEstablished for a division by zero.
std::optional<Value> exact(math::Operator op, const Rational& x, const Rational& y);

/// The exact value of a function of exact numbers; empty where it has none: sqrt(2).
/// Throws: DomainError where the function wants other numbers: gcd(1/2, 3).
std::optional<Value> exact_function(const std::string& name, const std::vector<Rational>& x);

}  // namespace mathtool::cli
