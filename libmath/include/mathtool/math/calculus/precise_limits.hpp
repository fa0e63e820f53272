#pragma once

#include "mathtool/math/calculus/infinitesimal.hpp"
#include "mathtool/math/calculus/limit.hpp"
#include "mathtool/math/calculus/precise_function.hpp"
#include "mathtool/math/calculus/sequence_limit.hpp"
#include "mathtool/math/calculus/series.hpp"

namespace mathtool::math {

// The functions of the headers above for functions in 50 and in 100 digits. Cancellation (0/0,
// ∞ − ∞) costs nothing here: it takes 40 digits before one of the answer is lost, and the loss is
// seen. Every evaluation counted stands for one in each precision.

Limit limit(const PreciseFunction& f, const HundredDigits& point, const LimitOptions& options = {});

LimitEstimate sequence_limit(const PreciseFunction& a, const SequenceOptions& options = {});

LimitEstimate recurrence_limit(const PreciseRecurrence& g, const HundredDigits& start,
                               const RecurrenceOptions& options = {});

LimitEstimate infinite_sum(const PreciseFunction& term, double first,
                           const SeriesOptions& options = {});

LimitEstimate infinite_product(const PreciseFunction& factor, double first,
                               const SeriesOptions& options = {});

PowerLaw infinitesimal_order(const PreciseFunction& f, const HundredDigits& point,
                             const LimitOptions& options);

}  // namespace mathtool::math
