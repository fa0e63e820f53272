#include "mathtool/nn/text_data.hpp"

#include <algorithm>
#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/propagation.hpp"
#include "mathtool/nn/training.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// What a window reads and what it is to predict, as text; '_' where nothing counts.
std::pair<std::string, std::string> window_in_words(const nn::Dataset& data,
                                                    const nn::Vocabulary& vocabulary, Index row) {
  nn::Batch<float> x(1, data.shape[0]), t(1, data.shape[0]);
  nn::Rows<float> x_rows(x.data(), 1, x.cols()), t_rows(t.data(), 1, t.cols());
  data.gather<float>(std::vector<Index>{row}, x_rows, t_rows);
  std::pair<std::string, std::string> words;
  for (Index j = 0; j < x.cols(); ++j) {
    words.first += vocabulary.characters()[static_cast<std::size_t>(x(0, j))];
    words.second += t(0, j) < 0 ? "_" : vocabulary.characters()[static_cast<std::size_t>(t(0, j))];
  }
  return words;
}

}  // namespace

TEST_CASE("vocabulary: characters are code points, in their order", "[nn]") {
  const nn::Vocabulary vocabulary = nn::vocabulary_of("zaÄ漢\n😀aé");
  CHECK(vocabulary.characters() == std::vector<std::string>{"\n", "a", "z", "Ä", "é", "漢", "😀"});
  CHECK(vocabulary.encode("aé😀") == std::vector<std::int32_t>{1, 4, 6});
  CHECK(vocabulary.decode(vocabulary.encode("漢zÄ\n")) == "漢zÄ\n");
  CHECK(nn::Vocabulary(vocabulary.characters()) == vocabulary);
}

TEST_CASE("vocabulary: what is not in it, or no text, is named with its line", "[nn]") {
  const nn::Vocabulary vocabulary = nn::vocabulary_of("abc\n");
  CHECK_THROWS_WITH(vocabulary.encode("ab\ncé", "new.txt"),
                    "new.txt:2: character 'é' (U+00E9) is none of the 4 that the network knows: "
                    "abc");
  CHECK_THROWS_WITH(vocabulary.encode("a\tb", "new.txt"),
                    ContainsSubstring("character U+0009 is none"));
  CHECK_THROWS_WITH(nn::vocabulary_of("ab\n\nc\xff", "latin.txt"),
                    ContainsSubstring("latin.txt:3: byte 0xff is not UTF-8"));
  CHECK_THROWS_AS(nn::vocabulary_of(""), InsufficientDataError);
  CHECK_THROWS_AS(nn::Vocabulary({"a", "b", "a"}), DataError);
  CHECK_THROWS_AS(nn::Vocabulary({"a", "bc"}), DataError);
  CHECK_THROWS_AS(nn::Vocabulary({"a", ""}), DataError);
}

TEST_CASE("text windows: every character but the first is predicted once", "[nn]") {
  const std::string text = "abcdefgh";
  const nn::Vocabulary vocabulary = nn::vocabulary_of(text);
  const nn::Dataset data = nn::text_windows(text, vocabulary, {.window = 3}).training;
  data.validate();
  REQUIRE(data.size() == 3);
  using Words = std::pair<std::string, std::string>;
  CHECK(window_in_words(data, vocabulary, 0) == Words{"abc", "bcd"});
  CHECK(window_in_words(data, vocabulary, 1) == Words{"def", "efg"});
  CHECK(window_in_words(data, vocabulary, 2) == Words{"efg", "__h"});

  const nn::TextWindows parts =
      nn::text_windows(text, vocabulary, {.window = 3, .validation = 0.4});
  REQUIRE(parts.training.size() == 2);
  CHECK(window_in_words(parts.training, vocabulary, 1) == Words{"bcd", "__e"});
  REQUIRE(parts.validation->size() == 1);
  // The first character held back is 'f', after the last one that was learnt from.
  CHECK(window_in_words(*parts.validation, vocabulary, 0) == Words{"efg", "fgh"});
}

TEST_CASE("text windows: more than 256 characters are kept as numbers", "[nn]") {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    text += static_cast<char>(0xE4 + i / 64);  // U+4000 and what follows
    text += static_cast<char>(0x80);
    text += static_cast<char>(0x80 + i % 64);
  }
  const nn::Vocabulary vocabulary = nn::vocabulary_of(text);
  REQUIRE(vocabulary.size() == 400);
  const nn::Dataset data = nn::text_windows(text, vocabulary, {.window = 7}).training;
  data.validate();
  const auto [read, wanted] = window_in_words(data, vocabulary, 50);
  CHECK(read == text.substr(350 * 3, 7 * 3));
  CHECK(wanted == text.substr(351 * 3, 7 * 3));
}

