#include "cli/pca/components_option.hpp"

#include <charconv>
#include <optional>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

template <class Number>
std::optional<Number> read(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

stats::ComponentRule parse_components(std::string_view text) {
  if (text.empty()) return stats::ComponentRule::all();
  if (text == "kaiser") return stats::ComponentRule::kaiser();
  if (text == "parallel") return stats::ComponentRule::parallel();
  if (const auto count = read<Index>(text); count && *count >= 1) return {*count};
  if (text.back() == '%')
    if (const auto percent = read<double>(text.substr(0, text.size() - 1));
        percent && 0 < *percent && *percent <= 100)
      return stats::ComponentRule::share(*percent / 100);
  throw DomainError(fmt::format(
      "-k takes a count from 1, a share up to 100% such as 95%, kaiser or parallel, got '{}'",
      text));
}

}  // namespace mathtool::cli
