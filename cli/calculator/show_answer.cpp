#include "cli/calculator/show_answer.hpp"

#include <fmt/core.h>

#include <cmath>

#include "cli/calculator/show_value.hpp"

namespace mathtool::cli {
namespace {

bool defines_function(const Answer& answer) { return !answer.definition.empty(); }

std::string text_of(const Answer& answer, int digits) {
  return defines_function(answer) ? answer.definition
                                  : show_value(answer.value, digits, answer.error);
}

/// 1/3 is also 0.333333.
std::string decimals(const Value& value, int digits) {
  constexpr std::size_t longest = 40;
  const auto* exact = value.as<Rational>();
  if (!exact) return "";
  const bool fraction = denominator(*exact) != 1;
  if (!fraction && exact->str().size() <= longest) return "";
  const double rounded = nearest(*exact);
  return std::isfinite(rounded) ? fmt::format(" = {:.{}g}", rounded, digits) : "";
}

}  // namespace

std::string show_answer(const Answer& answer, int digits) {
  std::string text;
  for (const math::DerivationStep& step : answer.steps)
    text +=
        step.rule.empty() ? step.formula + "\n" : fmt::format("{}: {}\n", step.rule, step.formula);
  if (defines_function(answer)) return text + answer.definition;
  const std::string value = text_of(answer, digits);
  text += value + decimals(answer.value, digits);
  if (answer.status != Status::converged)
    text += fmt::format("\n{}: {}", to_string(answer.status), answer.reason);
  return text;
}

Json answer_json(const Answer& answer, int digits) {
  Json json{
      {"value", defines_function(answer) ? Json(answer.definition) : value_json(answer.value)}};
  const bool exact = answer.value.is<Rational>() && !answer.error;
  json["error"] = exact ? Json(0) : answer.error ? Json(*answer.error) : Json();
  json["evaluations"] = answer.evaluations;
  json["text"] = text_of(answer, digits);
  if (!answer.steps.empty()) {
    json["steps"] = Json::array();
    for (const math::DerivationStep& step : answer.steps)
      json["steps"].push_back({{"rule", step.rule}, {"formula", step.formula}});
  }
  return json;
}

}  // namespace mathtool::cli
