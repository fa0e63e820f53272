#include "mathtool/nn/fine_tuning.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"
#include "support/catch.hpp"
#include "support/network_pass.hpp"

using namespace mathtool;
using nn::Sequential;

namespace {

Sequential<float> learnt(const std::string& layers, const math::Shape& input = {4}) {
  Sequential<float> network(input, nn::parse_layers(layers), 3);
  network.parameters().array() += 0.25F;
  network.buffers().array() += 0.5F;
  return network;
}

}  // namespace

TEST_CASE("fine-tuning: a new head, and every number before it as it was", "[nn][fine-tuning]") {
  const auto old = learnt("dense 6, batchnorm, relu, residual(dense 6 tanh, dense 6), dense 3");
  const Sequential<float> made = nn::with_new_head(old, 5, 9);
  CHECK(to_string(made.architecture().layers()) ==
        "dense 6, batchnorm, relu, residual(dense 6, tanh, dense 6), dense 5");
  const Index kept = 4 * 6 + 6 + 12 + 2 * (6 * 6 + 6);  // the head has 6 × 5 weights, 5 biases
  REQUIRE(made.parameters().size() == kept + 35);
  CHECK(made.parameters().head(kept) == old.parameters().head(kept));
  CHECK(made.buffers() == old.buffers());
  // The head is that of a network which begins with this seed.
  const Sequential<float> fresh({4}, made.architecture().layers(), 9);
  CHECK(made.parameters().tail(35) == fresh.parameters().tail(35));
  CHECK(made.parameters().tail(35) != nn::with_new_head(old, 5, 10).parameters().tail(35));
}

TEST_CASE("fine-tuning: the head is the last dense layer, whatever stands behind it",
          "[nn][fine-tuning]") {
  const auto layers = nn::parse_layers("dense 4 relu, dense 3, dropout 0.1, softmax");
  CHECK(nn::head_of(layers) == 2);
  CHECK(to_string(nn::with_outputs(layers, 7)) == "dense 4, relu, dense 7, dropout 0.1, softmax");
  CHECK_THROWS_AS(nn::head_of(nn::parse_layers("conv 3 2x2, flatten")), DomainError);
  CHECK_THROWS_WITH(nn::head_of(nn::parse_layers("relu")), ContainsSubstring("no dense layer"));
  CHECK_THROWS_AS(nn::with_outputs(layers, 0), DomainError);
}

TEST_CASE("fine-tuning: layers are taken over as far as they are the same", "[nn][fine-tuning]") {
  const auto old = learnt("dense 6 relu, dense 5 relu, dense 3");
  Sequential<float> made({4}, nn::parse_layers("dense 6 relu, dense 5 tanh, dense 3"), 8);
  const Sequential<float> fresh = made;
  CHECK(nn::take_over(old, made, 5) == 3);  // relu is no tanh
  CHECK(made.parameters().head(65) == old.parameters().head(65));
  CHECK(made.parameters().tail(18) == fresh.parameters().tail(18));

  made = fresh;
  CHECK(nn::take_over(old, made, 2) == 2);
  CHECK(made.parameters().head(30) == old.parameters().head(30));
  CHECK(made.parameters().tail(53) == fresh.parameters().tail(53));
  CHECK(nn::take_over(old, made, 100) == 3);

  Sequential<float> longer({4},
                           nn::parse_layers("dense 6 relu, dense 5 relu, dense 3, relu, dense 2"));
  CHECK(nn::take_over(old, longer, 100) == 5);
  CHECK(longer.parameters().head(old.parameters().size()) == old.parameters());

  Sequential<float> other({5}, nn::parse_layers("dense 6"));
  CHECK_THROWS_AS(nn::take_over(old, other, 1), DimensionError);
}

TEST_CASE("fine-tuning: what is frozen stays to the bit, and the head learns",
          "[nn][fine-tuning]") {
  // Three classes by the sign of one feature each: the features of the first task serve the second.
  const Index n = 240;
  nn::Dataset data{.shape = {4}, .classes = {"a", "b", "c"}};
  const nn::Batch<float> x = test::random_rows<float>(n, 4, 21);
  data.features = x;
  data.targets.resize(n, 1);
  for (Index i = 0; i < n; ++i) {
    Index largest = 0;
    x.row(i).head(3).maxCoeff(&largest);
    data.targets(i, 0) = static_cast<float>(largest);
  }
  const auto old = learnt("dense 16, batchnorm, tanh, dense 2");
  Sequential<float> network = nn::with_new_head(old, 3, 1);
  const double before = nn::evaluate(network, data, nn::CrossEntropy{}).loss;
  const nn::Training training = nn::train(network, data,
                                          {.loss = nn::CrossEntropy{},
                                           .rule = opt::Adam{.learning_rate = 0.02},
                                           .epochs = 30,
                                           .frozen = {0, 1}});
  CHECK(training.status == Status::converged);
  const Index kept = 4 * 16 + 16 + 32;
  CHECK(network.parameters().head(kept) == old.parameters().head(kept));
  CHECK(network.buffers() == old.buffers());
  CHECK(nn::evaluate(network, data, nn::CrossEntropy{}).loss < before / 2);
}
