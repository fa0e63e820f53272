#include "mathtool/opt/constraints/second_order.hpp"

#include <cmath>

#include "constrained_problem.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/difference_objective.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using opt::SecondOrder;

namespace {

SecondOrder at_point(const std::string& f, const Vec& x) {
  test::FormulaProblem problem({"x", "y"}, f);
  return opt::second_order(problem->f, x).kind;
}

}  // namespace

TEST_CASE("second order: quadratic forms without constraints", "[opt]") {
  CHECK(at_point("x^2 + y^2", Vec::Zero(2)) == SecondOrder::minimum);
  CHECK(at_point("-x^2 - 3*y^2", Vec::Zero(2)) == SecondOrder::maximum);
  CHECK(at_point("x*y", Vec::Zero(2)) == SecondOrder::saddle);
  CHECK(at_point("x^2", Vec::Zero(2)) == SecondOrder::undetermined);
  CHECK(at_point("x^2 + y^4", Vec::Zero(2)) == SecondOrder::undetermined);
}

TEST_CASE("second order: a curvature that the distance to the solution explains is none", "[opt]") {
  // x³ has no minimum, however small its slope 3 · 10⁻¹⁰ at 10⁻⁵ is; values tell what it is.
  CHECK(at_point("x^3 + y^2", Vec{{1e-5, 0}}) == SecondOrder::saddle);
  CHECK(at_point("x^4 + y^2", Vec{{1e-3, 0}}) == SecondOrder::undetermined);
  CHECK(at_point("-x^4 - y^4", Vec::Zero(2)) == SecondOrder::maximum);
  CHECK(at_point("x^2 - y^4", Vec::Zero(2)) == SecondOrder::saddle);
  // A small curvature by itself is no reason for doubt.
  CHECK(at_point("1e-5*x^2 + y^2", Vec::Zero(2)) == SecondOrder::minimum);
}

TEST_CASE("second order: beside a cusp f must fall where the curvature says so", "[opt]") {
  // √|x| at 10⁻¹⁶⁰ has the curvature −2.5 · 10²³⁹, and f is higher all around.
  CHECK(at_point("sqrt(abs(x)) + y^2", Vec{{1e-160, 0}}) == SecondOrder::undetermined);
}

TEST_CASE("second order: only directions that the constraints leave free count", "[opt]") {
  const Mat H = (Mat(2, 2) << 0, 1, 1, 0).finished();  // x y
  const Mat sum = (Mat(1, 2) << 1, 1).finished(), difference = (Mat(1, 2) << 1, -1).finished();
  const opt::SecondOrderVerdict along = opt::second_order(H, {.equalities = sum});
  CHECK(along.kind == SecondOrder::maximum);
  CHECK_NEAR(along.curvatures[0], -1.0, 1e-14);
  CHECK(opt::second_order(H, {.equalities = difference}).kind == SecondOrder::minimum);
  CHECK(opt::second_order(H, {.equalities = Mat::Identity(2, 2)}).kind == SecondOrder::minimum);
}

TEST_CASE("second order: the sign of a multiplier decides where f leads inwards", "[opt]") {
  const Mat H = -Mat::Identity(2, 2), row = (Mat(1, 2) << 1, 0).finished();
  CHECK(opt::second_order(H, {.strict = row, .signs = Vec{{1}}}).kind == SecondOrder::saddle);
  CHECK(opt::second_order(H, {.strict = row, .signs = Vec{{-1}}}).kind == SecondOrder::maximum);
  CHECK(opt::second_order(-H, {.strict = row, .signs = Vec{{1}}}).kind == SecondOrder::minimum);
  CHECK(opt::second_order(H, {.strict = Mat::Identity(2, 2), .signs = Vec{{1, 2}}}).kind ==
        SecondOrder::minimum);  // a vertex
}

TEST_CASE("second order: constraints that are active with multiplier 0", "[opt]") {
  // y² − x² with x ≤ 0: f falls inwards.
  const Mat H = (Mat(2, 2) << -2, 0, 0, 2).finished();
  const opt::SecondOrderVerdict inwards =
      opt::second_order(H, {.weak = (Mat(1, 2) << 1, 0).finished()});
  CHECK(inwards.kind == SecondOrder::saddle);
  REQUIRE(inwards.descent.size() == 2);
  CHECK(inwards.descent[0] < 0);
  // x = 0 allowed only: −x ≤ 0 and x ≤ 0 leave y alone, but that takes more than eigenvectors.
  const opt::SecondOrderVerdict both =
      opt::second_order(H, {.weak = (Mat(2, 2) << 1, 0, -1, 0).finished()});
  CHECK(both.kind == SecondOrder::undetermined);
  CHECK_THAT(both.reason, ContainsSubstring("multiplier 0"));
}

TEST_CASE("second order: in a box, and by differences", "[opt]") {
  test::FormulaProblem problem({"x", "y"}, "x - y^2");
  const opt::Box box{.low = Vec{{0, -1}}, .high = Vec{{1, 1}}};
  CHECK(opt::second_order(problem->f, Vec{{0, 1}}, box).kind == SecondOrder::minimum);
  CHECK(opt::second_order(problem->f, Vec{{0, 0}}, box).kind == SecondOrder::saddle);
  auto f = opt::by_differences([](const Vec& x) { return x[0] * x[0] - x[1] * x[1]; });
  CHECK(opt::second_order(f, Vec::Zero(2)).kind == SecondOrder::saddle);
}

TEST_CASE("second order: broken preconditions are named", "[opt]") {
  CHECK_THROWS_AS(opt::second_order(Mat::Zero(2, 3)), DimensionError);
  CHECK_THROWS_AS(opt::second_order(Mat::Constant(1, 1, NAN)), DomainError);
  CHECK_THROWS_AS(opt::second_order(Mat::Zero(2, 2), {.equalities = Mat::Zero(1, 3)}),
                  DimensionError);
  CHECK(opt::second_order(Mat::Zero(2, 2)).kind == SecondOrder::undetermined);
}
