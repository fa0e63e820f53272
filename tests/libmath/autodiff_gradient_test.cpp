#include <array>
#include <cmath>
#include <thread>
#include <vector>

#include "mathtool/math/autodiff/gradient.hpp"
#include "mathtool/math/autodiff/hessian.hpp"
#include "mathtool/math/autodiff/jacobian.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

namespace {

/// Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)²
const auto rosenbrock = [](const auto& x) {
  auto sum = 0 * x[0];
  for (Index i = 1; i < x.size(); ++i) {
    const auto bend = x[i] - x[i - 1] * x[i - 1], rest = 1 - x[i - 1];
    sum += 100 * bend * bend + rest * rest;
  }
  return sum;
};

Vec rosenbrock_gradient(const Vec& x) {
  Vec slope = Vec::Zero(x.size());
  for (Index i = 1; i < x.size(); ++i) {
    const double bend = x[i] - x[i - 1] * x[i - 1];
    slope[i] += 200 * bend;
    slope[i - 1] -= 400 * bend * x[i - 1] + 2 * (1 - x[i - 1]);
  }
  return slope;
}

Mat rosenbrock_hessian(const Vec& x) {
  Mat H = Mat::Zero(x.size(), x.size());
  for (Index i = 1; i < x.size(); ++i) {
    H(i, i) += 200;
    H(i - 1, i - 1) += 1200 * x[i - 1] * x[i - 1] - 400 * x[i] + 2;
    H(i, i - 1) = H(i - 1, i) = -400 * x[i - 1];
  }
  return H;
}

}  // namespace

TEST_CASE("gradient: Rosenbrock's by hand, forward for few variables and backwards for many") {
  for (const Index n : {2, 3, 4, 5, 8, 13, 100, 1000}) {
    const Vec x = Vec::LinSpaced(n, -1.2, 1.4), exact = rosenbrock_gradient(x);
    INFO(n << " variables");
    CHECK(largest_difference(gradient(rosenbrock, x), exact) <=
          ulps(8, exact.cwiseAbs().maxCoeff()));

    Tape<> tape;
    Vec slope(n);
    CHECK(value_and_gradient(rosenbrock, x, slope, tape) == rosenbrock(x));
    CHECK(slope == gradient(rosenbrock, x));
    CHECK(detail::reverse_gradient(rosenbrock, x, slope, tape) == rosenbrock(x));
    CHECK(largest_difference(slope, exact) <= ulps(8, exact.cwiseAbs().maxCoeff()));
    CHECK_NEAR(directional(rosenbrock, x, exact), exact.squaredNorm(),
               relative(1e-14, exact.squaredNorm()));
  }
}

TEST_CASE("Hessian: Rosenbrock's by hand, whole and times a vector") {
  for (const Index n : {2, 5, 9, 30}) {
    const Vec x = Vec::LinSpaced(n, -1.2, 1.4), v = Vec::LinSpaced(n, 2, -3);
    const Mat exact = rosenbrock_hessian(x), H = hessian(rosenbrock, x);
    INFO(n << " variables");
    CHECK(largest_difference(H, exact) <= ulps(8, exact.cwiseAbs().maxCoeff()));
    CHECK(H == H.transpose());
    CHECK(largest_difference(hessian_vector(rosenbrock, x, v), exact * v) <= 1e-12 * exact.norm());
  }
}

TEST_CASE("Hessian: mixed derivatives of a power in base and exponent") {
  // f = a^b: f_ab = a^(b-1) (1 + b log a); at b = 0 it is 1/a.
  const auto power = [](const auto& x) {
    using std::pow;
    return pow(x[0], x[1]);
  };
  const Mat at_zero = hessian(power, Vec{{2.0, 0.0}});
  CHECK(at_zero(0, 1) == 0.5);
  CHECK(at_zero(0, 0) == 0);
  CHECK_NEAR(at_zero(1, 1), std::log(2.0) * std::log(2.0), ulps(4, 0.5));
  const Mat H = hessian(power, Vec{{2.0, 3.0}});
  CHECK(H(0, 0) == 12);
  CHECK_NEAR(H(0, 1), 4 * (1 + 3 * std::log(2.0)), ulps(4, 12));
}

TEST_CASE("jacobian: forward and backwards agree with the matrix by hand") {
  const auto polar = [](const auto& x) {
    using std::cos, std::sin;
    return std::array{x[0] * cos(x[1]), x[0] * sin(x[1])};
  };
  const Vec x{{2.0, 0.5}};
  const double c = std::cos(0.5), s = std::sin(0.5);
  CHECK(largest_difference(jacobian(polar, x), Mat{{c, -2 * s}, {s, 2 * c}}) <= ulps(2, 2));

  // One function of nine variables goes backwards, nine of nine forward; A x has Jacobian A.
  const auto sum = [](const auto& y) { return std::vector{y.sum()}; };
  CHECK(jacobian(sum, Vec::Ones(9)) == Mat::Ones(1, 9));
  const Mat A = Mat::Random(9, 9);
  const auto linear = [&A](const auto& y) {
    using S = std::decay_t<decltype(y[0])>;
    return Numbers<S>(A.cast<S>() * y);
  };
  CHECK(largest_difference(jacobian(linear, Vec::Ones(9)), A) == 0);
  const auto fixed = [](const auto& y) { return std::array{y[0], 0 * y[0] + 3}; };
  CHECK(jacobian(fixed, Vec::Ones(1)) == Mat{{1.0}, {0.0}});
}

