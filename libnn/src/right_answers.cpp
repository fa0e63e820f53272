#include "right_answers.hpp"

namespace mathtool::nn {
namespace {

/// Whether z[t] is the largest of K, the first of equals.
bool is_first_largest(const float* z, Index K, Index t) {
  for (Index j = 0; j < t; ++j)
    if (!(z[j] < z[t])) return false;
  for (Index j = t + 1; j < K; ++j)
    if (!(z[j] <= z[t])) return false;
  return z[t] == z[t];  // of one class too, NaN is no answer
}

}  // namespace

RightAnswers count_right(const Loss& loss, const ConstRows<float>& outputs,
                         const ConstRows<float>& targets, const Shape& output) {
  RightAnswers answers;
  const Index n = targets.size();
  if (std::holds_alternative<CrossEntropy>(loss.kind())) {
    const Index K = output.back();
    for (Index i = 0; i < n; ++i) {
      const float t = targets.data()[i];
      if (t < 0) continue;
      ++answers.asked;
      answers.right += is_first_largest(outputs.data() + i * K, K, static_cast<Index>(t));
    }
  } else if (std::holds_alternative<BinaryCrossEntropy>(loss.kind())) {
    answers.asked = n;
    for (Index i = 0; i < n; ++i) {
      const float z = outputs.data()[i];
      answers.right += targets.data()[i] > 0.5F ? z > 0 : z <= 0;
    }
  }
  return answers;
}

}  // namespace mathtool::nn