TEST_CASE("text windows: what is too short is said with the numbers", "[nn]") {
  const std::string text(50, 'a');
  const nn::Vocabulary vocabulary = nn::vocabulary_of(text);
  const auto windows = [&](const nn::TextWindowOptions& options) {
    return nn::text_windows(text, vocabulary, options, "short.txt");
  };
  CHECK_THROWS_WITH(windows({.window = 50}),
                    "short.txt: 50 characters to learn from are too few for a window of 50 and "
                    "one to follow");
  CHECK_NOTHROW(windows({.window = 49}));
  CHECK_THROWS_WITH(windows({.window = 6, .validation = 0.1}),
                    "short.txt: the 5 characters held back are too few for a window of 6");
  CHECK_NOTHROW(windows({.window = 5, .validation = 0.1}));
  CHECK_THROWS_AS(nn::text_windows("", vocabulary), InsufficientDataError);
  CHECK_THROWS_AS(windows({.window = 0}), DomainError);
  CHECK_THROWS_AS(windows({.validation = 1}), DomainError);
}

TEST_CASE("text: layers get the size of the vocabulary", "[nn]") {
  CHECK(nn::to_string(nn::with_vocabulary(nn::parse_layers("embedding 8, lstm 16 all"), 65)) ==
        "embedding 8 vocabulary 65, lstm 16 all, dense 65");
  CHECK(nn::to_string(nn::with_vocabulary(nn::parse_layers("embedding 8, gru 4 all, dense 65"),
                                          65)) == "embedding 8 vocabulary 65, gru 4 all, dense 65");
}

TEST_CASE("text: a network learns by heart what follows what", "[nn]") {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "the cat sat on the mat. ";
  const nn::Vocabulary vocabulary = nn::vocabulary_of(text);
  const nn::TextWindows parts =
      nn::text_windows(text, vocabulary, {.window = 24, .validation = 0.2});
  nn::Sequential<> network(
      {24}, nn::with_vocabulary(nn::parse_layers("embedding 8, gru 24 all"), vocabulary.size()));
  const nn::Training training = nn::train(network, parts.training,
                                          {.loss = nn::CrossEntropy{},
                                           .rule = opt::Adam{.learning_rate = 0.02},
                                           .epochs = 40,
                                           .batch = 8,
                                           .validation = &*parts.validation});
  REQUIRE(training.status == Status::converged);
  // A window begins without a memory: "t" and "a" do not tell what follows.
  CHECK(*training.epochs.back().validation_loss < 0.2);
  CHECK(*training.epochs.back().validation_accuracy > 0.93);
}

TEMPLATE_TEST_CASE("sequences: one that is padded counts as the shorter one", "[nn]", nn::Rnn,
                   nn::Lstm, nn::Gru) {
  TestType layer;
  layer.units = 6;
  layer.all = true;
  const std::vector<nn::Layer> layers = {nn::Embedding{.dimension = 4, .vocabulary = 5}, layer,
                                         nn::Dense{.units = 5}};
  const nn::Sequential<double> longer({5}, layers, 3), shorter({3}, layers, 3);
  REQUIRE(longer.parameters() == shorter.parameters());
  nn::Batch<double> x(2, 5), t(2, 5);
  x << 0, 4, 2, -1, -1, 3, 1, 1, -1, -1;
  t << 4, 2, 1, -1, -1, 1, 1, 0, -1, -1;
  nn::Parameters<double> of_longer, of_shorter;
  const double loss = nn::loss_and_gradient<double>(longer, nn::CrossEntropy{}, x, t, of_longer);
  const double expected = nn::loss_and_gradient<double>(shorter, nn::CrossEntropy{}, x.leftCols(3),
                                                        t.leftCols(3), of_shorter);
  CHECK_NEAR(loss, expected, test::relative(1e-14, expected));
  CHECK((of_longer - of_shorter).cwiseAbs().maxCoeff() < 1e-14);
  CHECK(of_shorter.cwiseAbs().maxCoeff() > 0.01);
}

TEMPLATE_TEST_CASE("sequences: the state at the end of one that is padded is its last", "[nn]",
                   nn::Rnn, nn::Lstm, nn::Gru) {
  TestType layer;
  layer.units = 6;
  const std::vector<nn::Layer> layers = {nn::Embedding{.dimension = 4, .vocabulary = 5}, layer};
  const nn::Sequential<double> longer({5}, layers, 3), shorter({2}, layers, 3);
  nn::Batch<double> x(1, 5);
  x << 3, 1, -1, -1, -1;
  const nn::Batch<double> expected = shorter.predict(x.leftCols(2));
  // Products of more rows may be summed in another order.
  CHECK((longer.predict(x) - expected).cwiseAbs().maxCoeff() < 1e-15);
  // Also where the padding stands in front, and where there is nothing else.
  nn::Batch<double> late(1, 5);
  late << -1, -1, -1, 3, 1;
  CHECK((longer.predict(late) - expected).cwiseAbs().maxCoeff() < 1e-15);
  CHECK(longer.predict(nn::Batch<double>::Constant(1, 5, -1.0)).isZero(0));
}