TEST_CASE("gradient: vectors of differentiable numbers compute with Eigen") {
  const Mat A{{2.0, 1.0}, {1.0, 3.0}};
  const auto form = [&A](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    return x.dot(A.cast<S>() * x) + x.norm() + x.array().exp().sum() + (2.0 * x).squaredNorm();
  };
  const Vec x{{3.0, 4.0}};
  const Vec exact = 2 * A * x + x / 5 + x.array().exp().matrix() + 8 * x;
  Tape<> tape;
  Vec slope(2);
  detail::reverse_gradient(form, x, slope, tape);
  CHECK(largest_difference(gradient(form, x), exact) <= ulps(4, 100));
  CHECK(largest_difference(slope, exact) <= ulps(4, 100));
}

TEST_CASE("gradient: a vertical tangent in one variable leaves the others their slopes") {
  const auto f = [](const auto& x) {
    using std::sqrt;
    return sqrt(x[0]) + 3 * x[1];
  };
  CHECK(gradient(f, Vec{{0.0, 1.0}}) == Vec{{infinity, 3.0}});
  // A root that does not enter the result has no say in it.
  const auto unused = [](const auto& x) {
    using std::sqrt;
    const auto root = sqrt(x[0]) * x[1];
    return root > 1 ? root : x[1] * x[1];
  };
  CHECK(gradient(unused, Vec{{0.0, 1.0}}) == Vec{{0.0, 2.0}});
  // |x| as a root has no slope at 0, and none is made up.
  const auto corner = [](const auto& x) {
    using std::sqrt;
    return sqrt(x[0] * x[0]);
  };
  CHECK(std::isnan(gradient(corner, Vec{{0.0}})[0]));
}

TEST_CASE("gradient: constants, wrong sizes and mixed tapes") {
  const auto constant = [](const auto& x) { return 0 * x[0] + 7; };
  CHECK(gradient(constant, Vec::Ones(3)) == Vec::Zero(3));
  CHECK(gradient([](const auto&) { return 7.0; }, Vec::Ones(20)) == Vec::Zero(20));
  CHECK_THROWS_AS(gradient(constant, Vec()), DimensionError);
  CHECK_THROWS_AS(directional(constant, Vec::Ones(2), Vec::Ones(3)), DimensionError);
  CHECK_THROWS_AS(hessian_vector(constant, Vec::Ones(2), Vec::Ones(3)), DimensionError);

  Tape<> one, other;
  const auto x = one.variables(Vec::Ones(2)), y = other.variables(Vec::Ones(2));
  CHECK_THROWS_AS(x[0] + y[1], DomainError);
  CHECK_THROWS_AS(one.gradient(y[0]), DomainError);
  CHECK(one.gradient(Var<>(3)) == Vec::Zero(2));
  CHECK((Var<>(3) * Var<>(4)).value() == 12);
  CHECK(one.size() == 0);
}

TEST_CASE("tape: memory is kept from function to function, and results do not depend on the past") {
  Tape<> tape;
  Vec slope(50);
  const Vec x = Vec::LinSpaced(50, -1, 1);
  const Vec once = gradient(rosenbrock, x);
  for (int repeat = 0; repeat < 3; ++repeat) {
    detail::reverse_gradient(rosenbrock, x, slope, tape);
    CHECK(slope == once);
    const auto many = tape.variables(Vec::Ones(5000));
    Var<> sum = many[0];
    for (Index i = 1; i < many.size(); ++i) sum = sum * many[i] + many[i - 1];
    CHECK(tape.size() == 2 * 4999);
    CHECK(tape.gradient(sum)[4999] == 4999);  // the product of which it was the last factor
  }
}

TEST_CASE("gradient: threads and functions within functions have tapes of their own") {
  // The inner gradient is that of y² x², 2 x₀² y at y = 3, a number for the outer function.
  const auto nested = [](const auto& x) {
    const double height = value_of(x[0]);
    const Vec inner = gradient([height](const auto& y) { return y[0] * y[0] * height * height; },
                               Vec::Constant(20, 3.0));
    return x[0] * inner[0];
  };
  CHECK(gradient(nested, Vec::Constant(20, 2.0))[0] == 24);

  const Vec x = Vec::LinSpaced(400, -1, 1), expected = gradient(rosenbrock, x);
  std::vector<Vec> found(4);
  std::vector<std::thread> threads;
  for (Vec& slope : found)
    threads.emplace_back([&] {
      for (int repeat = 0; repeat < 20; ++repeat) slope = gradient(rosenbrock, x);
    });
  for (std::thread& thread : threads) thread.join();
  for (const Vec& slope : found) CHECK(slope == expected);
}
