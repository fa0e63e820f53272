#include "cli/score/positive_label.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cli/first_few.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/confusion.hpp"

namespace mathtool::cli {
namespace {

/// Negative and positive, as tables often name them.
constexpr std::array<std::pair<const char*, const char*>, 14> usual_pairs = {
    {{"0", "1"},
     {"-1", "1"},
     {"false", "true"},
     {"False", "True"},
     {"FALSE", "TRUE"},
     {"no", "yes"},
     {"No", "Yes"},
     {"NO", "YES"},
     {"n", "y"},
     {"N", "Y"},
     {"F", "T"},
     {"neg", "pos"},
     {"negative", "positive"},
     {"Negative", "Positive"}}};

/// "1.0" as the label that a number has: "1".
std::string as_label(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? data::format_number(value + 0.0) : text;
}

bool holds(const std::vector<std::string>& labels, const std::string& label) {
  return std::ranges::count(labels, label) > 0;
}

/// The label that completes a lone one, if there is a usual one.
void complete_pair(std::vector<std::string>& labels) {
  if (labels.size() != 1) return;
  const std::string lone = labels.front();
  for (const auto& [negative, positive] : usual_pairs)
    if (lone == negative || lone == positive) {
      labels = {negative, positive};
      return;
    }
}

}  // namespace

std::string ScoreLabels::negative() const {
  if (all.size() == 2) return all[0] == positive ? all[1] : all[0];
  return fmt::format("not {}", positive);
}

ScoreLabels choose_positive(std::vector<std::string> labels,
                            const std::optional<std::string>& asked) {
  ScoreLabels result{.all = std::move(labels)};
  if (asked) {
    result.chosen = true;
    result.positive = holds(result.all, *asked) ? *asked : as_label(*asked);
    if (!holds(result.all, result.positive)) {
      require(result.all.size() <= 1, "--positive: there is no label '{}'{}; there are {}", *asked,
              did_you_mean(*asked, result.all), first_few(result.all));
      result.all.push_back(result.positive);
      stats::sort_labels(result.all);
    }
    return result;
  }
  complete_pair(result.all);
  if (!result.all.empty()) result.positive = result.all.back();
  return result;
}

}  // namespace mathtool::cli
