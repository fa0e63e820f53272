#include <rapidcheck.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "mathtool/math/error.hpp"
#include "mathtool/math/interpolation/barycentric.hpp"
#include "mathtool/math/interpolation/cubic_spline.hpp"
#include "mathtool/math/interpolation/pchip.hpp"
#include "support/catch.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"
#include "support/vectors.hpp"

using namespace mathtool;
using namespace mathtool::math;
using test::vec;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const Vec knots = vec({0, 1, 2.5, 3, 4.2});
const Vec heights = vec({1, 3, 2, -1, 0.5});
const double at[] = {0.3, 1.7, 2.9, 4.0};

template <class Function>
void check_values(const Function& s, const double (&expected)[4]) {
  for (int i = 0; i < 4; ++i) CHECK_NEAR(s(at[i]), expected[i], 1e-14);
}

/// n ascending nodes and values at them, all from the seed.
struct Points {
  Vec nodes, values;
  Points(Index n, std::uint64_t seed) : nodes(n), values(n) {
    const Mat random = test::random_matrix(n, 2, seed);
    double sum = 0;
    for (Index i = 0; i < n; ++i) {
      sum += 1.1 + random(i, 0);
      nodes[i] = sum;
      values[i] = random(i, 1);
    }
  }
};

}  // namespace

// SciPy 1.10.1: CubicSpline(x, y, bc_type=...), PchipInterpolator(x, y), BarycentricInterpolator.
TEST_CASE("cubic spline: values, slopes and integrals are those of SciPy") {
  const PiecewiseCubic free = cubic_spline(knots, heights);
  check_values(free,
               {1.491961070436758, 3.814868097281831, -0.3766242531347298, -1.721964150467055});
  CHECK_NEAR(free.derivative(1.7), -0.035349743330808314, 1e-13);
  CHECK_NEAR(free.derivative(1.7, 2), -4.433170074896912, 1e-13);
  CHECK_NEAR(free.integral(0.4, 3.9), 4.3824685993295756, 1e-13);
  CHECK(free.integral(3.9, 0.4) == -free.integral(0.4, 3.9));

  check_values(cubic_spline(knots, heights, {.end = SplineEnd::natural}),
               {1.6136846446700506, 3.8992874600488814, -0.4932707275803717, -0.30281772889640934});
  check_values(cubic_spline(knots, heights,
                            {.end = SplineEnd::clamped, .first_slope = 0.5, .last_slope = -2}),
               {1.350625, 4.092, -0.568666666666666, 0.5729166666666661});
  check_values(cubic_spline(knots, vec({1, 3, 2, -1, 1}), {.end = SplineEnd::periodic}),
               {1.817416495691424, 3.842655359503943, -0.5157280809738743, 0.28167601331327186});
}

TEST_CASE("cubic spline: two points give a line and three a parabola") {
  const PiecewiseCubic line = cubic_spline(vec({1, 3}), vec({2, 6}));
  CHECK_NEAR(line(1.5), 3.0, 1e-15);
  CHECK_NEAR(line.derivative(2.5), 2.0, 1e-15);
  const PiecewiseCubic parabola = cubic_spline(vec({-1, 0, 2}), vec({1, 0, 4}));
  CHECK_NEAR(parabola(1.5), 2.25, 1e-14);
  CHECK_NEAR(parabola.derivative(-0.5, 2), 2.0, 1e-14);
  CHECK_NEAR(cubic_spline(vec({0, 1}), vec({0, 1}), {.end = SplineEnd::natural})(0.25), 0.25,
             1e-15);
  // The cubic with s(0) = 0, s(1) = 1 and flat ends is 3x² − 2x³.
  CHECK_NEAR(cubic_spline(vec({0, 1}), vec({0, 1}), {.end = SplineEnd::clamped})(0.25), 0.15625,
             1e-15);
}

TEST_CASE("cubic spline: not-a-knot reproduces any cubic") {
  CHECK(rc::check([] {
    const Points points(*rc::gen::inRange<Index>(4, 12), *rc::gen::arbitrary<std::uint64_t>());
    const Vec c = points.values.head(4);
    const auto cubic = [&](double t) { return c[0] + t * (c[1] + t * (c[2] + t * c[3])); };
    const PiecewiseCubic s = cubic_spline(points.nodes, points.nodes.unaryExpr(cubic));
    const double last = points.nodes[points.nodes.size() - 1];
    const double scale = std::abs(c[3]) * last * last * last + 10;
    for (Index i = 0; i + 1 < points.nodes.size(); ++i) {
      const double middle = points.nodes[i] / 2 + points.nodes[i + 1] / 2;
      RC_ASSERT(std::abs(s(middle) - cubic(middle)) <= 1e-11 * scale);
    }
  }));
}

TEST_CASE("cubic spline: the first two derivatives are continuous at every node") {
  CHECK(rc::check([] {
    const Points points(*rc::gen::inRange<Index>(5, 15), *rc::gen::arbitrary<std::uint64_t>());
    Vec values = points.values;
    values[values.size() - 1] = values[0];
    const auto end = *rc::gen::element(SplineEnd::not_a_knot, SplineEnd::natural,
                                       SplineEnd::clamped, SplineEnd::periodic);
    const PiecewiseCubic s = cubic_spline(points.nodes, values, {.end = end});
    const double scale = 1 + s.coefficients().cwiseAbs().maxCoeff();
    for (Index i = 1; i + 1 < points.nodes.size(); ++i)
      for (const int order : {0, 1, 2}) {
        const double node = points.nodes[i];
        const double before = s.derivative(std::nextafter(node, 0.0), order);
        RC_ASSERT(std::abs(s.derivative(node, order) - before) <= 1e-11 * scale);
      }
  }));
}

