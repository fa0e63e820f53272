// Forecasts a time series, the lynx trapped in Canada from 1821 to 1934 for instance: a network
// that reads the logarithms of the last twelve values and writes the next one, beside the forecasts
// "as last time" and "as one season before". Prints the errors on the last fifth of the series,
// which it has not seen, and then what comes after its end:
// `forecasting lynx.csv [COLUMN [SEASON]]`.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/forecast.hpp"
#include "mathtool/nn/training.hpp"

using namespace mathtool;

namespace {

/// A column of numbers by its name.
Mat read_column(const char* path, const std::string& name) {
  data::TableReader reader(data::Input::open(path));
  const std::vector<std::string> names = reader.schema().names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw Error("there is no column '" + name + "' in " + path);
  std::vector<double> values;
  reader.read({.numbers = {found - names.begin()}}, [&](data::RowBlock&& block) {
    values.insert(values.end(), block.numbers.data(), block.numbers.data() + block.numbers.size());
  });
  return Eigen::Map<const Vec>(values.data(), std::ssize(values));
}

void print(const char* how, const nn::ForecastErrors& errors) {
  std::printf("%-15s %8.1f %8.1f %8.3f\n", how, errors.mae, errors.rmse, errors.mase);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) throw Error("usage: forecasting TABLE [COLUMN [SEASON]]");
  const std::string column = argc > 2 ? argv[2] : "value";
  const Index season = argc > 3 ? std::atoi(argv[3]) : 10;

  const Mat series = read_column(argv[1], column);
  const Index learnt = series.rows() * 4 / 5;
  const nn::SeriesEncoding encoding = nn::fit_series_encoding(series, std::vector{column}, learnt,
                                                              {.window = 12, .logarithm = true});
  const std::vector<nn::Layer> layers = nn::with_horizon(nn::parse_layers("lstm 16"), encoding);
  nn::Sequential<> network(nn::series_input(encoding, layers), layers);
  const nn::Training training =
      nn::train(network, nn::series_windows(encoding, series, 0, learnt),
                {.rule = opt::AdamW{.learning_rate = 0.01}, .epochs = 100, .batch = 16});
  if (training.status != Status::converged) throw Error(training.reason);

  const nn::ForecastComparison errors =
      nn::compare_forecasts(network, encoding, series, learnt, {.season = season}).front();
  std::printf("one step ahead       MAE     RMSE     MASE\n");
  print("network", errors.network);
  print("as last time", errors.naive);
  print("season before", errors.seasonal_naive);

  const Mat next = nn::forecast(network, encoding, series, 12);
  std::printf("next steps");
  for (const double value : next.reshaped()) std::printf(" %.0f", value);
  std::printf("\n");
} catch (const Error& error) {
  std::fprintf(stderr, "forecasting: %s\n", error.what());
  return 1;
}
