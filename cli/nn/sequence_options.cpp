#include "cli/nn/sequence_options.hpp"

#include <fmt/ranges.h>

#include <vector>

#include "cli/constant_expression.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

void SequenceOptions::declare(Options& options) {
  options.value("--text", "FILE", text, "a text, to learn which character follows");
  options.value("--series", "FILE", series, "a table of steps in time, to forecast its -c COLUMNS");
  options.value("--window", "L", window, 1, 1'000'000,
                "characters or steps at once (default 100, of a series 12)");
  options.value("--horizon", "H", horizon, 1, 1'000'000,
                "steps of a series that are predicted at once (default 1)");
  options.choice("--transform", {"none", "log"}, transform, "of a series before all else");
  options.value("--difference", "D", difference, 0, 1'000'000,
                "learn the change of a series since D steps before (default 0: its values)");
  options.value("--season", "M", season, 1, 1'000'000,
                "steps of a season, for the seasonal naive forecast to compare with (default 1)");
  options.value("--held-out", "SHARE", held_out,
                "last part of a series that judges and is not learnt from (default 0.2)");
}

void SequenceOptions::declare_scoring(Options& options) {
  options.value("--text", "FILE", text, "a text, whose characters are predicted one by one");
  options.value("--series", "FILE", series, "a table of steps in time, with the model's columns");
  options.value("--season", "M", season, 1, 1'000'000,
                "steps of a season, for the seasonal naive forecast to compare with (default 1)");
  options.value("--held-out", "SHARE", held_out,
                "last part of a series that is forecast (default: all that the window allows)");
}

void SequenceOptions::check_source(const NetworkDataOptions& data) const {
  std::vector<std::string> of_series;
  if (horizon) of_series.emplace_back("--horizon");
  if (transform != "none") of_series.emplace_back("--transform");
  if (difference) of_series.emplace_back("--difference");
  if (season) of_series.emplace_back("--season");
  if (!held_out.empty()) of_series.emplace_back("--held-out");
  require(!series.empty() || of_series.empty(), "{}: only with --series",
          fmt::format("{}", fmt::join(of_series, ", ")));
  require(given() || !window, "--window: only with --text or --series");
  if (!given()) return;
  require(text.empty() || series.empty(),
          "--text and --series are two sources of data; give one of them");
  require(data.data.empty() && data.images.empty() && data.target.empty() && data.labels.empty() &&
              !data.has_test() && data.test_labels.empty() && data.classes.empty(),
          "{} is all the data there are; leave --data, --target, --images and the like out",
          text.empty() ? "--series" : "--text");
  const std::vector<std::string> of_tables = data.table.given();
  require(text.empty() || of_tables.empty(), "{} is about tables; leave it out with --text",
          fmt::format("{}", fmt::join(of_tables, ", ")));
}

void SequenceOptions::check(const NetworkDataOptions& data) const {
  check_source(data);
  require(series.empty() || !data.table.columns.empty(),
          "name what is to be forecast with -c, as in --series {} -c value", series);
}

double share_option(const std::string& text, const char* option, double otherwise) {
  const double value = text.empty() ? otherwise : constant_expression(text, option);
  require(value >= 0 && value < 1, "{} must be in [0, 1), got {}", option, text);
  return value;
}

}  // namespace mathtool::cli
