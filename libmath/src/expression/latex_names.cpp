#include "latex_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "character_class.hpp"

namespace mathtool::math {
namespace {

constexpr std::array<std::string_view, 34> greek_letters = {
    "alpha",   "beta",   "gamma", "delta",   "epsilon", "zeta",  "eta",   "theta", "iota",
    "kappa",   "lambda", "mu",    "nu",      "xi",      "pi",    "rho",   "sigma", "tau",
    "upsilon", "phi",    "chi",   "psi",     "omega",   "Gamma", "Delta", "Theta", "Lambda",
    "Xi",      "Pi",     "Sigma", "Upsilon", "Phi",     "Psi",   "Omega"};

constexpr std::array<std::string_view, 6> raised = {"sin", "cos", "tan", "sinh", "cosh", "tanh"};

/// Besides `raised`, those that LaTeX has under the same name.
constexpr std::array<std::string_view, 5> same_name = {"min", "max", "det", "gcd", "arg"};

struct Renamed {
  std::string_view name, latex;
};
constexpr std::array renamed = {
    Renamed{"asin", "\\arcsin"},
    Renamed{"acos", "\\arccos"},
    Renamed{"atan", "\\arctan"},
    Renamed{"asinh", "\\operatorname{arsinh}"},
    Renamed{"acosh", "\\operatorname{arcosh}"},
    Renamed{"atanh", "\\operatorname{artanh}"},
    Renamed{"exp", "\\exp"},
    Renamed{"log", "\\ln"},
    Renamed{"ln", "\\ln"},
    Renamed{"log2", "\\log_{2}"},
    Renamed{"log10", "\\log_{10}"},
    Renamed{"sign", "\\operatorname{sgn}"},
    Renamed{"gamma", "\\Gamma"},
};

template <class Names>
bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Letters, digits and dots, which need no escape; bytes beyond ASCII are letters.
bool is_simple(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Without an index.
std::string stem(std::string_view name) {
  if (has(greek_letters, name)) return "\\" + std::string(name);
  if (name == "inf") return "\\infty";
  if (name.size() == 1 && is_simple(name)) return std::string(name);
  return is_simple(name) ? "\\mathrm{" + std::string(name) + "}" : latex_text(name);
}

/// Where the index of x1, x_1, alpha_max begins, and how long the name before it is.
struct Split {
  std::size_t stem = 0, index = 0;
};
Split split(std::string_view name) {
  if (const std::size_t bar = name.rfind('_'); bar != std::string_view::npos && bar > 0)
    return {bar, bar + 1};
  std::size_t digits = name.size();
  while (digits > 0 && is_digit(name[digits - 1])) --digits;
  return {digits, digits};
}

}  // namespace

std::string latex_name(std::string_view name) {
  const auto [length, from] = split(name);
  const std::string_view index = name.substr(from);
  if (length == 0 || index.empty() || !is_simple(name.substr(0, length)) || !is_simple(index))
    return stem(name);
  const bool number = std::all_of(index.begin(), index.end(), is_digit);
  return stem(name.substr(0, length)) + "_{" + (number ? std::string(index) : stem(index)) + "}";
}

std::string latex_function(std::string_view name) {
  const auto found = std::find_if(renamed.begin(), renamed.end(),
                                  [&](const Renamed& entry) { return entry.name == name; });
  if (found != renamed.end()) return std::string(found->latex);
  if (has(raised, name) || has(same_name, name)) return "\\" + std::string(name);
  if (name.size() == 1 || has(greek_letters, name)) return stem(name);
  return is_simple(name) ? "\\operatorname{" + std::string(name) + "}"
                         : "\\operatorname{" + latex_text(name) + "}";
}

bool is_raised_by_name(std::string_view function) { return has(raised, function); }

std::string latex_text(std::string_view text) {
  std::string made = "\\text{";
  for (const char c : text) {
    switch (c) {
      case '\\': made += "\\textbackslash{}"; break;
      case '^': made += "\\textasciicircum{}"; break;
      case '~': made += "\\textasciitilde{}"; break;
      case '#':
      case '$':
      case '%':
      case '&':
      case '_':
      case '{':
      case '}': made += '\\'; [[fallthrough]];
      default: made += c;
    }
  }
  return made + "}";
}

}  // namespace mathtool::math
