#include "calculus/condensation.hpp"

namespace mathtool::math {

Consensus condensed_sum(FunctionRef<Sample(const FiftyDigits& k)> term, const FiftyDigits& first) {
  constexpr int outer = 40, inner = 48, few = 10;
  // From a small index on, a₁ ... are taken as 0, so that indices double exactly; else k is
  // shifted.
  const bool pad = 1 <= first && first <= few;
  const FiftyDigits shift = pad ? FiftyDigits(0) : FiftyDigits(first - 1);
  Family alternating;
  FiftyDigits sum = 0, noise = 0;
  for (int k = 1; k <= outer; ++k) {
    Family condensed;
    FiftyDigits inner_sum = 0, inner_noise = 0, weight = 1;
    for (int j = 0; j < inner; ++j, weight *= 2) {
      const FiftyDigits index = shift + k * weight;
      if (index < first) continue;
      const Sample sample = term(index);
      if (sample.lost || !isfinite(sample.value)) return {};
      inner_sum += weight * sample.value;
      inner_noise += weight * sample.noise;
      condensed.values.push_back(inner_sum);
      condensed.noise.push_back(inner_noise);
    }
    condensed.from = inner / 2;
    const Consensus inner_limit = accelerate({condensed});
    if (inner_limit.contradicted || !isfinite(inner_limit.best.error)) return {};
    sum += k % 2 == 1 ? inner_limit.best.value : -inner_limit.best.value;
    noise += inner_limit.best.error;
    if (pad && k < first) continue;  // the first few bₖ do not follow the pattern of the rest
    alternating.values.push_back(sum);
    alternating.noise.push_back(noise);
  }
  alternating.from = outer / 2;
  return accelerate({alternating});
}

}  // namespace mathtool::math
