#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>

#include "mathtool/math/calculus/polynomial_roots.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"
#include "support/vectors.hpp"

using namespace mathtool;
using namespace mathtool::math;
using test::vec;

namespace {

/// The table with its long integers as texts, which the reader of JSON would round to doubles.
nlohmann::json exact_table(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  text = std::regex_replace(text, std::regex(R"((\n\s*)(-?\d{16,})(?=,?\n))"), "$1\"$2\"");
  return nlohmann::json::parse(text);
}

DoubleDouble exact(const nlohmann::json& number) {
  if (number.is_number()) return {number.get<double>(), 0.0};
  const auto digits = number.get<std::string>();
  DoubleDouble value;
  for (const char c : digits)
    if (c != '-') value = value * 10.0 + static_cast<double>(c - '0');
  return digits[0] == '-' ? -value : value;
}

}  // namespace

TEST_CASE("polynomial roots: the reference roots to the last digit, Wilkinson's among them") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = exact_table(data / "calculus" / "roots.json");
  for (const auto& entry : file.at("polynomials")) {
    INFO(entry.at("name").get<std::string>());
    std::vector<DoubleDouble> coefficients;
    for (const auto& number : entry.at("coefficients_high_to_low"))
      coefficients.push_back(exact(number));
    const PolynomialRoots found = polynomial_roots(std::span<const DoubleDouble>(coefficients));
    CHECK(found.status == Status::converged);
    const auto& expected = entry.at("roots");
    REQUIRE(found.roots.size() == expected.size());
    for (const auto& root : expected) {
      const std::complex<double> z{std::stod(root[0].get<std::string>()),
                                   std::stod(root[1].get<std::string>())};
      const auto near = std::min_element(found.roots.begin(), found.roots.end(),
                                         [&](const auto& p, const auto& q) {
                                           return std::abs(p.value - z) < std::abs(q.value - z);
                                         });
      INFO("expected " << z.real() << " + " << z.imag() << "i, error "
                       << std::abs(near->value - z));
      CHECK(std::abs(near->value - z) <= near->error + test::ulps(0.75, std::abs(z)));
      CHECK(near->error <= test::ulps(1, std::abs(z)));
      CHECK((near->value.imag() == 0) == (z.imag() == 0));
    }
  }
}

TEST_CASE("polynomial roots: multiple roots are exact, with their multiplicity") {
  // (x − 1)² (x + 2)³ (x² + 1)², multiplied out by hand.
  const PolynomialRoots found = polynomial_roots(vec({1, 4, 3, -2, -1, -8, -7, 6, -4, 8}));
  CHECK(found.status == Status::converged);
  REQUIRE(found.roots.size() == 4);
  const std::complex<double> places[] = {-2.0, {0, -1}, {0, 1}, 1.0};
  const int multiplicities[] = {3, 2, 2, 2};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(found.roots[i].value == places[i]);
    CHECK(found.roots[i].multiplicity == multiplicities[i]);
  }
  const PolynomialRoots cube = polynomial_roots(vec({1, -3, 3, -1}));
  REQUIRE(cube.roots.size() == 1);
  CHECK(cube.roots[0].value == 1.0);
  CHECK(cube.roots[0].multiplicity == 3);
}

TEST_CASE("polynomial roots: constants, leading and trailing zeros") {
  CHECK(polynomial_roots(vec({5})).roots.empty());
  CHECK(polynomial_roots(vec({0, 0, 5})).status == Status::converged);
  const PolynomialRoots found = polynomial_roots(vec({0, 0, 1, -1, 0, 0}));
  REQUIRE(found.roots.size() == 2);
  CHECK(found.roots[0].value == 0.0);
  CHECK(found.roots[0].multiplicity == 2);
  CHECK(found.roots[1].value == 1.0);
  CHECK_THROWS_AS(polynomial_roots(vec({0, 0})), DomainError);
  CHECK_THROWS_AS(polynomial_roots(Vec()), DomainError);
  CHECK_THROWS_AS(polynomial_roots(vec({1, std::nan("")})), DomainError);
  CHECK_THROWS_AS(polynomial_roots(Vec::Ones(1002)), DomainError);
}

TEST_CASE("polynomial roots: huge and tiny coefficients") {
  const PolynomialRoots wide = polynomial_roots(vec({1e-300, 1, 1e-300}));
  REQUIRE(wide.roots.size() == 2);
  CHECK_NEAR(wide.roots[0].value.real(), -1e300, 2e284);
  CHECK_NEAR(wide.roots[1].value.real(), -1e-300, 2e-316);
  const PolynomialRoots far = polynomial_roots(vec({1e-200, 0, -1e200}));
  CHECK_NEAR(far.roots[1].value.real(), 1e200, 2e184);
  CHECK(polynomial_roots(vec({1e-300, -1e300})).status == Status::not_finite);
}

TEST_CASE("polynomial roots: roots that differ in the 16th digit are told apart") {
  // Mignotte's polynomial x²⁰ − 2 (1000 x − 1)²: two roots near 1/1000, 1e-28 apart.
  Vec c = Vec::Zero(21);
  c[0] = 1, c[18] = -2e6, c[19] = 4e3, c[20] = -2;
  const PolynomialRoots found = polynomial_roots(c);
  CHECK(found.status == Status::converged);
  CHECK(found.roots.size() == 20);
  CHECK(std::count_if(found.roots.begin(), found.roots.end(), [](const PolynomialRoot& root) {
          return std::abs(root.value - 0.001) < 1e-18 && root.multiplicity == 1;
        }) == 2);
}

TEST_CASE("polynomial roots: integer roots come back with their multiplicities") {
  CHECK(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 9);
    auto zeros = *rc::gen::container<std::vector<int>>(count, rc::gen::inRange(-9, 10));
    std::vector<double> c{1};  // highest power first, all below 2⁵³
    for (const int zero : zeros) {
      c.push_back(0);
      for (std::size_t k = c.size() - 1; k > 0; --k) c[k] -= zero * c[k - 1];
    }
    const PolynomialRoots found =
        polynomial_roots(Eigen::Map<const Vec>(c.data(), static_cast<Index>(c.size())));
    RC_ASSERT(found.status == Status::converged);
    std::sort(zeros.begin(), zeros.end());
    std::vector<int> computed;
    for (const PolynomialRoot& root : found.roots) {
      RC_ASSERT(root.value.imag() == 0);
      for (int i = 0; i < root.multiplicity; ++i)
        computed.push_back(static_cast<int>(root.value.real()));
      RC_ASSERT(root.value.real() == std::round(root.value.real()));
    }
    RC_ASSERT(computed == zeros);
  }));
}

TEST_CASE("polynomial roots: the product over all roots is the last coefficient") {
  CHECK(rc::check([] {
    const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-50, 50));
    Vec c = Vec::Ones(static_cast<Index>(numbers.size()) + 1);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      c[static_cast<Index>(i) + 1] = numbers[i] + 0.25;
    const PolynomialRoots found = polynomial_roots(c);
    RC_ASSERT(found.status == Status::converged);
    std::complex<double> product = 1;
    Index count = 0;
    for (const PolynomialRoot& root : found.roots) {
      count += root.multiplicity;
      for (int i = 0; i < root.multiplicity; ++i) product *= -root.value;
    }
    RC_ASSERT(count == c.size() - 1);
    const double last = c[c.size() - 1];
    RC_ASSERT(std::abs(product - last) <= 1e-13 * static_cast<double>(c.size()) * std::abs(last));
  }));
}
