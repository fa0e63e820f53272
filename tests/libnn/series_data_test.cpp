#include "mathtool/nn/series_data.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/architecture.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

const std::vector<std::string> one_name = {"y"};

/// 1, 2, ..., n.
Mat ascending(Index n) { return Vec::LinSpaced(n, 1, static_cast<double>(n)); }

}  // namespace

TEST_CASE("series: is standardised by the part that is learnt from alone", "[nn]") {
  Mat series = ascending(20);
  const nn::SeriesEncoding encoding = nn::fit_series_encoding(series, one_name, 9, {.window = 3});
  // 1 to 9: mean 5, variance 60 / 8
  CHECK(encoding.columns[0].name == "y");
  CHECK_NEAR(encoding.columns[0].center, 5, test::ulps(2, 5));
  CHECK_NEAR(encoding.columns[0].scale, std::sqrt(7.5), test::ulps(4, 2.74));
  series.bottomRows(11).setConstant(1e9);
  CHECK(nn::fit_series_encoding(series, one_name, 9, {.window = 3}) == encoding);
}

TEST_CASE("series: windows look back, their targets ahead", "[nn]") {
  Mat series(8, 2);
  series.col(0) = ascending(8);
  series.col(1) = 10 * ascending(8).array() - 3;
  const std::vector<std::string> names = {"a", "b"};
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series, names, 8, {.window = 3, .horizon = 2});
  const nn::Dataset data = nn::series_windows(encoding, series, 0, 8);
  data.validate();
  CHECK(data.shape == nn::Shape{3, 2});
  REQUIRE(data.size() == 4);
  REQUIRE(data.targets.cols() == 4);
  // Standardised, both columns are the same straight line.
  const double scale = std::sqrt(6.0);  // of 1, ..., 8: variance 42 / 7
  const auto& x = std::get<nn::Batch<float>>(data.features);
  for (Index i = 0; i < 4; ++i)
    for (Index t = 0; t < 3; ++t)
      for (Index j = 0; j < 2; ++j)
        CHECK_NEAR(x(i, 2 * t + j), (static_cast<double>(i + t + 1) - 4.5) / scale, 2e-7);
  for (Index i = 0; i < 4; ++i)
    for (Index h = 0; h < 2; ++h)
      CHECK_NEAR(data.targets(i, 2 * h), (static_cast<double>(i + h + 4) - 4.5) / scale, 2e-7);

  // Windows of a part may look back beyond it; its targets do not.
  const nn::Dataset part = nn::series_windows(encoding, series, 5, 8);
  REQUIRE(part.size() == 2);
  CHECK(part.targets == data.targets.bottomRows(2));
}

TEST_CASE("series: growth by a factor is a constant difference of logarithms", "[nn]") {
  Mat series(12, 1);
  for (Index t = 0; t < 12; ++t) series(t, 0) = 5 * std::pow(3, t / 2) * (t % 2 == 0 ? 1 : 1.5);
  const nn::SeriesEncoding encoding = nn::fit_series_encoding(
      series, one_name, 10, {.window = 2, .logarithm = true, .difference = 2});
  CHECK(encoding.history() == 4);
  CHECK_NEAR(encoding.columns[0].center, std::log(3.0), 1e-15);
  const Mat z = nn::encode_series(encoding, series);
  CHECK(z.topRows(2).array().isNaN().all());
  CHECK(z.bottomRows(10).allFinite());
  CHECK(nn::series_windows(encoding, series, 0, 12).size() == 8);
}

TEST_CASE("series: a constant column is 0 throughout", "[nn]") {
  const Mat series = Mat::Constant(10, 1, 7.5);
  const nn::SeriesEncoding encoding = nn::fit_series_encoding(series, one_name, 10, {.window = 2});
  CHECK(encoding.columns[0].scale == 0);
  const nn::Dataset data = nn::series_windows(encoding, series, 0, 10);
  CHECK(std::get<nn::Batch<float>>(data.features).isZero(0));
  CHECK(data.targets.isZero(0));
}

TEST_CASE("series: layers without a memory see the window as one", "[nn]") {
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(ascending(30), one_name, 30, {.window = 10, .horizon = 3});
  const auto shapes = [&](const char* text) {
    const auto layers = nn::with_horizon(nn::parse_layers(text), encoding);
    const nn::Architecture network(nn::series_input(encoding, layers), layers);
    return math::to_string(network.input()) + " " + math::to_string(network.output());
  };
  CHECK(shapes("lstm 4") == "(10, 1) (3,)");
  CHECK(shapes("dense 4 relu") == "(10,) (3,)");
  CHECK(shapes("gru 4 all, flatten, dense 3") == "(10, 1) (3,)");
}

TEST_CASE("series: complaints name column, step and numbers", "[nn]") {
  Mat series = ascending(20);
  const auto fit = [&](Index training, const nn::SeriesOptions& options) {
    return nn::fit_series_encoding(series, one_name, training, options);
  };
  CHECK_THROWS_WITH(fit(14, {.window = 12, .difference = 1}),
                    "series: 14 steps to learn from; a window of 12, differences over 1 and a "
                    "horizon of 1 take at least 15");
  CHECK_NOTHROW(fit(15, {.window = 12, .difference = 1}));
  CHECK_THROWS_AS(fit(20, {.window = 0}), DomainError);
  CHECK_THROWS_AS(fit(20, {.window = 2, .horizon = 0}), DomainError);
  CHECK_THROWS_AS(fit(20, {.window = 2, .difference = -1}), DomainError);
  CHECK_THROWS_AS(fit(21, {.window = 2}), DomainError);
  const nn::SeriesEncoding encoding = fit(20, {.window = 2});
  CHECK_THROWS_AS(nn::series_windows(encoding, series, 20, 20), InsufficientDataError);
  CHECK_THROWS_AS(nn::series_windows(encoding, series, 0, 21), DomainError);
  CHECK_THROWS_AS(nn::encode_series(encoding, Mat::Zero(5, 2)), DimensionError);
  series(6, 0) = 0;
  CHECK_THROWS_WITH(fit(20, {.window = 2, .logarithm = true}),
                    "series: column 'y', step 7 is 0, which has no logarithm");
  series(7, 0) = std::nan("");
  CHECK_THROWS_WITH(fit(20, {.window = 2}), ContainsSubstring("column 'y', step 8 is nan"));
}
