#include "cli/nn/sequence_options.hpp"

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

void SequenceOptions::check(const NetworkDataOptions& data) const {
  if (!given()) {
    require(
        !window && !horizon && !difference && !season && transform == "none" && held_out.empty(),
        "--window, --horizon, --transform, --difference, --season and --held-out go with "
        "--text or --series");
    return;
  }
  require(text.empty() || series.empty(),
          "--text and --series are two sources of data; give one of them");
  require(data.data.empty() && data.images.empty() && data.target.empty() && data.labels.empty() &&
              !data.has_test() && data.test_labels.empty() && data.classes.empty(),
          "{} is all the data there are; leave --data, --target, --images and the like out",
          text.empty() ? "--series" : "--text");
  if (series.empty()) {
    require(!horizon && !difference && !season && transform == "none" && held_out.empty(),
            "--horizon, --transform, --difference, --season and --held-out go with --series");
    require(data.table.given().empty(), "{} is about tables; leave it out with --text",
            data.table.given().front());
    return;
  }
  require(!data.table.columns.empty(),
          "name what is to be forecast with -c, as in --series {} -c value", series);
}

}  // namespace mathtool::cli
