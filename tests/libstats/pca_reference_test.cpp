#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "mathtool/stats/pca.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::PcaSolver;
using Json = nlohmann::ordered_json;

namespace {

constexpr PcaSolver every_solver[] = {PcaSolver::automatic, PcaSolver::covariance, PcaSolver::svd,
                                      PcaSolver::gram, PcaSolver::randomized};

/// Columns `first` ... `first + count − 1` of a plain table.
Mat read_columns(const std::filesystem::path& path, bool header, std::size_t first,
                 std::size_t count) {
  std::ifstream file(path);
  std::string line, cell;
  if (header) std::getline(file, line);
  std::vector<std::vector<double>> rows;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<double> row;
    for (std::size_t j = 0; std::getline(cells, cell, ','); ++j)
      if (j >= first && j < first + count) row.push_back(std::stod(cell));
    rows.push_back(row);
  }
  Mat X(std::ssize(rows), static_cast<Index>(count));
  for (Index i = 0; i < X.rows(); ++i)
    X.row(i) = Eigen::Map<Eigen::RowVectorXd>(rows[static_cast<std::size_t>(i)].data(), X.cols());
  return X;
}

Vec vector(const Json& json) {
  const auto numbers = json.get<std::vector<double>>();
  return Eigen::Map<const Vec>(numbers.data(), std::ssize(numbers));
}

/// R's rotation, one list per variable or per component, as p × k.
Mat rotation(const Json& json, Index p) {
  const Index k = static_cast<Index>(json.size());
  Mat V(p, k);
  for (Index i = 0; i < k; ++i) V.row(i) = vector(json[static_cast<std::size_t>(i)]).transpose();
  return V;
}

/// Figures of R 4.2.2 prcomp, printed with 15 digits.
void check_prcomp(const Mat& X, const Json& expected, bool standardize) {
  const Vec eigenvalues = vector(expected["sdev"]).cwiseAbs2();
  for (const PcaSolver solver : every_solver) {
    const stats::Pca pca = stats::fit_pca(X, {.standardize = standardize, .solver = solver});
    INFO("solver " << to_string(solver));
    const Index k = eigenvalues.size();
    CHECK(test::largest_difference(pca.eigenvalues.head(k), eigenvalues) <= 1e-13 * eigenvalues[0]);
    if (!expected.contains("rotation_columns_are_components")) continue;
    const Mat V = rotation(expected["rotation_columns_are_components"], X.cols());
    CHECK(test::largest_difference(pca.components, V) <= 1e-11);
    CHECK(test::largest_difference(pca.mean, vector(expected["center"])) <=
          1e-12 * pca.mean.cwiseAbs().maxCoeff());
    if (standardize)
      CHECK(test::largest_difference(pca.scale, vector(expected["scale"])) <=
            1e-13 * pca.scale.maxCoeff());
  }
}

}  // namespace

TEST_CASE("pca: every solver agrees with R's prcomp", "[stats][reference]") {
  REQUIRE_REFERENCE_DATA(data);
  const auto tables = data / "tabular";
  const Json expected = Json::parse(std::ifstream(tables / "expected_R.json"));
  check_prcomp(read_columns(tables / "iris.csv", true, 1, 4), expected["iris_pca_cov"], false);
  check_prcomp(read_columns(tables / "iris.csv", true, 1, 4), expected["iris_pca_cor"], true);
  check_prcomp(read_columns(tables / "USArrests.csv", true, 1, 4), expected["USArrests_pca_cor"],
               true);
  check_prcomp(read_columns(tables / "mtcars.csv", true, 1, 11), expected["mtcars_pca_cor"], true);
  check_prcomp(read_columns(tables / "digits_optdigits.csv", false, 0, 64),
               expected["digits_pca_cov_first10"], false);
}

/// R 4.2.2: prcomp(iris[1:4]) and prcomp(iris[1:4], scale. = TRUE), printed with 15 digits; in each
/// rotation the largest entry of a component was made positive.
struct Prcomp {
  bool standardize;
  double sdev[4], rotation[4][4];
};

constexpr Prcomp iris_by_r[] = {
    {false,
     {2.05626887980022, 0.492616227837282, 0.279659614608401, 0.154386181290456},
     {{0.361386591785369, 0.656588771286842, -0.582029851306065, 0.315487192903976},
      {-0.0845225140645687, 0.730161434785027, 0.597910830100085, -0.319723103666129},
      {0.856670605949835, -0.173372662795857, 0.0762360758209632, -0.479838986994635},
      {0.358289197151551, -0.0754810199174635, 0.545831432020075, 0.753657425264046}}},
    {true,
     {1.70836114932762, 0.956049408486858, 0.38308860015839, 0.143926496617611},
     {{0.52106591467012, 0.377417615564567, 0.719566352700817, -0.261286279952453},
      {-0.269347442505943, 0.923295659540715, -0.244381779514399, 0.123509619585519},
      {0.580413095796295, 0.0244916090855861, -0.142126369333904, 0.801449246335988},
      {0.564856535779361, 0.0669419869680586, -0.634272737110923, -0.523597134566191}}}};

TEST_CASE("pca: Fisher's iris, by R's prcomp and every solver", "[stats][reference]") {
  const Mat X = read_columns(MATHTOOL_SOURCE_DIR "/examples/iris.csv", true, 0, 4);
  for (const Prcomp& expected : iris_by_r)
    for (const PcaSolver solver : every_solver) {
      const stats::Pca pca =
          stats::fit_pca(X, {.standardize = expected.standardize, .solver = solver});
      for (Index k = 0; k < 4; ++k) {
        CHECK_NEAR(std::sqrt(pca.eigenvalues[k]), expected.sdev[k], 1e-14);
        for (Index j = 0; j < 4; ++j)
          CHECK_NEAR(pca.components(j, k), expected.rotation[j][k], 2e-14);
      }
    }
}
