#include "cli/calculator/show_value.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/render/json.hpp"

namespace mathtool::cli {
namespace {

std::string real_text(double x, int digits) {
  if (std::isnan(x)) return "undefined";
  if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
  return fmt::format("{:.{}g}", x == 0 ? 0.0 : x, digits);
}

/// The digits before the first that the error reaches.
int known_digits(double value, double error, int most) {
  if (!(error > 0) || value == 0 || !std::isfinite(error)) return most;
  const int known = static_cast<int>(std::floor(std::log10(std::abs(value) / error))) + 1;
  return std::clamp(known, 1, most);
}

std::string number_text(double x, int digits, std::optional<double> error) {
  constexpr double rounding = 0x1p-52;  // of a number all of whose digits are known
  if (!error || !std::isfinite(x) || *error <= rounding * std::abs(x)) return real_text(x, digits);
  const std::string text = real_text(x, known_digits(x, *error, digits));
  if (!std::isfinite(*error)) return text + " (error unknown)";
  return fmt::format("{} ± {:.2g}", text, *error);
}

/// A part that is no more than the rounding of the other is left out.
std::string complex_text(Complex z, int digits) {
  const double noise = 0x1p-50 * std::abs(z);
  if (std::abs(z.imag()) <= noise) return real_text(z.real(), digits);
  if (std::abs(z.real()) < noise) z.real(0);
  const std::string imaginary = real_text(std::abs(z.imag()), digits);
  const std::string size = imaginary == "1" ? "i" : imaginary + "i";
  if (z.real() == 0) return (z.imag() < 0 ? "-" : "") + size;
  return fmt::format("{} {} {}", real_text(z.real(), digits), z.imag() < 0 ? "-" : "+", size);
}

/// Columns flush right, in brackets.
template <class Matrix, class Text>
std::string matrix_text(const Matrix& matrix, Text&& text) {
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths(static_cast<std::size_t>(matrix.cols()), 0);
  for (Index i = 0; i < matrix.rows(); ++i) {
    auto& row = cells.emplace_back();
    for (Index j = 0; j < matrix.cols(); ++j) {
      row.push_back(text(matrix(i, j)));
      auto& width = widths[static_cast<std::size_t>(j)];
      width = std::max(width, row.back().size());
    }
  }
  std::string result;
  for (const auto& row : cells) {
    result += result.empty() ? "[" : "\n ";
    for (std::size_t j = 0; j < row.size(); ++j)
      result += fmt::format("{}{:>{}}", j > 0 ? "  " : "", row[j], widths[j]);
  }
  return result + "]";
}

std::string indented(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return result;
}

/// Short items on one line; others, and named ones, on lines of their own.
std::string list_text(const List& list, int digits) {
  if (list.items.empty()) return "none";
  std::vector<std::string> items;
  for (const Value& item : list.items) items.push_back(show_value(item, digits));
  const bool nested = std::any_of(list.items.begin(), list.items.end(),
                                  [](const Value& item) { return item.is<List>(); });
  if (list.names.empty() && !nested) {
    std::string line;
    for (const std::string& item : items) line += (line.empty() ? "" : ", ") + item;
    if (line.find('\n') == std::string::npos) return line;
  }
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool block = items[i].find('\n') != std::string::npos;
    const std::string name =
        i < list.names.size() ? list.names[i] + (block ? " =\n  " : " = ") : "";
    const bool inner = !list.names.empty() && !nested && !block;
    text += (i == 0  ? ""
             : inner ? ", "
                     : "\n") +
            name + (name.empty() ? items[i] : indented(items[i]));
  }
  return text;
}

Json complex_json(const Complex& z) {
  if (z.imag() == 0) return z.real();
  return {{"re", z.real()}, {"im", z.imag()}};
}

/// A row is a list of numbers, a matrix a list of rows.
template <class Matrix, class Entry>
Json matrix_json(const Matrix& matrix, Entry&& entry) {
  Json rows = Json::array();
  for (Index i = 0; i < matrix.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < matrix.cols(); ++j) row.push_back(entry(matrix(i, j)));
    if (matrix.rows() == 1) return row;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json list_json(const List& list) {
  Json items = Json::array();
  for (const Value& item : list.items) items.push_back(value_json(item));
  return items;
}

}  // namespace

std::string show_value(const Value& value, int digits, std::optional<double> error) {
  constexpr int matrix_digits = 6;
  const int in_matrix = std::min(digits, matrix_digits);
  if (const auto* exact = value.as<Rational>()) return exact->str();
  if (const auto* real = value.as<double>()) return number_text(*real, digits, error);
  if (const auto* z = value.as<Complex>()) return complex_text(*z, digits);
  if (const auto* matrix = value.as<Mat>())
    return matrix_text(*matrix, [&](double x) { return real_text(x, in_matrix); });
  if (const auto* matrix = value.as<ComplexMat>())
    return matrix_text(*matrix, [&](const Complex& z) { return complex_text(z, in_matrix); });
  if (const auto* text = value.as<std::string>()) return *text;
  if (const auto* formula = value.as<math::Expression>()) return to_string(*formula);
  return list_text(*value.as<List>(), digits);
}

Json value_json(const Value& value) {
  if (const auto* exact = value.as<Rational>()) {
    const double nearest_double = nearest(*exact);
    return denominator(*exact) == 1 ? whole_or_real(nearest_double) : Json(nearest_double);
  }
  if (const auto* real = value.as<double>()) return whole_or_real(*real);
  if (const auto* z = value.as<Complex>()) return complex_json(*z);
  if (const auto* matrix = value.as<Mat>()) return matrix_json(*matrix, whole_or_real);
  if (const auto* matrix = value.as<ComplexMat>()) return matrix_json(*matrix, complex_json);
  if (const auto* text = value.as<std::string>()) return *text;
  if (const auto* formula = value.as<math::Expression>()) return to_string(*formula);
  return list_json(*value.as<List>());
}

}  // namespace mathtool::cli
