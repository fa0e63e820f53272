#include "plain_sign.hpp"

#include <algorithm>

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

enum class PlainSign { positive, nonnegative, unknown };

PlainSign plain_sign(const Form& form);

/// Of a product, or a sum: how certain is the least certain part, and the most certain.
struct Range {
  PlainSign most = PlainSign::unknown, least = PlainSign::positive;
};
Range range_of(const Form& form) {
  Range range;
  for (const Form& part : form->parts) {
    const PlainSign sign = plain_sign(part);
    range.most = std::min(range.most, sign);
    range.least = std::max(range.least, sign);
    if (sign == PlainSign::unknown) break;
  }
  return range;
}

PlainSign plain_sign(const Form& form) {
  switch (form->kind) {
    case Kind::number: return form->number.value > 0 ? PlainSign::positive : PlainSign::unknown;
    case Kind::symbol: return form->name == "pi" ? PlainSign::positive : PlainSign::unknown;
    case Kind::call:
      if (form->name == "exp" || form->name == "cosh") return PlainSign::positive;
      return form->name == "abs" ? PlainSign::nonnegative : PlainSign::unknown;
    case Kind::sum: {
      // all of them nonnegative: one that has no zero is enough
      const Range range = range_of(form);
      return range.least == PlainSign::unknown ? PlainSign::unknown : range.most;
    }
    case Kind::product: return form->number.value > 0 ? range_of(form).least : PlainSign::unknown;
    case Kind::power: {
      const Form& exponent = form->parts[1];
      const PlainSign base = plain_sign(form->parts[0]);
      if (base == PlainSign::positive || exponent->kind != Kind::number) return base;
      const Rational& times = exponent->number.value;
      if (numerator(times) % 2 != 0 && denominator(times) % 2 != 0) return base;
      return times > 0 ? PlainSign::nonnegative : PlainSign::positive;
    }
    case Kind::other: return PlainSign::unknown;
  }
  return PlainSign::unknown;
}

}  // namespace

bool is_plainly_positive(const Form& form) { return plain_sign(form) == PlainSign::positive; }

}  // namespace mathtool::math
