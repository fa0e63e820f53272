#include "mathtool/nn/augmentation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"
#include "small_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using math::Shape;
using nn::Augmentation;
using nn::parse_augmentation;

namespace {

/// What becomes of one image.
std::vector<float> augmented(const std::vector<Augmentation>& list, const Shape& shape,
                             std::vector<float> image, std::uint64_t step, Index observation = 0,
                             std::uint64_t seed = 1) {
  nn::Rows<float> x(image.data(), 1, std::ssize(image));
  nn::augment(list, shape, {.seed = seed, .step = step}, std::vector<Index>{observation}, x);
  return image;
}

/// How often each image comes out of so many draws.
std::map<std::vector<float>, int> outcomes(const std::string& list, const Shape& shape,
                                           const std::vector<float>& image, int draws) {
  std::map<std::vector<float>, int> counts;
  for (int step = 0; step < draws; ++step)
    ++counts[augmented(parse_augmentation(list), shape, image, static_cast<std::uint64_t>(step))];
  return counts;
}

/// n counts of outcomes that should be equally likely: within 6 standard deviations of a binomial.
void check_equally_likely(const std::map<std::vector<float>, int>& counts, std::size_t outcomes,
                          int draws) {
  REQUIRE(counts.size() == outcomes);
  const double p = 1.0 / static_cast<double>(outcomes);
  for (const auto& [image, count] : counts)
    CHECK_NEAR(count, p * draws, test::monte_carlo(6, std::sqrt(draws * p * (1 - p))));
}

/// n images of one channel, 6 × 6, with random classes.
nn::Dataset speckled(Index n) {
  nn::Dataset data = test::noise(n, 36, 3);
  data.shape = {1, 6, 6};
  return data;
}

const std::vector<float> square = {1, 2,  //
                                   3, 4};

}  // namespace

TEST_CASE("augmentation: all moves of a small image, by hand", "[nn][images]") {
  const auto counts = outcomes("shift:1", {1, 2, 2}, square, 3000);
  check_equally_likely(counts, 9, 3000);
  for (const std::vector<float>& image : {std::vector<float>{1, 2, 3, 4},
                                          {3, 4, 0, 0},
                                          {0, 0, 1, 2},
                                          {2, 0, 4, 0},
                                          {0, 1, 0, 3},
                                          {4, 0, 0, 0},
                                          {0, 3, 0, 0},
                                          {0, 0, 2, 0},
                                          {0, 0, 0, 1}})
    CHECK(counts.contains(image));
}

TEST_CASE("augmentation: both mirror images, by hand", "[nn][images]") {
  const Shape wide = {1, 2, 3};
  const std::vector<float> image = {1, 2, 3, 4, 5, 6}, across = {3, 2, 1, 6, 5, 4},
                           over = {4, 5, 6, 1, 2, 3}, both = {6, 5, 4, 3, 2, 1};
  const auto left_right = outcomes("flip", wide, image, 1000);
  check_equally_likely(left_right, 2, 1000);
  CHECK((left_right.contains(image) && left_right.contains(across)));
  const auto upside_down = outcomes("flip:vertical", wide, image, 1000);
  check_equally_likely(upside_down, 2, 1000);
  CHECK((upside_down.contains(image) && upside_down.contains(over)));
  const auto any = outcomes("flip:both", wide, image, 1000);
  check_equally_likely(any, 4, 1000);
  CHECK((any.contains(image) && any.contains(across) && any.contains(over) && any.contains(both)));
}

TEST_CASE("augmentation: a crop goes on in the mirror image of its edge", "[nn][images]") {
  // Rows −1 and 2 of an image of two rows are its rows 1 and 0.
  const auto counts = outcomes("crop:1", {1, 2, 2}, square, 2000);
  CHECK(counts.contains({4, 3, 2, 1}));  // moved along both axes
  CHECK(counts.contains({3, 4, 1, 2}));
  CHECK(counts.contains({2, 1, 4, 3}));
  CHECK(counts.size() == 4);
  // numpy.pad([1, 2, 3, 4], 2, "reflect") is [3, 2, 1, 2, 3, 4, 3, 2].
  const std::vector<float> wide = {3, 2, 1, 2, 3, 4, 3, 2};
  std::vector<float> tall;
  for (int row = 0; row < 4; ++row) tall.insert(tall.end(), {1, 2, 3, 4});
  for (const auto& [image, count] : outcomes("crop:2", {1, 4, 4}, tall, 200)) {
    const std::vector<float> line(image.begin(), image.begin() + 4);
    CHECK(std::search(wide.begin(), wide.end(), line.begin(), line.end()) != wide.end());
  }
}

