#include <limits>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "support/network_pass.hpp"

using namespace mathtool;
using nn::Batch;

namespace {

const std::vector<std::string> recurrent_kinds = {"rnn 3", "lstm 3", "gru 3"};

}  // namespace

TEST_CASE("recurrent: a padded sequence gives what the sequence alone gives", "[nn]") {
  std::vector<std::string> kinds = recurrent_kinds;
  // Behind the first recurrent layer the steps beyond the end are filled with numbers.
  for (const char* stack : {"lstm 4 all, lstm 3", "gru 2 all, tanh, rnn 4 all, relu, gru 3",
                            "rnn 4 all, dense 3 relu, lstm 3",
                            "residual(lstm 2 all), gru 3 all, residual(rnn 3 all), "
                            "lstm 3"})
    kinds.emplace_back(stack);
  for (const std::string& kind : kinds) {
    INFO(kind);
    nn::Sequential<double> whole({5, 2}, nn::parse_layers(kind), 4);
    nn::Sequential<double> alone({3, 2}, nn::parse_layers(kind), 4);
    Batch<double> x = test::random_rows(2, 10, 7);
    x.block(1, 6, 1, 4).setConstant(std::numeric_limits<double>::quiet_NaN());  // 3 of 5 steps
    const Batch<double> c = test::random_rows(2, 3, 8);
    CHECK(whole.predict(x).row(1).isApprox(alone.predict(x.block(1, 0, 1, 6)).row(0), 1e-14));

    const auto padded = test::network_pass<double>(whole, x.bottomRows(1), c.bottomRows(1));
    const auto cut = test::network_pass<double>(alone, x.block(1, 0, 1, 6), c.bottomRows(1));
    CHECK(padded.gradient.isApprox(cut.gradient, 1e-13));
    CHECK(padded.x_gradient.leftCols(6).isApprox(cut.x_gradient, 1e-13));
    CHECK(padded.x_gradient.rightCols(4).isZero(0));
  }
}

TEST_CASE("recurrent: a padded sequence of symbols passes over what is below 0", "[nn]") {
  for (const char* text :
       {"embedding 2 vocabulary 4, gru 3", "embedding 2 vocabulary 4, relu, gru 3",
        "embedding 2 vocabulary 4, lstm 4 all, relu, lstm 3"}) {
    INFO(text);
    const auto layers = nn::parse_layers(text);
    const nn::Sequential<double> whole({4}, layers, 4), alone({2}, layers, 4);
    const Batch<double> x = (Batch<double>(1, 4) << 3, 1, -1, -1).finished();
    CHECK(whole.predict(x).isApprox(alone.predict(x.leftCols(2)), 1e-14));
    const Batch<double> nothing = Batch<double>::Constant(1, 4, -1);
    CHECK(whole.predict(nothing).isZero(0));
  }
}

TEST_CASE("embedding: what is no symbol of the vocabulary is named", "[nn]") {
  const nn::Sequential<float> network({2}, nn::parse_layers("embedding 2 vocabulary 4"));
  CHECK_THROWS_WITH(network.predict((Batch<float>(1, 2) << 3, 4).finished()),
                    ContainsSubstring("4 is no symbol of a vocabulary of 4"));
  CHECK_THROWS_WITH(network.predict(Batch<float>::Constant(1, 2, 1.5F)),
                    ContainsSubstring("1.5 is no symbol"));
  CHECK_THROWS_AS(
      network.predict(Batch<float>::Constant(1, 2, std::numeric_limits<float>::quiet_NaN())),
      DomainError);
}

TEST_CASE("recurrent: truncated gradients reach back to the last cut and no further", "[nn]") {
  for (const std::string& kind : recurrent_kinds) {
    INFO(kind);
    const Batch<double> x = test::random_rows(3, 12, 5), c = test::random_rows(3, 3, 6);
    nn::Sequential<double> full({6, 2}, nn::parse_layers(kind), 9);
    nn::Sequential<double> cut({6, 2}, nn::parse_layers(kind + " truncate 4"), 9);
    const auto all = test::network_pass<double>(full, x, c);
    const auto last = test::network_pass<double>(cut, x, c);
    CHECK(all.y == last.y);
    CHECK(last.x_gradient.leftCols(8).isZero(0));
    CHECK(last.x_gradient.rightCols(4).isApprox(all.x_gradient.rightCols(4), 1e-13));
    CHECK(all.x_gradient.leftCols(2).norm() > 0);
  }
}

TEST_CASE("lstm: one step by hand", "[nn]") {
  nn::Sequential<double> network({1, 1}, nn::parse_layers("lstm 1"));
  // W, U and b of i, f, g, o; U and f do not matter at the first step.
  network.parameters() << 1, 2, 3, 4, 9, 9, 9, 9, 0.5, 9, -1, 0.25;
  const auto sigma = [](double v) { return 1 / (1 + std::exp(-v)); };
  const double x = 0.3, c = sigma(x + 0.5) * std::tanh(3 * x - 1);
  const double h = sigma(4 * x + 0.25) * std::tanh(c);
  CHECK(std::abs(network.predict(Batch<double>::Constant(1, 1, x))(0, 0) - h) < 1e-15);
}

TEST_CASE("recurrent: shapes and settings that make no sense are refused", "[nn]") {
  const auto architecture = [](nn::Shape input, const char* layers) {
    return nn::Architecture(std::move(input), nn::parse_layers(layers));
  };
  CHECK_THROWS_WITH(architecture({4}, "lstm 3"),
                    ContainsSubstring("layer 1 (lstm 3): expects (steps, features), got (4,)"));
  CHECK_THROWS_AS(architecture({0, 2}, "gru 3"), DimensionError);
  CHECK_THROWS_AS(nn::parse_layers("rnn 0"), DataError);
  CHECK_THROWS_AS(architecture({4}, "embedding 3"), DomainError);  // of no vocabulary
  CHECK(architecture({7, 2}, "lstm 3 all, gru 4").output() == nn::Shape{4});
}
