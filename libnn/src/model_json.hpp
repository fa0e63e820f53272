#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

using Json = nlohmann::json;                 ///< as it is read: a name is found at once
using OrderedJson = nlohmann::ordered_json;  ///< as it is written: in order

/// Throws: DataError, which begins with `source`, for text that is no JSON object and for one that
///         nests more deeply than any model does.
Json parse_object(std::string_view text, std::string_view source);

/// JSON in one line. Throws: DataError that quotes the text in it that is not UTF-8.
std::string dump_object(const OrderedJson& json);

/// A number as JSON: "inf", "-inf" and "nan" where it has none.
OrderedJson number_json(double x);

/// Fields of one JSON object. Every complaint is a DataError that names the source and the field.
class JsonFields {
 public:
  /// Both must outlive it. Throws: DataError unless it is an object.
  JsonFields(const Json& json, std::string source);

  const std::string& source() const { return source_; }
  [[noreturn]] void fail(const std::string& complaint) const;

  bool has(std::string_view name) const { return json_.contains(std::string(name)); }
  const Json& at(std::string_view name) const;
  std::string text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::int64_t integer(std::string_view name, std::int64_t least) const;
  bool flag(std::string_view name) const;
  double number(std::string_view name) const;      ///< finite
  double any_number(std::string_view name) const;  ///< as number_json wrote it
  std::vector<double> any_numbers(std::string_view name) const;
  Shape shape(std::string_view name) const;  ///< lengths ≥ 0

  /// Each element of a list of objects.
  void for_each(std::string_view name, const std::function<void(const JsonFields&)>& read) const;

 private:
  const Json& list(std::string_view name) const;
  [[noreturn]] void fail_field(std::string_view name, const char* expected) const;

  const Json& json_;
  std::string source_;
};

}  // namespace mathtool::nn
