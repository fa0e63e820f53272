#include "mathtool/nn/forecast.hpp"

#include <cmath>

#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

const std::vector<std::string> only_column = {"y"};

/// A dense layer that repeats one of the values that it sees, `back` steps before the next one.
nn::Sequential<> repeater(Index window, Index back) {
  nn::Sequential<> network({window}, {nn::Dense{.units = 1}});
  network.parameters().setZero();
  network.parameters()[window - back] = 1;
  return network;
}

Mat wave(Index n) {
  Mat series(n, 1);
  for (Index t = 0; t < n; ++t)
    series(t, 0) = 100 + 0.5 * static_cast<double>(t) + 10 * std::sin(0.7 * static_cast<double>(t));
  return series;
}

Mat read_column(const std::filesystem::path& path) {
  data::TableReader reader(data::Input::open(path.string()));
  std::vector<double> values;
  reader.read({.numbers = {2}}, [&](data::RowBlock&& block) {
    values.insert(values.end(), block.numbers.data(), block.numbers.data() + block.numbers.size());
  });
  return Eigen::Map<const Vec>(values.data(), std::ssize(values));
}

}  // namespace

TEST_CASE("forecast: a network that repeats the last value, or that of a season ago", "[nn]") {
  const Mat series = wave(50);
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series, only_column, 40, {.window = 7});
  const Mat last = nn::forecast(repeater(7, 1), encoding, series, 9);
  REQUIRE(last.rows() == 9);
  for (Index h = 0; h < 9; ++h) CHECK_NEAR(last(h, 0), series(49, 0), 1e-5);
  const Mat season = nn::forecast(repeater(7, 5), encoding, series, 12);
  for (Index h = 0; h < 12; ++h) CHECK_NEAR(season(h, 0), series(45 + h % 5, 0), 1e-5);
  CHECK(nn::forecast(repeater(7, 5), encoding, series, 0).rows() == 0);
}

TEST_CASE("forecast: differences and logarithms are undone", "[nn]") {
  Mat series(20, 2);
  for (Index t = 0; t < 20; ++t) {
    series(t, 0) = 3 * std::pow(1.1, static_cast<double>(t)) * (1 + static_cast<double>(t % 4));
    series(t, 1) = 40 * std::pow(0.8, static_cast<double>(t)) * (2 + static_cast<double>(t % 4));
  }
  const std::vector<std::string> names = {"a", "b"};
  const nn::SeriesEncoding encoding = nn::fit_series_encoding(
      series, names, 20, {.window = 3, .horizon = 3, .logarithm = true, .difference = 4});
  // z is 0 whatever was seen: every season as much higher than the one before as in training.
  nn::Sequential<> network({3, 2}, nn::parse_layers("gru 2, dense 6"));
  network.parameters().setZero();
  const Mat found = nn::forecast(network, encoding, series, 7);
  for (Index h = 0; h < 7; ++h) {
    const double t = static_cast<double>(20 + h), season = static_cast<double>((20 + h) % 4);
    const double a = 3 * std::pow(1.1, t) * (1 + season);
    const double b = 40 * std::pow(0.8, t) * (2 + season);
    CHECK_NEAR(found(h, 0), a, test::relative(1e-12, a));
    CHECK_NEAR(found(h, 1), b, test::relative(1e-12, b));
  }
}

TEST_CASE("forecast errors: of the naive forecasts by hand", "[nn]") {
  Mat series(9, 1);
  series.col(0) << 1, 3, 2, 5, 4, 6, 9, 7, 12;
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series, only_column, 6, {.window = 2});
  const auto found =
      nn::compare_forecasts(repeater(2, 1), encoding, series, 6, {.steps = 2, .season = 2});
  REQUIRE(found.size() == 1);
  const nn::ForecastComparison& errors = found[0];
  CHECK(errors.column == "y");
  // From steps 6 and 7, two ahead each. Last values 6, 6, 9, 9 for 9, 7, 7, 12: errors 3, 1, −2, 3.
  // Season before: 4, 6, 6, 9 for 9, 7, 7, 12: errors 5, 1, 1, 3.
  CHECK_NEAR(errors.naive.mae, 9.0 / 4, 1e-15);
  CHECK_NEAR(errors.naive.rmse, std::sqrt(23.0 / 4), 1e-15);
  CHECK_NEAR(errors.seasonal_naive.mae, 10.0 / 4, 1e-15);
  CHECK_NEAR(errors.seasonal_naive.rmse, 3, 1e-15);
  // In training |2−1|, |5−3|, |4−2|, |6−5|: mean 1.5
  CHECK_NEAR(errors.naive.mase, 1.5, 1e-15);
  CHECK_NEAR(errors.seasonal_naive.mase, 5.0 / 3, 1e-15);
  CHECK_NEAR(errors.network.mae, errors.naive.mae, 1e-6);
  CHECK_NEAR(errors.network.rmse, errors.naive.rmse, 1e-6);
}