TEST_CASE("augmentation: channels and frames move together", "[nn][images]") {
  std::vector<float> video(2 * 3 * 4 * 5);
  std::iota(video.begin(), video.end(), 1.0F);
  const auto list = parse_augmentation("shift:2, flip:both, crop:3");
  for (std::uint64_t step = 0; step < 20; ++step) {
    const std::vector<float> seen = augmented(list, {2, 3, 4, 5}, video, step);
    for (std::size_t i = 20; i < seen.size(); ++i) {
      const float first = seen[i % 20], shifted = static_cast<float>(i / 20 * 20);
      CHECK(seen[i] == (first == 0 ? 0 : first + shifted));
    }
  }
}

TEST_CASE("augmentation: noise has the mean and the spread it says", "[nn][images]") {
  constexpr Index n = 100'000;
  const std::vector<float> seen =
      augmented(parse_augmentation("noise:0.05"), {1, 100, 1000}, std::vector<float>(n, 0.5F), 0);
  double sum = 0, squares = 0, cubes = 0;
  for (const float x : seen) {
    const double u = (static_cast<double>(x) - 0.5) / 0.05;
    sum += u, squares += u * u, cubes += u * u * u;
  }
  // Of N(0, 1) the variances of u, u², u³ are 1, 2 and 15.
  CHECK_NEAR(sum / n, 0, test::monte_carlo(6, std::sqrt(1.0 / n)));
  CHECK_NEAR(squares / n, 1, test::monte_carlo(6, std::sqrt(2.0 / n)));
  CHECK_NEAR(cubes / n, 0, test::monte_carlo(6, std::sqrt(15.0 / n)));
}

TEST_CASE("augmentation: colour moves the mean by the brightness, stretches by the contrast",
          "[nn][images]") {
  const std::vector<float> two_channels = {0, 1, 2, 3, 10, 10, 10, 10};
  double low = 1, high = 0, widest = 0, sum = 0;
  constexpr int draws = 2000;
  for (std::uint64_t step = 0; step < draws; ++step) {
    const auto seen =
        augmented(parse_augmentation("colour:0.2:0.5"), {2, 2, 2}, two_channels, step);
    const double lift = std::accumulate(seen.begin(), seen.begin() + 4, 0.0) / 4 - 1.5;
    const double gain = (static_cast<double>(seen[3]) - static_cast<double>(seen[0])) / 3;
    CHECK_NEAR(static_cast<double>(seen[2] - seen[1]), gain, 1e-5);  // a straight line
    CHECK(std::abs(lift) <= 0.2 + 1e-6);
    CHECK(std::abs(gain - 1) <= 0.5 + 1e-6);
    low = std::min(low, gain), high = std::max(high, gain), widest = std::max(widest, lift);
    sum += lift;
    // A channel without contrast keeps none, and has a brightness of its own.
    CHECK(std::all_of(seen.begin() + 5, seen.end(), [&](float x) { return x == seen[4]; }));
    CHECK(std::abs(static_cast<double>(seen[4]) - 10 - lift) > 1e-9);
  }
  CHECK(low < 0.52);
  CHECK(high > 1.48);
  CHECK(widest > 0.19);
  CHECK_NEAR(sum / draws, 0, test::monte_carlo(6, 0.2 / std::sqrt(3.0 * draws)));
}

