#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::math {

/// A binary floating-point number of at least 100 decimal digits. Its exponents reach far beyond
/// those of FiftyDigits, so that an overflow inside a formula shows as a difference, too.
using HundredDigits = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<100, boost::multiprecision::digit_base_10, void,
                                         std::int64_t>,
    boost::multiprecision::et_off>;

/// One real function in two precisions. Where both agree, their common digits are known; where they
/// part, rounding has eaten 50 digits, and that is known too. For parameters only, like
/// FunctionRef. A generic lambda is both at once:
///     PreciseFunction([](const auto& x) { return (1 - cos(x)) / (x * x); })
struct PreciseFunction {
  FunctionRef<FiftyDigits(const FiftyDigits&)> fifty;
  FunctionRef<HundredDigits(const HundredDigits&)> hundred;

  template <class F>
  requires(!std::same_as<std::remove_cvref_t<F>, PreciseFunction>) explicit PreciseFunction(F&& f)
      : fifty(f), hundred(f) {}

  PreciseFunction(FunctionRef<FiftyDigits(const FiftyDigits&)> in_fifty,
                  FunctionRef<HundredDigits(const HundredDigits&)> in_hundred)
      : fifty(in_fifty), hundred(in_hundred) {}
};

/// The same for a recurrence x ↦ g(x, n).
struct PreciseRecurrence {
  FunctionRef<FiftyDigits(const FiftyDigits& x, const FiftyDigits& n)> fifty;
  FunctionRef<HundredDigits(const HundredDigits& x, const HundredDigits& n)> hundred;

  template <class F>
  requires(!std::same_as<std::remove_cvref_t<F>, PreciseRecurrence>) explicit PreciseRecurrence(
      F&& g)
      : fifty(g), hundred(g) {}

  PreciseRecurrence(
      FunctionRef<FiftyDigits(const FiftyDigits& x, const FiftyDigits& n)> in_fifty,
      FunctionRef<HundredDigits(const HundredDigits& x, const HundredDigits& n)> in_hundred)
      : fifty(in_fifty), hundred(in_hundred) {}
};

}  // namespace mathtool::math
