#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"
#include "small_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// z = (x, 0, −x).
nn::Sequential<> three_logits() {
  nn::Sequential<> network({1}, nn::parse_layers("dense 3"));
  network.parameters() << 1, 0, -1, 0, 0, 0;
  return network;
}

nn::Dataset one_feature(std::initializer_list<float> x, std::initializer_list<float> t) {
  return {
      .shape = {1},
      .features = nn::Batch<float>(Eigen::Map<const nn::Batch<float>>(x.begin(), std::ssize(x), 1)),
      .targets = Eigen::Map<const nn::Batch<float>>(t.begin(), std::ssize(t), 1)};
}

}  // namespace

TEST_CASE("evaluation: a mean squared error by hand", "[nn]") {
  nn::Sequential<> network({1}, nn::parse_layers("dense 1"));
  network.parameters() << 2, 1;  // 1 + 2 x
  const nn::Evaluation seen =
      nn::evaluate(network, one_feature({0, 1, 2}, {1, 5, 3}), nn::SquaredError{});
  CHECK(seen.loss == (0 + 4 + 4) / 3.0);
  CHECK_FALSE(seen.accuracy);
}

TEST_CASE("evaluation: the class of the largest logit is right, the first of equals", "[nn]") {
  // Logits (1, 0, −1), (−1, 0, 1), (0, 0, 0) and (2, 0, −2) for classes 0, 0, 0 and 1.
  const nn::Evaluation seen =
      nn::evaluate(three_logits(), one_feature({1, -1, 0, 2}, {0, 0, 0, 1}), nn::CrossEntropy{});
  CHECK(seen.accuracy == 0.5);
  const double first = std::log(std::exp(1) + 1 + std::exp(-1)) - 1,
               last = std::log(std::exp(2) + 1 + std::exp(-2));
  CHECK_NEAR(seen.loss, (first + first + 2 + std::log(3) + last) / 4, 1e-7);
}

TEST_CASE("evaluation: an accuracy counts observations, a loss their classes' weights", "[nn]") {
  const nn::Evaluation seen = nn::evaluate(three_logits(), one_feature({1, 1}, {0, 2}),
                                           nn::CrossEntropy{.class_weights = {3, 1, 1}});
  CHECK(seen.accuracy == 0.5);
  const double right = std::log(std::exp(1) + 1 + std::exp(-1)) - 1;
  CHECK_NEAR(seen.loss, (3 * right + (right + 2)) / 4, 1e-7);
}

TEST_CASE("evaluation: a positive logit says yes", "[nn]") {
  nn::Sequential<> network({1}, nn::parse_layers("dense 1"));
  network.parameters() << 1, 0;
  CHECK(nn::evaluate(network, one_feature({3, -2, 0, 1}, {1, 0, 0, 0}), nn::BinaryCrossEntropy{})
            .accuracy == 0.75);
}

TEST_CASE("evaluation: NaN is never the right answer", "[nn]") {
  const nn::Evaluation seen =
      nn::evaluate(three_logits(), one_feature({std::nanf(""), 1}, {0, 0}), nn::CrossEntropy{});
  CHECK(seen.accuracy == 0.5);
  CHECK(std::isnan(seen.loss));
}

TEST_CASE("evaluation: a data set is predicted as a matrix is, by any threads", "[nn]") {
  const nn::Dataset data = test::noise(700, 20, 4);
  const nn::Sequential<> network({20}, nn::parse_layers("dense 300 relu, dense 4"), 3);
  const nn::Batch<float> outputs = nn::predict(network, data, {.threads = 1});
  CHECK(outputs == nn::predict(network, data, {.threads = 2}));
  CHECK(outputs == network.predict(std::get<nn::Batch<float>>(data.features)));
  CHECK(nn::evaluate(network, data, nn::CrossEntropy{}, {.threads = 1}).loss ==
        nn::evaluate(network, data, nn::CrossEntropy{}, {.threads = 2}).loss);

  nn::Dataset unlabelled = data;
  unlabelled.targets.resize(700, 0);
  CHECK(nn::predict(network, unlabelled) == outputs);
  CHECK(nn::predict(network, data.subset({})).rows() == 0);
}

TEST_CASE("evaluation: bytes count as their scale says", "[nn]") {
  nn::Dataset bytes = one_feature({0, 0}, {1, 2});
  bytes.features = nn::ByteRows{.bytes = {51, 255}};  // a fifth, and 1
  nn::Sequential<> network({1}, nn::parse_layers("dense 1"));
  network.parameters() << 10, 0;
  const nn::Batch<float> outputs = nn::predict(network, bytes);
  CHECK_NEAR(outputs(0, 0), 2, 1e-6);
  CHECK_NEAR(outputs(1, 0), 10, 1e-6);
}

TEST_CASE("evaluation: data that do not fit the network are refused", "[nn]") {
  const nn::Dataset data = test::three_clouds(6);
  CHECK_THROWS_AS(nn::evaluate(three_logits(), data, nn::CrossEntropy{}), DimensionError);
  CHECK_THROWS_WITH(nn::predict(three_logits(), data),
                    ContainsSubstring("shape (2,), the network takes (1,)"));
  CHECK_THROWS_AS(nn::evaluate(three_logits(), one_feature({1}, {3}), nn::CrossEntropy{}),
                  DomainError);
  CHECK_THROWS_WITH(nn::evaluate(three_logits(), one_feature({1, 2}, {1, 1}),
                                 nn::CrossEntropy{.class_weights = {1, 0, 1}}),
                    ContainsSubstring("no observation counts"));
}
