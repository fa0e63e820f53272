// Regressions as networks of one dense layer, beside what libstats computes directly: a sum of
// squares makes it linear regression; a cross-entropy makes it softmax regression, which for two
// classes is logistic regression.

#include <cmath>
#include <cstdio>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/philox.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/nn/training.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"
#include "mathtool/stats/regression/linear_regression.hpp"

using namespace mathtool;

namespace {

struct Table {
  Mat X;
  Vec y;
};

/// y = 1 + 2 x1 − 3 x2 + noise within ±0.5, or 1 with the probability 1 / (1 + exp −(...)).
Table made_up_rows(bool classes) {
  math::Philox random(7);
  Table rows{Mat(1000, 2), Vec(1000)};
  for (Index i = 0; i < rows.X.rows(); ++i) {
    for (Index j = 0; j < 2; ++j) rows.X(i, j) = 2 * math::uniform(random) - 1;
    const double eta = 1 + 2 * rows.X(i, 0) - 3 * rows.X(i, 1), u = math::uniform(random);
    rows.y[i] = classes ? double(u < 1 / (1 + std::exp(-eta))) : eta + u - 0.5;
  }
  return rows;
}

/// W by rows, then b, after 200 epochs of batches of 50 with a rate that falls to 0.
nn::Parameters<float> by_descent(const Table& rows, Index outputs, const nn::Loss& loss) {
  const nn::Dataset data{.shape = {2},
                         .features = nn::Batch<float>(rows.X.cast<float>()),
                         .targets = rows.y.cast<float>()};
  nn::Sequential<> network({2}, {nn::Dense{.units = outputs}});
  const nn::Training training =
      nn::train(network, data,
                {.loss = loss,
                 .rule = opt::Adam{.learning_rate = 0.05},
                 .schedule = opt::parse_schedule("cosine", 200 * 1000 / 50),
                 .epochs = 200,
                 .batch = 50});
  if (training.status != Status::converged) throw Error(training.reason);
  return network.parameters();
}

void print(const char* how, double b0, double b1, double b2) {
  std::printf("  %-12s %7.3f %7.3f %7.3f\n", how, b0, b1, b2);
}

}  // namespace

int main() try {
  const std::vector<math::DesignTerm> terms = {{}, {0}, {1}};  // 1, x1, x2

  std::printf("linear regression: constant, x1, x2\n");
  const Table line = made_up_rows(false);
  const Vec direct = stats::fit_linear(line.X, terms, line.y).predictor.coefficients;
  const nn::Parameters<float> w = by_descent(line, 1, nn::SquaredError{});
  print("closed form", direct[0], direct[1], direct[2]);
  print("descent", w[2], w[0], w[1]);

  std::printf("softmax regression of two classes: what the logits differ by\n");
  const Table classes = made_up_rows(true);
  const Vec logistic =
      stats::fit_generalized(stats::ResponseFamily::binomial, classes.X, terms, classes.y)
          .predictor.coefficients;
  const nn::Parameters<float> v = by_descent(classes, 2, nn::CrossEntropy{});
  print("logistic", logistic[0], logistic[1], logistic[2]);
  print("descent", v[5] - v[4], v[1] - v[0], v[3] - v[2]);
} catch (const Error& error) {
  std::fprintf(stderr, "regression: %s\n", error.what());
  return 1;
}