TEST_CASE("pchip: values, slopes and integrals are those of SciPy") {
  const PiecewiseCubic p = pchip(knots, heights);
  check_values(p, {1.8828, 2.7911566951566953, -0.7101538461538452, -0.13194444444444486});
  CHECK_NEAR(p.derivative(1.7), -0.6078632478632477, 1e-14);
  CHECK_NEAR(p.integral(0.4, 3.9), 5.092192043269229, 1e-14);

  const PiecewiseCubic flat = pchip(knots, vec({0, 1, 1, 4, 4.5}));
  check_values(flat, {0.4218, 1.0, 3.6313661075766333, 4.487543645438382});
  CHECK(flat.derivative(1.0) == 0.0);
}

TEST_CASE("pchip: between two nodes the values stay between those of the nodes") {
  CHECK(rc::check([] {
    const Points points(*rc::gen::inRange<Index>(2, 15), *rc::gen::arbitrary<std::uint64_t>());
    const PiecewiseCubic p = pchip(points.nodes, points.values);
    for (Index i = 0; i + 1 < points.nodes.size(); ++i) {
      const auto [low, high] = std::minmax({points.values[i], points.values[i + 1]});
      for (const double share : {0.1, 0.37, 0.5, 0.93}) {
        const double value = p(points.nodes[i] + share * (points.nodes[i + 1] - points.nodes[i]));
        RC_ASSERT(low - 1e-14 <= value && value <= high + 1e-14);
      }
    }
  }));
}

TEST_CASE("interpolation: outside of the nodes a piecewise cubic is NaN") {
  const PiecewiseCubic s = cubic_spline(knots, heights);
  CHECK(std::isnan(s(-1e-9)));
  CHECK(std::isnan(s(4.2000001)));
  CHECK(std::isnan(s(missing)));
  CHECK(std::isnan(s.integral(-1, 2)));
  CHECK(s(0) == 1.0);
  CHECK_NEAR(s(4.2), 0.5, 1e-14);
}

TEST_CASE("interpolation: hostile points are refused with their place") {
  CHECK_THROWS_WITH(cubic_spline(vec({0, 2, 1}), vec({0, 0, 0})),
                    "cubic_spline: nodes must ascend, but node 2 is 2 and node 3 is 1; sort and "
                    "drop repetitions");
  CHECK_THROWS_AS(pchip(vec({0, 1, 1}), vec({0, 0, 0})), DomainError);
  CHECK_THROWS_WITH(pchip(vec({0, 1}), vec({0, missing})),
                    ContainsSubstring("point 2 is (1, nan)"));
  CHECK_THROWS_AS(cubic_spline(vec({1}), vec({1})), DimensionError);
  CHECK_THROWS_AS(cubic_spline(vec({1, 2}), vec({1})), DimensionError);
  CHECK_THROWS_AS(cubic_spline(vec({1, 2}), vec({1, 1}), {.end = SplineEnd::periodic}),
                  DimensionError);
  CHECK_THROWS_WITH(cubic_spline(knots, heights, {.end = SplineEnd::periodic}),
                    ContainsSubstring("equal first and last values, got 1 and 0.5"));
  CHECK_THROWS_AS(hermite_interpolant(vec({1, 2}), vec({1, 1}), vec({1})), DimensionError);
  CHECK_THROWS_WITH(BarycentricInterpolant(vec({0, 1, 0}), vec({1, 2, 3})),
                    "BarycentricInterpolant: nodes 1 and 3 are both 0");
  CHECK_THROWS_AS(BarycentricInterpolant(Vec(), Vec()), DimensionError);
  CHECK_THROWS_AS(chebyshev_interpolant([](double) { return missing; }, 0, 1, 5), DomainError);
  CHECK_THROWS_AS(chebyshev_interpolant([](double t) { return t; }, 1, 0, 5), DomainError);
}

TEST_CASE("barycentric: the polynomial of SciPy, and its nodes exactly") {
  const BarycentricInterpolant p(knots, heights);
  check_values(p,
               {0.7758819852941179, 4.4338194444444445, -0.39445355975723556, -1.8311974789915995});
  for (Index i = 0; i < knots.size(); ++i) CHECK(p(knots[i]) == heights[i]);
  CHECK_NEAR(BarycentricInterpolant(vec({3}), vec({7}))(100.0), 7.0, 1e-15);
}

TEST_CASE("barycentric: Chebyshev interpolants of smooth functions are exact to rounding") {
  const auto f = [](double t) { return std::exp(std::sin(3 * t)); };
  const BarycentricInterpolant p = chebyshev_interpolant(f, -1, 2, 120);
  const BarycentricInterpolant slope = p.derivative();
  double error = 0, slope_error = 0;
  for (double t = -1; t <= 2; t += 0.001) {
    error = std::max(error, std::abs(p(t) - f(t)));
    slope_error = std::max(slope_error, std::abs(slope(t) - 3 * std::cos(3 * t) * f(t)));
  }
  INFO("error " << error << ", of the derivative " << slope_error);
  CHECK(error <= 4e-14);
  CHECK(slope_error <= 1e-10);
}

TEST_CASE("barycentric: a thousand Chebyshev nodes neither overflow nor lose digits") {
  const auto f = [](double t) { return std::cos(40 * t); };
  const BarycentricInterpolant known = chebyshev_interpolant(f, -1, 1, 1000);
  const BarycentricInterpolant computed(known.nodes(), known.values());
  for (const double t : {-0.999, -0.3, 0.123, 0.77}) {
    CHECK_NEAR(known(t), f(t), 1e-13);
    CHECK_NEAR(computed(t), f(t), 1e-11);
  }
}
