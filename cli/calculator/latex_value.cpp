#include "cli/calculator/latex_value.hpp"

#include <fmt/core.h>

#include <cmath>

#include "mathtool/math/expression/latex.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::cli {
namespace {

/// Items side by side, each with its name.
std::string list_latex(const List& list) {
  std::string text;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const auto* words = list.items[i].as<std::string>();
    const std::string item =
        words ? fmt::format("\\text{{{}}}", *words) : latex_value(list.items[i]);
    const std::string name =
        i < list.names.size() ? fmt::format("\\mathrm{{{}}} = ", list.names[i]) : "";
    const char* apart = list.items[i].is<List>() ? " \\quad " : ",\\; ";
    text += (text.empty() ? "" : apart) + name + item;
  }
  return text.empty() ? "\\emptyset" : text;
}

}  // namespace

std::string latex_value(const Value& value) {
  if (value.is<std::string>()) return "";
  if (const auto* real = value.as<double>(); real && std::isnan(*real)) return "";
  if (const auto* list = value.as<List>()) return list_latex(*list);
  if (const auto* exact = value.as<Rational>(); exact && denominator(*exact) != 1)
    return fmt::format("{}\\frac{{{}}}{{{}}}", *exact < 0 ? "-" : "",
                       Integer(abs(numerator(*exact))).str(), Integer(denominator(*exact)).str());
  if (const auto* whole = value.as<Rational>()) return whole->str();
  if (value.is<Complex>() || value.is<ComplexMat>())  // 2 i, not 0 + 2 i
    return math::to_latex(math::simplify(to_expression(value)));
  return math::to_latex(to_expression(value));
}

}  // namespace mathtool::cli
