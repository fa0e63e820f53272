#include "cli/render/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/utf8.hpp"
#include "mathtool/math/version.hpp"

namespace mathtool::cli {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const math::Utf8Character next = math::first_character(text);
    if (!next.valid)
      out += "\uFFFD";
    else if (next.code == '"' || next.code == '\\')
      out.append({'\\', text[0]});
    else if (next.code == '\n')
      out += "\\n";
    else if (next.code == '\t')
      out += "\\t";
    else if (next.code < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(next.code));
    else
      out += text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
  out += '"';
}

void append_scalar(std::string& out, const Json& value) {
  if (value.is_string()) {
    append_string(out, value.get_ref<const std::string&>());
  } else if (value.is_number_float()) {
    const double x = value.get<double>();
    if (std::isnan(x))
      out += "null";
    else if (std::isinf(x))
      out += x > 0 ? "\"inf\"" : "\"-inf\"";
    else
      data::append_number(out, x);
  } else {
    out += value.dump();  // integers, true, false, null
  }
}

bool all_scalars(const Json& value) {
  return std::all_of(value.begin(), value.end(),
                     [](const Json& item) { return !item.is_structured(); });
}

/// Whether a value stands on one line: scalars, lists of them, small flat objects.
bool on_one_line(const Json& value) {
  constexpr std::size_t small = 6;
  if (value.is_array()) return all_scalars(value);
  if (value.is_object()) return value.size() <= small && all_scalars(value);
  return true;
}

void append(std::string& out, const Json& value, std::size_t indent) {
  if (!value.is_structured()) return append_scalar(out, value);
  const bool one_line = indent > 0 && on_one_line(value);
  const std::string between = one_line ? ", " : ",\n" + std::string(indent + 2, ' ');
  const std::string inside = one_line ? "" : "\n" + std::string(indent + 2, ' ');
  const std::string behind = one_line || value.empty() ? "" : "\n" + std::string(indent, ' ');
  out += value.is_array() ? '[' : '{';
  bool first = true;
  for (const auto& [key, item] : value.items()) {
    out += first ? inside : between;
    first = false;
    if (value.is_object()) {
      append_string(out, key);
      out += ": ";
    }
    append(out, item, indent + 2);
  }
  out += behind;
  out += value.is_array() ? ']' : '}';
}

Json input_json(const InputSummary& input) {
  Json::object_t dropped;  // names are unique, so none need be searched for
  for (const auto& [column, count] : input.dropped) dropped.emplace_back(column, count);
  Json skipped = Json::array();
  for (const auto& [column, why] : input.skipped)
    skipped.push_back({{"column", column}, {"why", why}});
  return {{"path", input.path},
          {"rows", input.rows},
          {"used", input.used},
          {"dropped", std::move(dropped)},
          {"skipped", std::move(skipped)}};
}

}  // namespace

Json envelope(const Report& report, std::optional<double> seconds) {
  Json json = {{"command", report.command}, {"version", std::string(version())}};
  if (report.input) json["input"] = input_json(*report.input);
  json["result"] = report.result ? report.result() : Json::object();
  if (report.status) json["status"] = std::string(to_string(*report.status));
  if (!report.reason.empty()) json["reason"] = report.reason;
  if (report.seed) json["seed"] = *report.seed;
  json["notes"] = report.notes;
  if (seconds) json["seconds"] = *seconds;
  return json;
}

std::string write_json(const Json& value) {
  std::string out;
  append(out, value, 0);
  out += '\n';
  return out;
}

Json whole_or_real(double x) {
  if (x == std::floor(x) && std::abs(x) < 0x1p53) return static_cast<std::int64_t>(x);
  return x;
}

Json to_json(const VecRef& v) {
  Json array = Json::array();
  for (const double x : v) array.push_back(x);
  return array;
}

Json rows_to_json(const MatRef& A) {
  Json rows = Json::array();
  for (Index i = 0; i < A.rows(); ++i) rows.push_back(to_json(A.row(i).transpose()));
  return rows;
}

}  // namespace mathtool::cli
