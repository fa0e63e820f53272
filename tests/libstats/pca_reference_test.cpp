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
using Json = nlohmann::json;

namespace {

constexpr PcaSolver solvers[] = {PcaSolver::automatic, PcaSolver::covariance, PcaSolver::svd,
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
  for (const PcaSolver solver : solvers) {
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

TEST_CASE("pca: Fisher's iris, as published", "[stats][reference]") {
  // Shares of the components: R 4.2.2, summary(prcomp(iris[1:4])).
  const Mat X = read_columns(MATHTOOL_SOURCE_DIR "/examples/iris.csv", true, 0, 4);
  const Vec ratio = stats::fit_pca(X).explained_ratio();
  const double published[] = {0.9246, 0.05307, 0.01710, 0.00521};
  for (Index k = 0; k < 4; ++k) CHECK_NEAR(ratio[k], published[k], 5e-5);
}
