#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::nn {

/// Numbers between two ends, both included.
struct NumberRange {
  double low = 0, high = 1;  ///< low < high
  bool logarithmic = false;  ///< each factor equally likely; low > 0
  bool whole = false;        ///< whole numbers alone
  bool operator==(const NumberRange&) const = default;
};

/// A setting that is looked for: by values to choose from, or by a range.
struct SearchedSetting {
  std::string name = {};
  std::vector<std::string> values = {};
  std::optional<NumberRange> range = {};
  bool operator==(const SearchedSetting&) const = default;
};

/// Reads `learning-rate=1e-4:1e-1:log; batch=32,128; layers=dense 64 relu, dense 3 | dense 3`.
/// Settings stand between semicolons. A range is LOW:HIGH, of whole numbers where both ends are
/// written as such, with `:log` behind it for a logarithmic one. Values stand between commas, or
/// between bars where they have commas of their own.
/// Throws: DataError that quotes the part that is wrong.
std::vector<SearchedSetting> parse_search_space(std::string_view text);

using Settings = std::map<std::string, std::string>;

/// What settings are worth.
struct Score {
  double loss = std::numeric_limits<double>::quiet_NaN();  ///< on data not trained on
  std::optional<double> accuracy = {};
  Status status = Status::converged;
  std::string reason = {};
};

struct Trial {
  Settings settings = {};
  Score score = {};
};

struct [[nodiscard]] SettingsSearch {
  std::vector<Trial> trials = {};  ///< as they were made
  std::optional<Index> best = {};  ///< the lowest loss of those that converged; none: no trial did
};

/// Tries every combination, the last setting changing fastest.
/// Throws: DomainError for no settings, for one named twice, for a range, which has no grid, and
/// for
///         more than 100,000 combinations; Stopped; what `score` throws.
/// Cost:   the product of the numbers of values. `run.progress` counts trials.
SettingsSearch grid_search(std::span<const SearchedSetting> space,
                           FunctionRef<Score(const Settings&)> score, const RunControl& run = {});

struct RandomSearchOptions {
  Index trials = 20;  ///< ≥ 1
  std::uint64_t seed = 0;
};

/// Tries random settings: where few of them matter, these get more different values than a grid of
/// the same size has. No combination of listed values comes twice before all have come.
/// Throws: as above; DomainError for a range out of order.
/// Ref:    Bergstra & Bengio, Random search for hyper-parameter optimization (2012).
SettingsSearch random_search(std::span<const SearchedSetting> space,
                             FunctionRef<Score(const Settings&)> score,
                             const RandomSearchOptions& options = {}, const RunControl& run = {});

}  // namespace mathtool::nn
