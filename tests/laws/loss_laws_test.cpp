#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "mathtool/nn/gradient_check.hpp"
#include "mathtool/nn/loss.hpp"
#include "support/layer_examples.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::test;
using nn::Batch;

TEST_CASE("losses: gradients equal differences to 1e-7, with weights and smoothing", "[nn][law]") {
  CHECK(rc::check([] {
    const Index n = 1 + below(6), k = 1 + below(5), steps = 1 + below(3);
    std::vector<double> weights;
    for (Index j = 0; j < k; ++j) weights.push_back(real(0.1, 3));
    const std::vector<nn::Loss> losses = {nn::SquaredError{}, nn::Huber{real(0.1, 2)},
                                          nn::BinaryCrossEntropy{real(0.1, 4)}, nn::CrossEntropy{},
                                          nn::CrossEntropy{real(0, 0.9), weights}};
    for (const nn::Loss& loss : losses) {
      const bool classes = std::holds_alternative<nn::CrossEntropy>(loss);
      const bool parts = std::holds_alternative<nn::BinaryCrossEntropy>(loss);
      const Shape output = steps == 1 ? Shape{k} : Shape{steps, k};
      const Index m = loss.targets(output);
      RC_ASSERT(m == (classes ? steps : steps * k));
      Batch<double> z = 2 * test::random_rows(n, steps * k, any_seed());
      Batch<double> t = test::random_rows(n, m, any_seed());
      if (parts) t = t.cwiseAbs() / 2;
      if (classes) t = t.unaryExpr([&](double) { return static_cast<double>(below(k)); });
      if (classes && below(3) == 0) t(below(n), below(m)) = -1;
      const nn::ConstRows<double> targets(t.data(), n, m);
      const auto value = [&](Batch<double>* gradient) {
        nn::Rows<double> dz(gradient ? gradient->data() : nullptr, gradient ? n : 0,
                            gradient ? z.cols() : 0);
        return loss.sum<double>(nn::ConstRows<double>(z.data(), n, z.cols()), targets, output, 0.5,
                                dz);
      };
      Batch<double> gradient(n, z.cols());
      RC_ASSERT(value(&gradient) == value(nullptr));
      RC_LOG() << nn::to_string(loss) << "\n";
      for (int i = 0; i < 4; ++i) {
        const Index at = below(z.size());
        const double kept = z.data()[at], given = gradient.data()[at];
        const double scale = std::max(std::abs(given), 0.01);
        const auto found = nn::slope_by_differences(
            [&](double number) {
              z.data()[at] = number;
              return 0.5 * value(nullptr);
            },
            kept, 3e-8 * scale);
        z.data()[at] = kept;
        // The second derivative of Huber's loss jumps, which differences notice nearby.
        if (!found && std::holds_alternative<nn::Huber>(loss)) continue;
        RC_ASSERT(found.has_value());
        RC_ASSERT(std::abs(given - *found) <= 1e-7 * scale);
      }
    }
  }));
}
