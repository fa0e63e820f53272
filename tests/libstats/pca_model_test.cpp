#include "mathtool/stats/pca_model.hpp"

#include <nlohmann/json.hpp>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Pca;
using stats::pca_from_json;
using Json = nlohmann::ordered_json;

namespace {

Pca some_pca() {
  Pca pca = stats::fit_pca(test::random_matrix(40, 3, 50), {.components = 2, .standardize = true});
  pca.variables = {"a", "b \"quoted\"", "ü"};
  return pca;
}

/// A model of format 1.0, written out: it must stay readable for ever.
constexpr const char* version_1_0 = R"({
 "format": "mathtool-pca", "format_version": "1.0",
 "variables": ["x", "y"], "observations": 10, "mean": [1, 2], "scale": [1, 1],
 "eigenvalues": [3.5], "total_variance": 4.0, "rank": 2, "residual_moments": [0.5, 0.25],
 "solver": "covariance", "status": "converged", "error_bound": 1e-16, "sign_rule": "the first entry with at least 1 - 1e-8 of the largest magnitude is positive",
 "components": [[0.6, 0.8]]
})";

}  // namespace

TEST_CASE("pca model: reading gives back what was written, to the bit", "[stats]") {
  const Pca pca = some_pca(), read = pca_from_json(stats::to_json(pca));
  CHECK(read.variables == pca.variables);
  CHECK(read.observations == pca.observations);
  CHECK(read.mean == pca.mean);
  CHECK(read.scale == pca.scale);
  CHECK(read.components == pca.components);
  CHECK(read.eigenvalues == pca.eigenvalues);
  CHECK(read.total_variance == pca.total_variance);
  CHECK(read.rank == pca.rank);
  CHECK(read.solver == pca.solver);
  CHECK(read.residual_moments == pca.residual_moments);
  const Mat X = test::random_matrix(5, 3, 51);
  CHECK(read.project(X) == pca.project(X));
}

TEST_CASE("pca model: format 1.0 is read", "[stats]") {
  const Pca pca = pca_from_json(version_1_0);
  CHECK(pca.variables == std::vector<std::string>{"x", "y"});
  CHECK(pca.components(1, 0) == 0.8);
  CHECK(pca.eigenvalues[0] == 3.5);
}

TEST_CASE("pca model: how the fit ended is kept", "[stats]") {
  Pca pca = some_pca();
  CHECK(pca_from_json(stats::to_json(pca)).status == Status::converged);
  pca.status = Status::out_of_budget;
  CHECK(pca_from_json(stats::to_json(pca)).status == Status::out_of_budget);
}

TEST_CASE("pca model: a name that is not UTF-8 is refused with the remedy", "[stats]") {
  Pca pca = some_pca();
  pca.variables[1] =
      "gr\xf6\xdf"
      "e";  // Latin-1
  CHECK_THROWS_WITH(stats::to_json(pca), ContainsSubstring("iconv"));
  CHECK_THROWS_AS(stats::to_json(pca), DataError);
}

TEST_CASE("pca model: what is broken is refused with the place", "[stats]") {
  CHECK_THROWS_WITH(pca_from_json("", "m.json"), ContainsSubstring("m.json"));
  CHECK_THROWS_AS(pca_from_json("[1, 2]"), DataError);
  CHECK_THROWS_AS(pca_from_json("{}"), DataError);
  const std::string text = stats::to_json(some_pca());
  for (const std::size_t length : {std::size_t{1}, text.size() / 2, text.size() - 3})
    CHECK_THROWS_AS(pca_from_json(text.substr(0, length)), DataError);

  const auto broken = [](const char* field, Json value) {
    Json model = Json::parse(version_1_0);
    model[field] = std::move(value);
    return model.dump();
  };
  CHECK_THROWS_WITH(pca_from_json(broken("format", "mathtool-nn")),
                    ContainsSubstring("mathtool-nn"));
  CHECK_THROWS_WITH(pca_from_json(broken("format_version", "2.0")), ContainsSubstring("2.0"));
  CHECK_NOTHROW(pca_from_json(broken("format_version", "1.7")));
  CHECK_THROWS_WITH(pca_from_json(broken("mean", Json{1, 2, 3})), ContainsSubstring("3"));
  CHECK_THROWS_WITH(pca_from_json(broken("mean", "x")), ContainsSubstring("mean"));
  CHECK_THROWS_WITH(pca_from_json(broken("scale", Json{1, 0})), ContainsSubstring("scale"));
  CHECK_THROWS_WITH(pca_from_json(broken("scale", Json{1, nullptr})), ContainsSubstring("scale"));
  CHECK_THROWS_WITH(pca_from_json(broken("eigenvalues", Json{-1})),
                    ContainsSubstring("eigenvalues"));
  CHECK_THROWS_AS(pca_from_json(broken("eigenvalues", Json{3, 2, 1})), DataError);
  CHECK_THROWS_WITH(pca_from_json(broken("components", Json{Json{1}})),
                    ContainsSubstring("components"));
  CHECK_THROWS_AS(pca_from_json(broken("components", Json{Json{1, "x"}})), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("variables", Json{"x"})), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("observations", 2.5)), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("observations", 1)), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("rank", -3)), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("total_variance", -1)), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("residual_moments", Json{1})), DataError);
  CHECK_THROWS_AS(pca_from_json(broken("residual_moments", Json{1, -1})), DataError);
  CHECK_THROWS_WITH(pca_from_json(broken("variables", Json{"x", "x"})), ContainsSubstring("twice"));
}
