#include "cli/distribution/limit_theorem_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/constant_expression.hpp"
#include "cli/interrupt.hpp"
#include "cli/render/json.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/distributions/normal.hpp"

namespace mathtool::cli {
namespace {

using stats::AnyDistribution;
using stats::SampleMeans;

struct Settings {
  std::string distribution;
  std::vector<std::string> sizes;
  std::string samples = "10000";
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("SPEC", settings.distribution, true, "a distribution, as in 'exponential(2)'");
  options.list("-n", "N,...", settings.sizes, "variates in each mean; 1,5,30 if not given");
  options.value("--samples", "N", settings.samples, "means drawn for each n");
  return options.parse();
}

std::int64_t whole_number(const std::string& text, std::string_view option, std::int64_t least) {
  const double value = constant_expression(text, option);
  require(value == std::floor(value) && value >= static_cast<double>(least) && value <= 1e12,
          "{} takes whole numbers from {} to 1e12, got '{}'", option, least, text);
  return static_cast<std::int64_t>(value);
}

std::vector<std::int64_t> sizes_of(const Settings& settings) {
  std::vector<std::int64_t> sizes;
  for (const std::string& list : settings.sizes)
    for (std::size_t start = 0; start <= list.size();) {
      const std::size_t comma = std::min(list.find(',', start), list.size());
      sizes.push_back(whole_number(list.substr(start, comma - start), "-n", 1));
      start = comma + 1;
    }
  if (sizes.empty()) sizes = {1, 5, 30};
  return sizes;
}

/// A histogram of density, of what lies between `low` and `high`.
Series histogram(const SampleMeans& row, double centre, double scale, double low, double high) {
  constexpr int bins = 60;
  Series series{.mark = Mark::bars};
  const double width = (high - low) / bins;
  std::vector<double> counts(bins, 0.0);
  for (const double mean : row.means) {
    const double place = std::floor(((mean - centre) / scale - low) / width);
    if (place >= 0 && place < bins) ++counts[static_cast<std::size_t>(place)];
  }
  for (int i = 0; i < bins; ++i) {
    series.x.push_back(low + (i + 0.5) * width);
    series.y.push_back(counts[static_cast<std::size_t>(i)] /
                       (static_cast<double>(row.means.size()) * width));
    series.widths.push_back(width);
  }
  return series;
}

Panel standardized_panel(const SampleMeans& row) {
  constexpr double range = 4;
  Panel panel{.title = fmt::format("n = {}", row.n),
              .x_label = "(mean - E X) sqrt(n) / sd",
              .y_label = "density",
              .series = {histogram(row, row.expected_mean, row.expected_sd, -range, range)},
              .from_zero = true};
  Series normal{.name = "normal"};
  for (int i = 0; i <= 100; ++i) {
    const double z = -range + 2 * range * i / 100;
    normal.x.push_back(z);
    normal.y.push_back(stats::pdf(stats::Normal(), z));
  }
  panel.series.push_back(std::move(normal));
  return panel;
}

/// On one scale for all n, so that the means are seen to gather.
Panel plain_panel(const SampleMeans& row, double low, double high) {
  return {.title = fmt::format("n = {}", row.n),
          .x_label = "mean",
          .y_label = "density",
          .series = {histogram(row, 0, 1, low, high)},
          .from_zero = true};
}

Figure figure(LimitTheorem theorem, const std::vector<SampleMeans>& rows) {
  Figure figure;
  const std::vector<double>& widest = rows.front().means;
  const auto at = [&](double p) {
    return widest[static_cast<std::size_t>(p * static_cast<double>(widest.size() - 1))];
  };
  const double low = at(0.01), high = std::max(at(0.99), std::nextafter(low, infinity));
  for (const SampleMeans& row : rows) {
    if (theorem == LimitTheorem::large_numbers)
      figure.panels.push_back(plain_panel(row, low, high));
    else if (std::isfinite(row.ks_distance))
      figure.panels.push_back(standardized_panel(row));
  }
  require(!figure.panels.empty(), "there is nothing to standardize by, hence no figure; see lln");
  return figure;
}

}  // namespace

void report_sample_means(LimitTheorem theorem, const AnyDistribution& d,
                         std::vector<SampleMeans> drawn, Report& report) {
  const auto rows = std::make_shared<const std::vector<SampleMeans>>(std::move(drawn));
  report.main = {.columns = {"n", "mean", "sd", "skewness", "ks_distance", "berry_esseen",
                             "expected_mean", "expected_sd"},
                 .rows = std::ssize(*rows),
                 .cell = [rows](Index i, Index j) -> Cell {
                   const SampleMeans& row = (*rows)[static_cast<std::size_t>(i)];
                   switch (j) {
                     case 0: return row.n;
                     case 1: return row.mean;
                     case 2: return row.sd;
                     case 3: return row.skewness;
                     case 4: return row.ks_distance;
                     case 5: return row.berry_esseen;
                     case 6: return row.expected_mean;
                     default: return row.expected_sd;
                   }
                 }};
  report.screen = {Paragraph{fmt::format("means of n variates of {}, {} of them", d.text(),
                                         rows->front().means.size())},
                   report.main};
  report.result = [rows] {
    Json list = Json::array();
    for (const SampleMeans& row : *rows)
      list.push_back({{"n", row.n},
                      {"mean", row.mean},
                      {"sd", row.sd},
                      {"skewness", row.skewness},
                      {"ks_distance", row.ks_distance},
                      {"berry_esseen", row.berry_esseen},
                      {"expected_mean", row.expected_mean},
                      {"expected_sd", row.expected_sd}});
    return Json{{"rows", std::move(list)}};
  };
  report.figure = [rows, theorem] { return figure(theorem, *rows); };
  if (!std::isfinite(rows->front().expected_mean))
    report.notes.push_back(fmt::format(
        "{} has no finite mean: the law of large numbers does not hold for it", d.text()));
  else if (!std::isfinite(rows->front().expected_sd))
    report.notes.push_back(fmt::format(
        "{} has no finite variance: the central limit theorem does not hold for it", d.text()));
  else if (rows->front().expected_sd == 0)
    report.notes.push_back(
        fmt::format("{} never varies: its means cannot be standardized", d.text()));
}

Exit run_limit_theorem(const Invocation& invocation, LimitTheorem theorem) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const AnyDistribution d = stats::parse_distribution(settings.distribution);
  const stats::SampleMeansOptions options{.samples = whole_number(settings.samples, "--samples", 2),
                                          .seed = global.seed,
                                          .threads = global.threads,
                                          .stop = interrupt_token()};
  const std::vector<std::int64_t> sizes = sizes_of(settings);
  const double bytes =
      static_cast<double>(options.samples) * sizeof(double) * static_cast<double>(sizes.size());
  require<Error>(bytes <= static_cast<double>(global.memory),
                 "{} means for each n need {:.0f} MB, --memory allows {}", options.samples,
                 bytes / 1e6, global.memory / 1'000'000);
  std::vector<SampleMeans> rows;
  for (const std::int64_t n : sizes) rows.push_back(stats::sample_means(d, n, options));
  Report report{.command = std::string(invocation.command.name)};
  report.seed = global.seed;
  report_sample_means(theorem, d, std::move(rows), report);
  render(report, global);
  return Exit::done;
}

}  // namespace mathtool::cli
