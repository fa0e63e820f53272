#pragma once

#include "mathtool/math/double_double.hpp"
#include "padded_rows.hpp"

namespace mathtool::math {

/// Eight double-doubles, operated on side by side. A sum drops what is below u² (|a| + |b|), which
/// saves a third of the work of the scalar operator and is as good as it inside long sums.
struct DoubleDoubleLanes {
  Lanes high, low;
};

#if defined(__FMA__)
inline void product_error(const Lanes& a, const Lanes& b, const Lanes& product, Lanes& error) {
  for (Index l = 0; l < lanes; ++l) error[l] = __builtin_fma(a[l], b[l], -product[l]);
}
#else
/// Ref: Dekker (1971): halves of 26 bits, whose products are exact.
inline void split(const Lanes& a, Lanes& head, Lanes& tail) {
  const Lanes shifted = a * 134217729.0;  // 2²⁷ + 1
  head = shifted - (shifted - a);
  tail = a - head;
}

inline void product_error(const Lanes& a, const Lanes& b, const Lanes& product, Lanes& error) {
  Lanes a_head, a_tail, b_head, b_tail;
  split(a, a_head, a_tail);
  split(b, b_head, b_tail);
  error = a_tail * b_tail - (((product - a_head * b_head) - a_tail * b_head) - a_head * b_tail);
}
#endif

/// sum ← sum + high + low.
inline void add(DoubleDoubleLanes& sum, const Lanes& high, const Lanes& low) {
  const Lanes s = sum.high + high;
  const Lanes part = s - sum.high;
  const Lanes error = ((sum.high - (s - part)) + (high - part)) + (sum.low + low);
  sum.high = s + error;
  sum.low = error - (sum.high - s);
}

/// sum ← sum + a b.
inline void add_product(DoubleDoubleLanes& sum, const DoubleDoubleLanes& a,
                        const DoubleDoubleLanes& b) {
  const Lanes product = a.high * b.high;
  Lanes error;
  product_error(a.high, b.high, product, error);
  add(sum, product, error + (a.high * b.low + a.low * b.high));
}

inline DoubleDoubleLanes broadcast(const DoubleDouble& a) {
  return {Lanes{} + a.high, Lanes{} + a.low};
}

/// The sum of the eight, in order.
inline DoubleDouble total(const DoubleDoubleLanes& a) {
  DoubleDouble sum;
  for (Index l = 0; l < lanes; ++l) sum = sum + DoubleDouble{a.high[l], a.low[l]};
  return sum;
}

}  // namespace mathtool::math
