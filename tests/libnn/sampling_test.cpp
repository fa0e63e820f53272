#include "mathtool/nn/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

const nn::Vocabulary& letters() {
  static const nn::Vocabulary vocabulary = nn::vocabulary_of("\nabcdefgh");
  return vocabulary;
}

/// Says the same of the next character whatever came before: logits 0, 1, 2.
nn::Sequential<> indifferent() {
  nn::Sequential<> network({4}, nn::parse_layers("embedding 2 vocabulary 3, rnn 2 all, dense 3"));
  network.parameters().setZero();
  network.parameters().tail(3) << 0, 1, 2;
  return network;
}

}  // namespace

TEST_CASE("sampling: goes on from state to state as a whole window would", "[nn]") {
  const char* layers =
      GENERATE("embedding 5 vocabulary 9, lstm 12 all, dense 9",
               "embedding 5 vocabulary 9, gru 12 all, lstm 7 all, dense 9",
               "embedding 6 vocabulary 9, rnn 6 all, residual(dense 6 tanh, dense 6), dropout 0.4, "
               "dense 9");
  INFO(layers);
  const nn::Sequential<> network({30}, nn::parse_layers(layers), 5);
  const std::string prompt = "abad";
  const std::string written =
      nn::sample_text(network, letters(), prompt, {.length = 26, .temperature = 0});
  REQUIRE(written.size() == 26);
  const std::vector<std::int32_t> symbols = letters().encode(prompt + written);
  nn::Batch<float> x(1, 30);
  for (Index i = 0; i < 30; ++i) x(0, i) = static_cast<float>(symbols[static_cast<std::size_t>(i)]);
  const nn::Batch<float> logits = network.predict(x).reshaped<Eigen::RowMajor>(30, 9);
  for (Index i = 3; i + 1 < 30; ++i) {
    Index likeliest = 0;
    logits.row(i).maxCoeff(&likeliest);
    INFO("step " << i + 1);
    CHECK(likeliest == symbols[static_cast<std::size_t>(i + 1)]);
  }
}

TEST_CASE("sampling: characters come as often as the temperature says", "[nn]") {
  const double temperature = GENERATE(0.5, 1.0, 3.0);
  constexpr Index n = 20'000;
  const std::string text = nn::sample_text(indifferent(), nn::vocabulary_of("abc"), "a",
                                           {.length = n, .temperature = temperature, .seed = 11});
  double sum = 0;
  for (const double z : {0.0, 1.0, 2.0}) sum += std::exp(z / temperature);
  for (int k = 0; k < 3; ++k) {
    const double p = std::exp(k / temperature) / sum;
    const auto share = static_cast<double>(std::count(text.begin(), text.end(), "abc"[k])) / n;
    CHECK_NEAR(share, p, test::monte_carlo(6, std::sqrt(p * (1 - p) / n)));
  }
}

TEST_CASE("sampling: without temperature the likeliest character, with hardly any as well",
          "[nn]") {
  const nn::Vocabulary abc = nn::vocabulary_of("abc");
  for (const double temperature : {0.0, 1e-12, 1e-300})
    CHECK(nn::sample_text(indifferent(), abc, "a", {.length = 5, .temperature = temperature}) ==
          "ccccc");
}

TEST_CASE("sampling: the same seed writes the same, another one something else", "[nn]") {
  const nn::Sequential<> network(
      {4}, nn::parse_layers("embedding 5 vocabulary 9, lstm 12 all, dense 9"), 5);
  const auto write = [&](std::uint64_t seed, Index length = 200) {
    return nn::sample_text(network, letters(), "", {.length = length, .seed = seed});
  };
  CHECK(write(1) == write(1));
  CHECK(write(1) != write(2));
  CHECK(write(1, 50) == write(1).substr(0, 50));
  CHECK(write(1, 0).empty());
}

TEST_CASE("sampling: a text is in characters, not in bytes", "[nn]") {
  const nn::Vocabulary vocabulary = nn::vocabulary_of("aé漢");
  CHECK(nn::sample_text(indifferent(), vocabulary, "é", {.length = 3, .temperature = 0}) ==
        "漢漢漢");
}

TEST_CASE("sampling: ends where a logit is not finite", "[nn]") {
  nn::Sequential<> network = indifferent();
  network.parameters().tail(1).setConstant(std::nanf(""));
  CHECK(nn::sample_text(network, nn::vocabulary_of("abc"), "a").empty());
}

TEST_CASE("sampling: complains of what it cannot do", "[nn]") {
  const nn::Vocabulary abc = nn::vocabulary_of("abc");
  CHECK_THROWS_WITH(nn::sample_text(indifferent(), abc, "ax"),
                    "prompt:1: character 'x' (U+0078) is none of the 3 that the network knows: "
                    "abc");
  CHECK_THROWS_AS(nn::sample_text(indifferent(), abc, "", {.temperature = -1}), DomainError);
  CHECK_THROWS_AS(nn::sample_text(indifferent(), abc, "", {.temperature = INFINITY}), DomainError);
  CHECK_THROWS_AS(nn::sample_text(indifferent(), abc, "", {.length = -1}), DomainError);
  CHECK_THROWS_AS(nn::sample_text(indifferent(), letters(), ""), DimensionError);
  const nn::Sequential<> flat({4}, nn::parse_layers("embedding 2 vocabulary 3, flatten, dense 3"));
  CHECK_THROWS_WITH(nn::sample_text(flat, abc, "a"),
                    ContainsSubstring("layer 2 (flatten) sees a whole window at once"));
  const nn::Sequential<> of_images({1, 4, 4}, nn::parse_layers("dense 3"));
  CHECK_THROWS_AS(nn::sample_text(of_images, abc, "a"), DimensionError);
}
