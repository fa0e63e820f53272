#include "mathtool/stats/pca_model.hpp"

#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "mathtool-pca";
constexpr int format_major = 1;
constexpr std::string_view format_version = "1.0";
constexpr std::string_view sign_rule =
    "the first entry with at least 1 - 1e-8 of the largest magnitude is positive";

bool is_utf8(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::ignore).size() ==
         Json(text).dump(-1, ' ', false, Json::error_handler_t::replace).size();
}

Json numbers(const VecRef& v) { return Json(std::vector<double>(v.begin(), v.end())); }

/// Reads fields of one model; every complaint names the source and the field.
class Fields {
 public:
  Fields(const Json& json, std::string_view source) : json_(json), source_(source) {}

  [[noreturn]] void fail(std::string_view complaint) const {
    throw DataError(fmt::format("{}: {}", source_, complaint));
  }

  const Json& at(const char* name) const {
    const auto found = json_.find(name);
    if (found == json_.end()) fail(fmt::format("the model has no field '{}'", name));
    return *found;
  }

  double number(const char* name) const { return number(at(name), name); }

  std::int64_t integer(const char* name) const {
    const Json& field = at(name);
    if (!field.is_number_integer()) fail(fmt::format("field '{}' is not an integer", name));
    return field.get<std::int64_t>();
  }

  std::string text(const char* name) const {
    const Json& field = at(name);
    if (!field.is_string()) fail(fmt::format("field '{}' is not a string", name));
    return field.get<std::string>();
  }

  Index size(const char* name) const {
    const Json& field = at(name);
    if (!field.is_array()) fail(fmt::format("field '{}' is not a list", name));
    return std::ssize(field);
  }

  Vec vector(const char* name, Index size) const { return vector(at(name), name, size); }

  /// k rows of p numbers, as a p × k matrix.
  Mat columns(const char* name, Index p, Index k) const {
    const Json& field = at(name);
    check_size(field, name, k);
    Mat result(p, k);
    for (Index j = 0; j < k; ++j)
      result.col(j) = vector(field[static_cast<std::size_t>(j)], name, p);
    return result;
  }

 private:
  void check_size(const Json& field, const char* name, Index size) const {
    if (!field.is_array()) fail(fmt::format("field '{}' is not a list", name));
    if (static_cast<Index>(field.size()) != size)
      fail(
          fmt::format("field '{}' has {} entries where {} are expected", name, field.size(), size));
  }

  double number(const Json& field, const char* name) const {
    if (!field.is_number() || !std::isfinite(field.get<double>()))
      fail(fmt::format("field '{}' holds something that is not a finite number", name));
    return field.get<double>();
  }

  Vec vector(const Json& field, const char* name, Index size) const {
    check_size(field, name, size);
    Vec result(size);
    for (Index i = 0; i < size; ++i) result[i] = number(field[static_cast<std::size_t>(i)], name);
    return result;
  }

  const Json& json_;
  std::string_view source_;
};

void check_format(const Fields& fields) {
  const std::string format = fields.text("format");
  if (format != format_name)
    fields.fail(fmt::format("is a model of format '{}', expected '{}'", format, format_name));
  const std::string version = fields.text("format_version");
  if (version.substr(0, version.find('.')) != std::to_string(format_major))
    fields.fail(
        fmt::format("has format version {}; this program reads {}.x", version, format_major));
}

/// Written as null where not known.
void read_residual_moments(const Fields& fields, Pca& pca) {
  const Json& moments = fields.at("residual_moments");
  if (fields.size("residual_moments") != std::ssize(pca.residual_moments))
    fields.fail("field 'residual_moments' does not have two entries");
  for (std::size_t i = 0; i < pca.residual_moments.size(); ++i) {
    pca.residual_moments[i] = moments[i].is_number() ? moments[i].get<double>() : std::nan("");
    if (pca.residual_moments[i] < 0)
      fields.fail("field 'residual_moments' holds a negative number");
  }
}

}  // namespace

std::string to_json(const Pca& pca) {
  Json components = Json::array();
  for (Index k = 0; k < pca.output_size(); ++k)
    components.push_back(numbers(pca.components.col(k)));
  const Json model{{"format", format_name},
                   {"format_version", format_version},
                   {"variables", pca.variables},
                   {"observations", pca.observations},
                   {"mean", numbers(pca.mean)},
                   {"scale", numbers(pca.scale)},
                   {"eigenvalues", numbers(pca.eigenvalues)},
                   {"total_variance", pca.total_variance},
                   {"rank", pca.rank},
                   {"residual_moments", pca.residual_moments},
                   {"solver", to_string(pca.solver)},
                   {"status", to_string(pca.status)},
                   {"error_bound", pca.error_bound},
                   {"sign_rule", sign_rule},
                   {"components", components}};
  for (const std::string& name : pca.variables)
    require<DataError>(
        is_utf8(name),
        "column name '{}' is not UTF-8, which a model must be; convert the table, e.g. "
        "iconv -f LATIN1 -t UTF-8",
        name);
  return model.dump(1) + "\n";
}

Pca pca_from_json(std::string_view text, std::string_view source) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object())
    throw DataError(fmt::format("{}: is not a saved model (no JSON object)", source));
  const Fields fields(json, source);
  check_format(fields);

  Pca pca;
  const Json& names = fields.at("variables");
  if (!names.is_array()) fields.fail("field 'variables' is not a list");
  for (const Json& name : names) {
    if (!name.is_string()) fields.fail("field 'variables' holds something that is not a string");
    pca.variables.push_back(name.get<std::string>());
  }
  if (std::set<std::string>(pca.variables.begin(), pca.variables.end()).size() !=
      pca.variables.size())
    fields.fail("field 'variables' names a column twice");
  const Index p = fields.size("mean"), k = fields.size("eigenvalues");
  if (p < 1 || k < 1 || k > p) fields.fail(fmt::format("{} components of {} columns", k, p));
  if (!pca.variables.empty() && static_cast<Index>(pca.variables.size()) != p)
    fields.fail(fmt::format("{} names for {} columns", pca.variables.size(), p));
  pca.mean = fields.vector("mean", p);
  pca.scale = fields.vector("scale", p);
  pca.eigenvalues = fields.vector("eigenvalues", k);
  pca.components = fields.columns("components", p, k);
  pca.observations = fields.integer("observations");
  pca.total_variance = fields.number("total_variance");
  pca.rank = static_cast<Index>(fields.integer("rank"));
  pca.error_bound = fields.number("error_bound");
  if (pca.observations < 2 || pca.rank < k || pca.rank > p)
    fields.fail(
        fmt::format("{} observations of rank {} for {} components", pca.observations, pca.rank, k));
  if (fields.text("status") != to_string(Status::converged)) pca.status = Status::out_of_budget;
  const std::string solver = fields.text("solver");
  for (const PcaSolver known :
       {PcaSolver::covariance, PcaSolver::svd, PcaSolver::gram, PcaSolver::randomized})
    if (solver == to_string(known)) pca.solver = known;
  read_residual_moments(fields, pca);
  if (!(pca.total_variance > 0)) fields.fail("field 'total_variance' is not > 0");
  if (!((pca.scale.array() > 0).all())) fields.fail("field 'scale' holds a number that is not > 0");
  if (!((pca.eigenvalues.array() > 0).all()))
    fields.fail("field 'eigenvalues' holds a number that is not > 0");
  return pca;
}

}  // namespace mathtool::stats
