#include "mathtool/stats/distribution_model.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::string_view distribution_format = "mathtool-distribution";

OrderedJson read_distribution_model(std::string_view text, std::string_view source) {
  OrderedJson json = OrderedJson::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object())
    throw DataError(fmt::format("{}: is not a saved model (no JSON object)", source));
  const std::string format = json.value("format", OrderedJson()).dump(),
                    version = json.value("format_version", OrderedJson()).dump();
  require<DataError>(format == OrderedJson(distribution_format).dump(),
                     "{}: is a model of format {}, expected \"{}\"", source, format,
                     distribution_format);
  require<DataError>(version.starts_with("\"1."),
                     "{}: has format version {}; this program reads 1.x", source, version);
  return json;
}

std::vector<Argument> read_parameters(const DistributionFamily& family, const OrderedJson& json,
                                      std::string_view source) {
  const OrderedJson parameters = json.value("parameters", OrderedJson());
  require<DataError>(parameters.is_array() && parameters.size() == family.parameters.size(),
                     "{}: field 'parameters' does not hold the {} of {}", source,
                     family.parameters.size(), family.name);
  std::vector<Argument> values;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const OrderedJson& parameter = parameters[i];
    const bool right = parameter.is_object() &&
                       parameter.value("name", OrderedJson()) == family.parameters[i].name &&
                       parameter.value("estimate", OrderedJson()).is_number() &&
                       family.parameters[i].form == Form::number;
    require<DataError>(right, "{}: parameter {} is not the number '{}'", source, i + 1,
                       family.parameters[i].name);
    values.emplace_back(parameter["estimate"].get<double>());
  }
  return values;
}

}  // namespace

std::string to_json(const DistributionFit& fit, std::string_view variable) {
  OrderedJson parameters = OrderedJson::array();
  for (const FittedParameter& parameter : fit.parameters)
    parameters.push_back({{"name", parameter.name},
                          {"estimate", parameter.estimate},
                          {"std_error", parameter.std_error},
                          {"fixed", parameter.fixed}});
  const OrderedJson model{{"format", distribution_format},
                          {"format_version", "1.0"},
                          {"variable", variable},
                          {"family", fit.family},
                          {"parameters", std::move(parameters)},
                          {"observations", fit.observations},
                          {"log_likelihood", fit.log_likelihood}};
  try {
    return model.dump(1) + "\n";
  } catch (const OrderedJson::type_error&) {
    throw DataError(
        fmt::format("column name '{}' is not UTF-8, which a model must be; convert the table, e.g. "
                    "iconv -f LATIN1 -t UTF-8",
                    variable));
  }
}

AnyDistribution distribution_from_json(std::string_view text, std::string_view source) {
  const OrderedJson json = read_distribution_model(text, source);
  const OrderedJson name = json.value("family", OrderedJson());
  require<DataError>(name.is_string(), "{}: field 'family' is not a string", source);
  try {
    const DistributionFamily& family = find_distribution_family(name.get<std::string>());
    return family.make(read_parameters(family, json, source));
  } catch (const DomainError& error) {
    throw DataError(fmt::format("{}: {}", source, error.what()));
  }
}

}  // namespace mathtool::stats