TEST_CASE("augmentation: draws depend on seed, step, observation and place alone", "[nn][images]") {
  const auto list = parse_augmentation("shift:3, crop:2, flip, noise:0.1, colour:0.2");
  const Shape shape = {1, 6, 6};
  const nn::Dataset data = speckled(40);
  nn::Batch<float> together = std::get<nn::Batch<float>>(data.features);
  std::vector<Index> numbers(40);
  std::iota(numbers.begin(), numbers.end(), Index{0});
  const nn::Batch<float> plain = together;
  nn::Rows<float> all(together.data(), 40, 36);
  nn::augment(list, shape, {.seed = 5, .step = 17}, numbers, all);
  for (Index i = 39; i >= 0; --i) {
    const std::vector<float> image(plain.row(i).begin(), plain.row(i).end());
    const std::vector<float> alone = augmented(list, shape, image, 17, i, 5);
    CHECK(std::equal(alone.begin(), alone.end(), together.row(i).data()));
    CHECK(augmented(list, shape, image, 18, i, 5) != alone);
    CHECK(augmented(list, shape, image, 17, i + 1, 5) != alone);
    CHECK(augmented(list, shape, image, 17, i, 6) != alone);
  }
  // Twice the same noise would be noise of twice the sd.
  const std::vector<float> zeros(36, 0.0F);
  const auto once = augmented(parse_augmentation("noise:1"), shape, zeros, 3);
  const auto twice = augmented(parse_augmentation("noise:1, noise:1"), shape, zeros, 3);
  CHECK(twice[0] - once[0] != once[0]);
}

TEST_CASE("augmentation: a training goes the same way for any threads, and resumed",
          "[nn][images]") {
  const nn::Dataset data = speckled(300);
  const auto trained = [&](int threads, std::int64_t epochs, const nn::Checkpoint* resume,
                           const char* list) {
    nn::Sequential<> network({1, 6, 6}, nn::parse_layers("conv 8 3x3 relu, flatten, dense 3"), 7);
    const nn::TrainingOptions options{.loss = nn::CrossEntropy{},
                                      .epochs = epochs,
                                      .batch = 128,
                                      .augmentation = parse_augmentation(list),
                                      .resume = resume,
                                      .run = {.threads = threads}};
    return nn::train(network, data, options).state;
  };
  const char* list = "shift:1, flip, noise:0.1, colour:0.1";
  const nn::Checkpoint one = trained(1, 4, nullptr, list);
  CHECK(trained(2, 4, nullptr, list).parameters == one.parameters);
  const nn::Checkpoint half = trained(1, 2, nullptr, list);
  CHECK(trained(2, 4, &half, list).parameters == one.parameters);
  CHECK(trained(1, 4, nullptr, "").parameters != one.parameters);
}

TEST_CASE("augmentation: validation data are never changed", "[nn][images]") {
  // A network that learns nothing judges them the same in every epoch.
  const nn::Dataset data = speckled(60), validation = speckled(20);
  nn::Sequential<> network({1, 6, 6}, nn::parse_layers("flatten, dense 3"), 7);
  const double before = nn::evaluate(network, validation, nn::CrossEntropy{}).loss;
  const nn::Training training = nn::train(network, data,
                                          {.loss = nn::CrossEntropy{},
                                           .epochs = 2,
                                           .augmentation = parse_augmentation("noise:1"),
                                           .frozen = {1},
                                           .validation = &validation});
  REQUIRE(training.epochs.size() == 2);
  CHECK(training.epochs[0].validation_loss == before);
  CHECK(training.epochs[1].validation_loss == before);
  CHECK(training.epochs[0].loss != training.epochs[1].loss);
}

TEST_CASE("augmentation: text is read and written as the same", "[nn][images]") {
  using List = std::vector<Augmentation>;
  CHECK(parse_augmentation("shift:2, flip,crop:4 , noise:0.05, colour:0.2") ==
        List{nn::Shift{2}, nn::Flip{}, nn::Crop{4}, nn::Noise{0.05}, nn::Colour{0.2, 0.2}});
  CHECK(parse_augmentation("") == List{});
  CHECK(parse_augmentation("  ") == List{});
  CHECK(parse_augmentation("flip:horizontal") == List{nn::Flip{true, false}});
  CHECK(parse_augmentation("colour:3") == List{nn::Colour{3, 1}});
  for (const std::string text :
       {"shift:2, flip, crop:4, noise:0.05, colour:0.2", "flip:vertical", "flip:both",
        "colour:0.2:0.1", "colour:3:1", "colour:0:0.5", "noise:1e-09", ""})
    CHECK(nn::to_string(parse_augmentation(text)) == text);
}

