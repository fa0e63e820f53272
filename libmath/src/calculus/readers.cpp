#include "calculus/readers.hpp"

#include <limits>
#include <stdexcept>

namespace mathtool::math {
namespace {

template <class T, class F>
T guarded(F&& compute) {
  try {
    return compute();
  } catch (const std::overflow_error&) {
    return std::numeric_limits<T>::infinity();
  } catch (const std::domain_error&) { return std::numeric_limits<T>::quiet_NaN(); }
}

/// Conversion alone would not notice an exponent beyond the range of FiftyDigits.
FiftyDigits in_fifty_digits(const HundredDigits& x) {
  using Limits = std::numeric_limits<FiftyDigits>;
  if (abs(x) > HundredDigits(Limits::max()))
    return x > 0 ? Limits::infinity() : -Limits::infinity();
  if (abs(x) < HundredDigits(Limits::min())) return 0;
  return static_cast<FiftyDigits>(x);
}

}  // namespace

Sample read_double(FunctionRef<double(double)> f, double x) {
  const double value = guarded<double>([&] { return f(x); });
  const FiftyDigits exact = value;
  return {exact, abs(exact) * 4 * std::numeric_limits<double>::epsilon()};
}

Sample compare(const FiftyDigits& fifty, const HundredDigits& hundred) {
  Sample sample{in_fifty_digits(hundred), 0};
  if (!isfinite(fifty) || !isfinite(sample.value)) {
    const bool same = isnan(fifty) ? isnan(sample.value) : fifty == sample.value;
    sample.lost = !same;
    return sample;
  }
  const FiftyDigits difference = abs(fifty - sample.value);
  const bool agree = difference <= 1e-6 * abs(sample.value);
  sample.noise = agree ? FiftyDigits(difference * 1e-45 + abs(sample.value) * 1e-49) : difference;
  return sample;
}

Sample read_precise(const PreciseFunction& f, const FiftyDigits& in_fifty,
                    const HundredDigits& in_hundred) {
  return compare(guarded<FiftyDigits>([&] { return f.fifty(in_fifty); }),
                 guarded<HundredDigits>([&] { return f.hundred(in_hundred); }));
}

}  // namespace mathtool::math
