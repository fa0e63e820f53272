#include "model_json.hpp"

#include <fmt/core.h>

#include <cmath>
#include <optional>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

std::optional<double> number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (json == "inf") return infinity;
  if (json == "-inf") return -infinity;
  if (json == "nan") return not_a_number;
  return std::nullopt;
}

}  // namespace

Json parse_object(std::string_view text, std::string_view source) {
  constexpr int deepest = 32;
  const auto limit_depth = [&](int depth, Json::parse_event_t, Json&) {
    require<DataError>(depth <= deepest, "{}: JSON that nests more than {} deep", source, deepest);
    return true;
  };
  Json json = Json::parse(text, limit_depth, false);
  require<DataError>(json.is_object(), "{}: is no JSON object", source);
  return json;
}

std::string dump_object(const OrderedJson& json) {
  try {
    return json.dump();
  } catch (const OrderedJson::type_error&) {
    throw DataError(fmt::format(
        "{}: holds text that is not UTF-8, which a model must be; convert the table first, e.g. "
        "with iconv -f latin1 -t utf-8",
        json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace)));
  }
}

OrderedJson number_json(double x) {
  if (std::isfinite(x)) return x;
  if (std::isnan(x)) return "nan";
  return x > 0 ? "inf" : "-inf";
}

JsonFields::JsonFields(const Json& json, std::string source)
    : json_(json), source_(std::move(source)) {
  if (!json.is_object()) fail("something that is no JSON object");
}

void JsonFields::fail(const std::string& complaint) const {
  throw DataError(fmt::format("{}: {}", source_, complaint));
}

void JsonFields::fail_field(std::string_view name, const char* expected) const {
  fail(fmt::format("field '{}' is not {}", name, expected));
}

const Json& JsonFields::at(std::string_view name) const {
  const auto found = json_.find(std::string(name));
  if (found == json_.end()) fail(fmt::format("there is no field '{}'", name));
  return *found;
}

const Json& JsonFields::list(std::string_view name) const {
  const Json& field = at(name);
  if (!field.is_array()) fail_field(name, "a list");
  return field;
}

std::string JsonFields::text(std::string_view name) const {
  const Json& field = at(name);
  if (!field.is_string()) fail_field(name, "a text");
  return field.get<std::string>();
}

std::vector<std::string> JsonFields::texts(std::string_view name) const {
  std::vector<std::string> result;
  for (const Json& entry : list(name)) {
    if (!entry.is_string()) fail_field(name, "a list of texts");
    result.push_back(entry.get<std::string>());
  }
  return result;
}

std::int64_t JsonFields::integer(std::string_view name, std::int64_t least) const {
  const Json& field = at(name);
  // What is beyond 2⁶³ is unsigned for the parser, and would wrap round.
  if (!field.is_number_integer() || (field.is_number_unsigned() && field.get<std::int64_t>() < 0))
    fail_field(name, "a whole number");
  const auto value = field.get<std::int64_t>();
  if (value < least) fail(fmt::format("field '{}' is {}, below {}", name, value, least));
  return value;
}

bool JsonFields::flag(std::string_view name) const {
  const Json& field = at(name);
  if (!field.is_boolean()) fail_field(name, "true or false");
  return field.get<bool>();
}

double JsonFields::number(std::string_view name) const {
  const Json& field = at(name);
  if (!field.is_number() || !std::isfinite(field.get<double>()))
    fail_field(name, "a finite number");
  return field.get<double>();
}

double JsonFields::any_number(std::string_view name) const {
  const auto value = number_of(at(name));
  if (!value) fail_field(name, "a number");
  return *value;
}

std::vector<double> JsonFields::any_numbers(std::string_view name) const {
  std::vector<double> result;
  for (const Json& entry : list(name)) {
    const auto value = number_of(entry);
    if (!value) fail_field(name, "a list of numbers");
    result.push_back(*value);
  }
  return result;
}

Shape JsonFields::shape(std::string_view name) const {
  Shape result;
  for (const Json& entry : list(name)) {
    if (!entry.is_number_integer() || entry.get<std::int64_t>() < 0)
      fail_field(name, "a list of lengths");
    result.push_back(entry.get<std::int64_t>());
  }
  return result;
}

void JsonFields::for_each(std::string_view name,
                          const std::function<void(const JsonFields&)>& read) const {
  for (const Json& entry : list(name))
    read(JsonFields(entry, fmt::format("{}: field '{}'", source_, name)));
}

}  // namespace mathtool::nn
