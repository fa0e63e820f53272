#include "mathtool/nn/settings_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/shuffle.hpp"

namespace mathtool::nn {
namespace {

constexpr std::int64_t most_combinations = 100'000;

/// Of the listed values; throws where there are more than can be tried.
std::int64_t combinations(std::span<const SearchedSetting> space) {
  std::int64_t count = 1;
  for (const SearchedSetting& setting : space) {
    count *= std::ssize(setting.values);
    require(count <= most_combinations,
            "search: more than {} combinations; take fewer values, or a random search",
            most_combinations);
  }
  return count;
}

void check_space(std::span<const SearchedSetting> space) {
  require(!space.empty(), "search: there is no setting to look for");
  std::set<std::string_view> names;
  for (const SearchedSetting& setting : space) {
    require(names.insert(setting.name).second, "search: '{}' is named twice", setting.name);
    require(setting.values.empty() == setting.range.has_value(),
            "search: '{}' takes either values or a range", setting.name);
    if (!setting.range) continue;
    const auto& [low, high, logarithmic, whole] = *setting.range;
    require(std::isfinite(low) && std::isfinite(high) && low < high,
            "search: the range of '{}' goes from {} to {}; it must ascend", setting.name, low,
            high);
    require(!logarithmic || low > 0,
            "search: the logarithmic range of '{}' must begin above 0, not at {}", setting.name,
            low);
  }
}

/// Combination i of the listed values, the last setting changing fastest.
Settings combination(std::span<const SearchedSetting> space, std::int64_t i) {
  Settings settings;
  for (auto setting = space.rbegin(); setting != space.rend(); ++setting) {
    const std::int64_t count = std::ssize(setting->values);
    settings[setting->name] = setting->values[static_cast<std::size_t>(i % count)];
    i /= count;
  }
  return settings;
}

std::string draw(const NumberRange& range, math::Philox& random) {
  const double u = math::uniform(random);
  // Whole numbers get cells of equal width, those at the ends too.
  const double low = range.whole ? range.low - 0.5 : range.low;
  const double high = range.whole ? range.high + 0.5 : range.high;
  double value = range.logarithmic ? low * std::pow(high / low, u) : low + (high - low) * u;
  if (range.whole) value = std::round(value);
  value = std::clamp(value, range.low, range.high);
  return range.whole ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

Settings draw(std::span<const SearchedSetting> space, math::Philox& random) {
  Settings settings;
  for (const SearchedSetting& setting : space)
    settings[setting.name] =
        setting.range ? draw(*setting.range, random)
                      : setting.values[math::uniform_index(random, setting.values.size())];
  return settings;
}

/// Makes the trials of `next`, which returns nothing after the last.
SettingsSearch search(Index count, FunctionRef<Settings(Index)> next,
                      FunctionRef<Score(const Settings&)> score, const RunControl& run) {
  SettingsSearch result;
  for (Index i = 0; i < count; ++i) {
    run.stop.check();
    Trial trial{.settings = next(i)};
    trial.score = score(trial.settings);
    const bool sound = trial.score.status == Status::converged && std::isfinite(trial.score.loss);
    result.trials.push_back(std::move(trial));
    const auto loss = [&](Index k) {
      return result.trials[static_cast<std::size_t>(k)].score.loss;
    };
    if (sound && (!result.best || loss(i) < loss(*result.best))) result.best = i;
    run.progress.report(i + 1, count);
  }
  return result;
}

}  // namespace

SettingsSearch grid_search(std::span<const SearchedSetting> space,
                           FunctionRef<Score(const Settings&)> score, const RunControl& run) {
  check_space(space);
  for (const SearchedSetting& setting : space)
    require(!setting.range, "search: '{}' is a range, which has no grid; list values instead",
            setting.name);
  return search(
      combinations(space), [&](Index i) { return combination(space, i); }, score, run);
}

SettingsSearch random_search(std::span<const SearchedSetting> space,
                             FunctionRef<Score(const Settings&)> score,
                             const RandomSearchOptions& options, const RunControl& run) {
  check_space(space);
  require(options.trials >= 1, "search: there must be at least one trial, got {}", options.trials);
  math::Philox random(options.seed);
  const bool ranges = std::any_of(space.begin(), space.end(),
                                  [](const SearchedSetting& s) { return s.range.has_value(); });
  if (ranges)
    return search(
        options.trials, [&](Index) { return draw(space, random); }, score, run);
  std::vector<Index> order(static_cast<std::size_t>(combinations(space)));
  std::iota(order.begin(), order.end(), Index{0});
  math::shuffle(std::span(order), random);
  return search(
      std::min(options.trials, std::ssize(order)),
      [&](Index i) { return combination(space, order[static_cast<std::size_t>(i)]); }, score, run);
}

}  // namespace mathtool::nn
