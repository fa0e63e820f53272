#include "cli/nn/series_table.hpp"

#include <algorithm>

#include "cli/nn/network_table.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

SeriesTable read_series(TableOptions options, const GlobalOptions& global, Report& report) {
  const TableInput input = open_table(options, global);
  return read_series(options, input.names(input.picked), "-c", global, report);
}

SeriesTable read_series(TableOptions options, const std::vector<std::string>& names,
                        const std::string& model, const GlobalOptions& global, Report& report) {
  require(options.missing == "drop" || options.missing == "error",
          "--missing {} is not of series: what stands in for a step would be learnt",
          options.missing);
  // Steps that are left out would move all others.
  options.missing = "error";
  const NetworkTable table = [&] {
    try {
      return read_named_columns(options, names, model, global, report);
    } catch (const DataError& error) {
      // To leave rows out is no advice here.
      const std::string message = error.what();
      throw DataError(message.substr(0, message.find("; --missing drop")));
    }
  }();
  const nn::TableData& data = table.data;
  require<DataError>(data.text_names.empty(),
                     "{}: column '{}' is of texts, and a series of numbers", data.source,
                     data.text_names.empty() ? "" : data.text_names.front());
  const Index width = std::ssize(data.number_names), steps = data.rows();
  const Eigen::Map<const RowMat> numbers(data.numbers.data(), steps, width);
  SeriesTable series{.names = names, .values = Mat(steps, width)};
  for (Index j = 0; j < width; ++j) {
    const auto place = std::ranges::find(data.number_names, names[static_cast<std::size_t>(j)]);
    series.values.col(j) = numbers.col(place - data.number_names.begin());
  }
  return series;
}

}  // namespace mathtool::cli
