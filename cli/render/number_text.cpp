#include "cli/render/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mathtool::cli {
namespace {

/// The decimal exponent of x after rounding to `digits` digits: 2 for 123.4, 3 for 999.96 in four.
int exponent(double x, int digits) {
  const std::string text = fmt::format("{:.{}e}", x, digits - 1);
  return std::stoi(text.substr(text.find('e') + 1));
}

bool is_whole(double x) { return std::abs(x) < 1e15 && x == std::trunc(x); }

bool needs_exponent(double x, int digits) {
  if (x == 0 || !std::isfinite(x)) return false;
  const int e = exponent(x, digits);
  return e < -5 || e > std::max(digits, 9);
}

/// Decimals that show `digits` significant ones.
int decimals(double x, int digits) {
  return x == 0 ? 0 : std::max(0, digits - 1 - exponent(x, digits));
}

/// Of these, the ones before the zeros at the end.
int decimals_without_zeros(double x, int digits) {
  const int all = decimals(x, digits);
  const std::string text = fmt::format("{:.{}f}", x, all);
  return std::max(0, all - static_cast<int>(text.size() - 1 - text.find_last_not_of('0')));
}

std::string exponent_form(double x, int digits) {
  const std::string text = fmt::format("{:.{}e}", x, digits - 1);
  const std::size_t e = text.find('e');
  std::string mantissa = text.substr(0, e);
  if (mantissa.find('.') != std::string::npos) {
    mantissa.erase(mantissa.find_last_not_of('0') + 1);
    if (mantissa.back() == '.') mantissa.pop_back();
  }
  return mantissa + text.substr(e);
}

std::string decimal_form(double x, int places) {
  return fmt::format("{:.{}f}", x == 0 ? 0.0 : x, places);  // no "-0"
}

/// Characters from the decimal point, or the exponent, to the end.
std::size_t tail(const std::string& text) {
  return text.size() - std::min(text.find_first_of(".e"), text.size());
}

}  // namespace

std::vector<std::string> align_numbers(std::span<const double> column, int digits) {
  const bool all_whole = std::all_of(column.begin(), column.end(),
                                     [](double x) { return !std::isfinite(x) || is_whole(x); });
  int places = 0;
  for (const double x : column)
    if (std::isfinite(x) && !all_whole && !needs_exponent(x, digits))
      places = std::max(places, decimals_without_zeros(x, digits));

  std::vector<std::string> texts;
  std::size_t longest_tail = 0;
  for (const double x : column) {
    if (std::isnan(x))
      texts.emplace_back();
    else if (std::isinf(x))
      texts.emplace_back(x > 0 ? "inf" : "-inf");
    else if (all_whole)
      texts.push_back(decimal_form(x, 0));
    else if (needs_exponent(x, digits))
      texts.push_back(exponent_form(x, digits));
    else
      texts.push_back(decimal_form(x, std::min(places, decimals(x, digits))));
    if (std::isfinite(x)) longest_tail = std::max(longest_tail, tail(texts.back()));
  }
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (std::isfinite(column[i])) texts[i].append(longest_tail - tail(texts[i]), ' ');
  return texts;
}

}  // namespace mathtool::cli