TEST_CASE("forecast errors: without a season both naive forecasts are one", "[nn]") {
  const Mat series = wave(60);
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series, only_column, 50, {.window = 3});
  const auto errors = nn::compare_forecasts(repeater(3, 1), encoding, series, 50, {.steps = 4})[0];
  CHECK(errors.naive.mae == errors.seasonal_naive.mae);
  const Mat constant = Mat::Constant(20, 1, 3.0);
  const auto none = nn::compare_forecasts(
      repeater(3, 1), nn::fit_series_encoding(constant, only_column, 10, {.window = 3}), constant,
      10);
  CHECK(none[0].network.mae == 0);
  CHECK(std::isnan(none[0].network.mase));
}

TEST_CASE("forecast: what does not fit is said", "[nn]") {
  const Mat series = wave(30);
  const nn::SeriesEncoding encoding =
      nn::fit_series_encoding(series, only_column, 20, {.window = 7});
  CHECK_THROWS_AS(nn::forecast(repeater(6, 1), encoding, series, 3), DimensionError);
  CHECK_THROWS_AS(nn::forecast(repeater(7, 1), encoding, series, -1), DomainError);
  CHECK_THROWS_WITH(nn::forecast(repeater(7, 1), encoding, series.topRows(6), 3),
                    "forecast: 6 steps, where the network looks back 7");
  const auto compare = [&](Index training, const nn::ForecastComparisonOptions& options) {
    return nn::compare_forecasts(repeater(7, 1), encoding, series, training, options);
  };
  CHECK_THROWS_AS(compare(29, {.steps = 2}), InsufficientDataError);
  CHECK_THROWS_AS(compare(20, {.season = 20}), InsufficientDataError);
  CHECK_THROWS_AS(compare(20, {.steps = 0}), DomainError);
}

TEST_CASE("forecast: a small network beats the naive forecasts of the lynx, and of passengers",
          "[nn]") {
  REQUIRE_REFERENCE_DATA(folder);
  struct Case {
    const char* file;
    nn::SeriesOptions options;
    const char* layers;
    Index season;
    double share;  // of the error of the seasonal naive forecast that must be kept below
  };
  const Case cases[] = {{"lynx.csv", {.window = 12, .logarithm = true}, "gru 12, dense 1", 10, 0.8},
                        {"AirPassengers.csv",
                         {.window = 12, .logarithm = true, .difference = 12},
                         "dense 8 tanh, dense 1",
                         12,
                         0.8}};
  for (const Case& c : cases) {
    INFO(c.file);
    const Mat series = read_column(folder / "timeseries" / c.file);
    const Index training = series.rows() * 4 / 5;
    const nn::SeriesEncoding encoding =
        nn::fit_series_encoding(series, only_column, training, c.options);
    const auto layers = nn::parse_layers(c.layers);
    nn::Sequential<> network(nn::series_input(encoding, layers), layers);
    const nn::Training done =
        nn::train(network, nn::series_windows(encoding, series, 0, training),
                  {.rule = opt::AdamW{.learning_rate = 0.01}, .epochs = 100, .batch = 16});
    REQUIRE(done.status == Status::converged);
    const auto errors =
        nn::compare_forecasts(network, encoding, series, training, {.season = c.season})[0];
    INFO("MAE " << errors.network.mae << ", naive " << errors.naive.mae << ", seasonal "
                << errors.seasonal_naive.mae);
    CHECK(errors.network.mae < c.share * errors.seasonal_naive.mae);
    CHECK(errors.network.rmse < c.share * errors.seasonal_naive.rmse);
    CHECK(errors.network.mae < errors.naive.mae);
  }
}
