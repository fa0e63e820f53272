#pragma once

#include <string>
#include <vector>

#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::cli {

/// --fail-if: an expression over the keys of a test's result.
class FailCondition {
 public:
  /// Throws: DomainError for what cannot be parsed and for an unknown name, with the nearest one.
  explicit FailCondition(const std::string& text);

  /// A key that the result has not is NaN, which satisfies no comparison.
  bool holds(const stats::TestResult& result) const;
  /// The keys that the condition asks for and the result has not.
  std::vector<std::string> undefined(const stats::TestResult& result) const;

 private:
  math::BlockEvaluator evaluator_;
};

}  // namespace mathtool::cli
