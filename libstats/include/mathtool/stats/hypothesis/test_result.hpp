#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// On which side of the null hypothesis the truth may lie.
enum class Alternative { two_sided, less, greater };

constexpr std::string_view to_string(Alternative alternative) {
  switch (alternative) {
    case Alternative::two_sided: return "two-sided";
    case Alternative::less: return "less";
    case Alternative::greater: return "greater";
  }
  return "?";
}

struct TestOptions {
  Alternative alternative = Alternative::two_sided;
  double level = 0.95;  ///< of the intervals, in (0, 1)
};

/// How large an effect is, in a unit that does not depend on that of the data.
struct EffectSize {
  std::string name = {};
  double value = not_a_number;
  Interval ci = {not_a_number, not_a_number};  ///< two-sided; NaN where the theory has none
};

/// What a test of a hypothesis found, the same for all of them. NaN is what a test has not.
struct [[nodiscard]] TestResult {
  std::string method = {};           ///< "Welch's t test of two means"
  std::string null_hypothesis = {};  ///< in words: "the means are equal"
  std::string statistic_name = {};   ///< "t"
  double statistic = not_a_number;
  std::vector<double> df = {};  ///< none, one, or two of an F
  Alternative alternative = Alternative::two_sided;
  double p_value = not_a_number;
  double log10_p = not_a_number;  ///< finite where the p-value is too small for a double
  std::string estimate_name = {};
  double estimate = not_a_number;
  Interval ci = {not_a_number, not_a_number};  ///< of the estimate, open on the alternative's side
  EffectSize effect_size = {};
  double n = 0;                         ///< observations, weighted ones by their weights
  std::vector<std::string> notes = {};  ///< how the p-value was come by, what to beware of
  Status status = Status::converged;    ///< out_of_budget: the p-value is NaN, the rest holds
  std::string reason = {};              ///< of a status that is not `converged`
};

}  // namespace mathtool::stats
