#pragma once

#include "calculus/settle.hpp"

namespace mathtool::math {

/// Terms of a series, and what is known of their indices.
struct Terms {
  FunctionRef<Sample(const FiftyDigits& k)> read;
  double first = 1;
  double largest = 0;      ///< no term beyond it is asked for
  bool in_double = false;  ///< as in Way
  StopToken stop = {};
};

/// The period with which the signs of the terms repeat, zeros among them: a divisor of 24 at places
/// far apart, or 0 when there is none.
int sign_period(const Terms& terms);

/// The terms alternate in sign and fall in size, as Leibniz's test asks.
bool alternate_and_fall(const Terms& terms);

/// The terms with each remainder modulo `period` tend to 0 by themselves. Then the series and that
/// of the sums of `period` terms in a row converge or diverge together.
bool vanish_in_classes(const Terms& terms, int period);

/// The sum of the `period` terms from first + j · period on.
Sample grouped_term(const Terms& terms, int period, const FiftyDigits& j);

}  // namespace mathtool::math