TEST_CASE("augmentation: text that is wrong is quoted, with what was meant", "[nn][images]") {
  const std::vector<std::pair<std::string, std::string>> complaints = {
      {"shfit:2",
       "augmentation 'shfit:2': there are shift, flip, crop, noise, colour (did you mean "
       "'shift'?)"},
      {"color:0.2", "(did you mean 'colour'?)"},
      {"flip, ", "augmentation ''"},
      {",", "augmentation ''"},
      {"shift", "expected shift:PIXELS"},
      {"shift:", "expected shift:PIXELS"},
      {"shift:1.5", "expected shift:PIXELS"},
      {"shift:-2", "expected shift:PIXELS"},
      {"shift:99999999999999999999", "expected shift:PIXELS"},
      {"shift:1:2", "expected shift:PIXELS"},
      {"crop:x", "expected crop:PIXELS"},
      {"flip:sideways", "expected flip[:horizontal|vertical|both]"},
      {"noise", "expected noise:SD"},
      {"noise:nan", "expected noise:SD"},
      {"noise:inf", "expected noise:SD"},
      {"noise:-0.1", "expected noise:SD"},
      {"noise:1e999", "expected noise:SD"},
      {"colour:0.1:1.5", "expected colour:BRIGHTNESS[:CONTRAST]"},
      {"colour:0.1:0.1:0.1", "expected colour:BRIGHTNESS[:CONTRAST]"}};
  for (const auto& [text, complaint] : complaints) {
    INFO(text);
    CHECK_THROWS_AS(parse_augmentation(text), DataError);
    CHECK_THROWS_WITH(parse_augmentation(text), ContainsSubstring(complaint));
  }
}

TEST_CASE("augmentation: what an image cannot bear is refused before a training", "[nn][images]") {
  const auto check = [](Augmentation augmentation, const Shape& shape) {
    nn::check_augmentation(std::vector{augmentation}, shape);
  };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_NOTHROW(check(nn::Shift{5}, {1, 6, 9}));
  CHECK_THROWS_WITH(check(nn::Shift{6}, {1, 6, 9}),
                    ContainsSubstring("shift must be in [0, 5] for images of 6 x 9, got 6"));
  CHECK_THROWS_WITH(check(nn::Crop{6}, {1, 9, 6}), ContainsSubstring("crop must be in [0, 5]"));
  for (const Augmentation& broken : {Augmentation{nn::Shift{-1}},
                                     {nn::Shift{std::numeric_limits<Index>::max()}},
                                     {nn::Crop{-1}},
                                     {nn::Flip{false, false}},
                                     {nn::Noise{-1}},
                                     {nn::Noise{nan}},
                                     {nn::Noise{1 / 0.0}},
                                     {nn::Colour{-1, 0}},
                                     {nn::Colour{nan, 0}},
                                     {nn::Colour{0, nan}},
                                     {nn::Colour{0, 1.5}}})
    CHECK_THROWS_AS(check(broken, {1, 6, 9}), DomainError);
  for (const Shape& shape : {Shape{36}, Shape{6, 6}, Shape{1, 1, 1, 6, 6}, Shape{}})
    CHECK_THROWS_AS(check(nn::Flip{}, shape), DimensionError);
  CHECK_NOTHROW(nn::check_augmentation({}, {36}));

  const nn::Dataset table = test::three_clouds(30);
  nn::Sequential<> network({2}, nn::parse_layers("dense 3"));
  CHECK_THROWS_WITH(
      nn::train(network, table,
                {.loss = nn::CrossEntropy{}, .augmentation = parse_augmentation("flip")}),
      ContainsSubstring("augmentation is of images (channels, height, width), but "
                        "the observations are (2,)"));
}
