#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "expression_value.hpp"
#include "mathtool/math/autodiff/derivative.hpp"
#include "mathtool/math/autodiff/gradient.hpp"
#include "mathtool/math/autodiff/hessian.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

namespace {

/// A smooth formula of x and y, `levels` deep, whose parts stay of moderate size.
std::string random_formula(Philox& random, int levels) {
  const auto pick = [&](int n) { return static_cast<int>(n * uniform(random)); };
  if (levels == 0) {
    const std::array leaves{"x", "y", "0.75", "2"};
    return leaves[static_cast<std::size_t>(pick(4))];
  }
  const std::string a = random_formula(random, levels - 1);
  const std::array functions{"sin(",  "cos(",      "tanh(",  "atan(",   "erf(",
                             "exp(-", "sinh(0.3*", "log(3+", "sqrt(4+", "gamma(2+0.1*"};
  const int kind = pick(16);
  if (kind < 10) {
    const std::string head = functions[static_cast<std::size_t>(kind)];
    // Arguments of logarithms, roots and gammas are kept within their domains.
    return head + (kind >= 5 ? "tanh(" + a + ")" : "(" + a + ")") + ")";
  }
  const std::string b = random_formula(random, levels - 1);
  if (kind < 12) return "(" + a + "+" + b + ")";
  if (kind == 12) return "(" + a + "-0.5*" + b + ")";
  if (kind == 13) return "(" + a + ")*(" + b + ")";
  if (kind == 14) return "(" + a + ")/(2+(" + b + ")^2)";
  return "(1+(" + a + ")^2)^tanh(" + b + ")";
}

}  // namespace

TEST_CASE("derivative: reference values of univariate functions, orders 1 to 8") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "derivatives.json"));
  const std::map<std::string, double> constants{{"pi", std::acos(-1.0)}};
  for (const auto& row : file["univariate"]) {
    const auto formula = parse_expression(row["f"].get<std::string>()).expression;
    const auto f = [&formula](const auto& x) {
      using S = std::decay_t<decltype(x)>;
      return expression_value<S>(formula, {{"x", x}});
    };
    const auto point = parse_expression(row["x"].get<std::string>()).expression;
    const double x = expression_value<double>(point, constants);
    const int order = row["order"];
    const double exact = std::stod(row["value"].get<std::string>());
    // x is rounded: half a unit in its last place moves the derivative by so much.
    const double moved = ulps(0.5, x) * std::abs(derivative(f, x, order + 1));
    INFO(row["f"] << ", order " << order << " at " << row["x"]);
    CHECK_NEAR(derivative(f, x, order), exact, relative(2e-14, exact) + moved);
    const double series = f(TaylorSeries<>::variable(x, order)).derivative(order);
    CHECK_NEAR(series, exact, relative(2e-14, exact) + moved);
  }
}

TEST_CASE("gradient and Hessian: reference values of multivariate functions") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "derivatives.json"));
  for (const auto& row : file["multivariate"]) {
    INFO(row["f"]);
    const auto formula = parse_expression(row["f"].get<std::string>()).expression;
    const auto f = [&formula](const auto& x) {
      using S = std::decay_t<decltype(x[0])>;
      std::map<std::string, S> variables;
      for (Index i = 0; i < x.size(); ++i) variables["x" + std::to_string(i + 1)] = x[i];
      return expression_value<S>(formula, variables);
    };
    const auto at = row["x"].get<std::vector<double>>();
    const Vec x = Eigen::Map<const Vec>(at.data(), static_cast<Index>(at.size()));
    const auto number = [](const nlohmann::json& text) {
      return std::stod(text.get<std::string>());
    };
    Tape<> tape;
    Vec backwards(x.size());
    detail::reverse_gradient(f, x, backwards, tape);
    const Vec slope = gradient(f, x);
    const Mat H = hessian(f, x);
    for (Index i = 0; i < x.size(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      const double exact = number(row["gradient"][k]);
      CHECK_NEAR(slope[i], exact, relative(1e-14, exact));
      CHECK_NEAR(backwards[i], exact, relative(1e-14, exact));
      for (Index j = 0; j < x.size(); ++j) {
        const double second = number(row["hessian"][k][static_cast<std::size_t>(j)]);
        CHECK_NEAR(H(i, j), second, relative(1e-14, second));
      }
    }
  }
}

TEST_CASE("200 random formulas: forward, backwards, series and differences in 50 digits agree") {
  Philox random(20240917);
  double worst = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const std::string text = random_formula(random, 4);
    const auto formula = parse_expression(text).expression;
    const auto f = [&formula](const auto& x) {
      using S = std::decay_t<decltype(x[0])>;
      return expression_value<S>(formula, {{"x", x[0]}, {"y", x[1]}});
    };
    const double a = 0.25 + 1.5 * uniform(random), b = 0.25 + 1.5 * uniform(random);
    const FiftyDigits x(a), y(b), h("1e-10");
    const auto wide = [&](const FiftyDigits& s, const FiftyDigits& t) {
      return f(std::array{s, t});
    };
    const auto slope = [&](const auto& along) {
      return FiftyDigits((8 * (along(h) - along(-h)) - (along(2 * h) - along(-2 * h))) / (12 * h));
    };
    const Vec exact{
        {static_cast<double>(slope([&](const FiftyDigits& s) { return wide(x + s, y); })),
         static_cast<double>(slope([&](const FiftyDigits& s) { return wide(x, y + s); }))}};
    const Vec at{{a, b}};
    const double scale = std::max(exact.cwiseAbs().maxCoeff(), std::abs(f(at)));
    if (scale == 0) continue;  // a constant that happens to be 0

    Tape<> tape;
    Vec backwards(2);
    detail::reverse_gradient(f, at, backwards, tape);
    const auto series = f(std::array{TaylorSeries<>::variable(a, 2), TaylorSeries<>(b)});
    const double error =
        std::max({(gradient(f, at) - exact).cwiseAbs().maxCoeff(),
                  (backwards - exact).cwiseAbs().maxCoeff(),
                  std::abs(series.varies() ? series.derivative(1) - exact[0] : exact[0])}) /
        scale;
    INFO(text << " at " << a << ", " << b);
    CHECK(error < 1e-12);
    worst = std::max(worst, error);
  }
  INFO("largest error " << worst);
  CHECK(worst > 0);  // 200 exact results would mean that nothing was compared
}
