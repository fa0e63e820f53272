// The linear problems of NIST's Statistical Reference Datasets and what NIST certifies of them.

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "support/filip.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using math::DesignTerm;
using math::LeastSquaresFit;

namespace {

/// −log₁₀ of the relative error, of the absolute error where 0 is right; at most 15.5.
double correct_digits(double computed, double certified) {
  const double error = std::abs(computed - certified);
  if (error == 0) return 15.5;
  return std::min(15.5, -std::log10(certified == 0 ? error : error / std::abs(certified)));
}

void check_digits(const Vec& computed, const std::vector<double>& certified, double digits) {
  REQUIRE(computed.size() == std::ssize(certified));
  for (Index j = 0; j < computed.size(); ++j) {
    const double expected = certified[static_cast<std::size_t>(j)];
    INFO("entry " << j << ": computed " << computed[j] << ", certified " << expected);
    CHECK(correct_digits(computed[j], expected) >= digits);
  }
}

/// The polynomials of Wampler, Journal of the American Statistical Association 65 (1970), 549-565:
/// x = 0, ..., 20, y = Σ xᵏ plus a multiple of a pattern that is orthogonal to them.
struct Wampler {
  explicit Wampler(double disturbance) : x(21), y(21) {
    constexpr std::array pattern = {759.0,   -2048.0, 2048.0,  -2048.0, 2523.0,  -2048.0, 2048.0,
                                    -2048.0, 1838.0,  -2048.0, 2048.0,  -2048.0, 1838.0,  -2048.0,
                                    2048.0,  -2048.0, 2523.0,  -2048.0, 2048.0,  -2048.0, 759.0};
    for (Index i = 0; i < 21; ++i) {
      x[i] = static_cast<double>(i);
      y[i] = 1 + x[i] * (1 + x[i] * (1 + x[i] * (1 + x[i] * (1 + x[i]))));
      y[i] += disturbance * pattern[static_cast<std::size_t>(i)];
    }
  }
  Vec x, y;
};

std::vector<DesignTerm> powers_up_to(int degree) {
  std::vector<DesignTerm> terms;
  for (int power = 0; power <= degree; ++power)
    terms.emplace_back(static_cast<std::size_t>(power), Index{0});
  return terms;
}

/// The table behind the 60 lines of header of a NIST file.
Mat nist_table(const std::filesystem::path& data, const std::string& name, Index columns) {
  std::ifstream file(data / "nist/linear" / (name + ".dat"));
  std::string line;
  std::vector<double> numbers;
  for (int number = 1; std::getline(file, line); ++number) {
    std::istringstream cells(line);
    for (double cell; number > 60 && cells >> cell;) numbers.push_back(cell);
  }
  REQUIRE(std::ssize(numbers) % columns == 0);
  return Eigen::Map<RowMat>(numbers.data(), std::ssize(numbers) / columns, columns);
}

}  // namespace

TEST_CASE("least squares: Filip's polynomial of degree 10 keeps 13 digits", "[math]") {
  Vec x(82), y(82);
  for (Index i = 0; i < 82; ++i) {
    y[i] = test::filip[i][0];
    x[i] = test::filip[i][1];
  }
  // Certified by NIST to 15 digits.
  const std::vector<double> estimates = {
      -1467.48961422980,   -2772.17959193342,    -2316.37108160893,     -1127.97394098372,
      -354.478233703349,   -75.1242017393757,    -10.8753180355343,     -1.06221498588947,
      -0.0670191154593408, -0.00246781078275479, -0.0000402962525080404};
  const std::vector<double> deviations = {
      298.084530995537,   559.779865474950,     466.477572127796,      227.204274477751,
      71.6478660875927,   15.2897178747400,     2.23691159816033,      0.221624321934227,
      0.0142363763154724, 0.000535617408889821, 0.00000896632837373868};
  const LeastSquaresFit centred = math::polynomial_least_squares(x, y, 10);
  CHECK(centred.status == Status::converged);
  check_digits(centred.coefficients, estimates, 13);
  check_digits(centred.standard_errors, deviations, 13);
  CHECK(correct_digits(centred.residual_deviation, 0.00334801051324544) >= 13);
  CHECK(centred.degrees_of_freedom == 71);

  const LeastSquaresFit direct = math::least_squares(x, powers_up_to(10), y);
  CHECK(direct.status == Status::converged);
  check_digits(direct.coefficients, estimates, 13);
  check_digits(direct.standard_errors, deviations, 13);
}

TEST_CASE("least squares: Wampler's polynomials, undisturbed and disturbed", "[math]") {
  // Certified standard errors of Wampler3; those of 4 and 5 are 100 and 10 000 times as large.
  const std::vector<double> deviations = {2152.32624678170, 2363.55173469681, 779.343524331583,
                                          101.475507550350, 5.64566512170752, 0.112324854679312};
  for (const double disturbance : {0.0, 1.0, 100.0, 10'000.0}) {
    INFO("disturbance " << disturbance);
    const Wampler data(disturbance);
    for (const LeastSquaresFit& fit : {math::polynomial_least_squares(data.x, data.y, 5),
                                       math::least_squares(data.x, powers_up_to(5), data.y)}) {
      CHECK(fit.status == Status::converged);
      check_digits(fit.coefficients, std::vector<double>(6, 1.0), 14);
      std::vector<double> expected = deviations;
      for (double& deviation : expected) deviation *= disturbance;
      check_digits(fit.standard_errors, expected, 13);
    }
  }
}

TEST_CASE("least squares: Longley, Norris, Pontius and NoInt1 as NIST certifies them", "[math]") {
  REQUIRE_REFERENCE_DATA(data);
  Mat longley = nist_table(data, "Longley", 7);
  const Vec employed = longley.col(0);
  longley.col(0).setOnes();
  const LeastSquaresFit fit = math::least_squares(longley, employed);
  check_digits(fit.coefficients,
               {-3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683,
                -1.03322686717359, -0.511041056535807e-1, 1829.15146461355},
               13);
  check_digits(fit.standard_errors,
               {890420.383607373, 84.9149257747669, 0.334910077722432e-1, 0.488399681651699,
                0.214274163161675, 0.226073200069370, 455.478499142212},
               13);
  CHECK(correct_digits(fit.residual_sum_of_squares, 836424.055505915) >= 13);

  const Mat norris = nist_table(data, "Norris", 2);
  // Of 0.1 and other decimals a double keeps so much that 14.0 digits are the limit.
  check_digits(math::polynomial_least_squares(norris.col(1), norris.col(0), 1).coefficients,
               {-0.262323073774029, 1.00211681802045}, 13);
  const Mat pontius = nist_table(data, "Pontius", 2);
  check_digits(math::polynomial_least_squares(pontius.col(1), pontius.col(0), 2).coefficients,
               {0.673565789473684e-3, 0.732059160401003e-6, -0.316081871345029e-14}, 13);
  const Mat no_intercept = nist_table(data, "NoInt1", 2);
  const LeastSquaresFit slope = math::least_squares(no_intercept.rightCols(1), no_intercept.col(0));
  check_digits(slope.coefficients, {2.07438016528926}, 14);
  check_digits(slope.standard_errors, {0.0165289256198347}, 14);
}
