#include <cmath>
#include <string>
#include <vector>

#include "cli/support/calculations.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using nlohmann::json;

namespace {

/// Of a vector: its rows of numbers, joined.
std::vector<double> values(const std::string& expression) {
  std::vector<double> all;
  const json value = result(expression)["value"];
  for (const json& entry : value)
    if (entry.is_array())
      for (const json& number : entry) all.push_back(number);
    else
      all.push_back(entry);
  return all;
}

const std::vector<std::string> continuous = {"normal(1, 2)",
                                             "gamma(2.5, 0.7)",
                                             "t(df=5)",
                                             "beta(2, 3)",
                                             "truncated(weibull(1.5, 2), 0.3, 4)",
                                             "affine(logistic, 1, -2)",
                                             "mixture([0.3, 0.7], [normal(0, 1), normal(4, 2)])"};

}  // namespace

TEST_CASE("calc: a verb of a distribution has the bits of mathtool dist", "[cli]") {
  for (const std::string& d : continuous)
    for (const std::string verb : {"pdf", "cdf", "log_survival", "quantile"}) {
      const json said =
          json_of(run_mathtool({"dist", d, verb, "0.625", "--json"}))["result"]["values"][0];
      INFO(verb << " of " << d);
      CHECK(value(verb + "(" + d + ", 0.625)") == said["value"].get<double>());
    }
  for (const std::string verb : {"mean", "variance", "sd", "kurtosis", "median", "entropy"})
    CHECK(value(verb + "(poisson(4))") ==
          json_of(
              run_mathtool({"dist", "poisson(4)", verb, "--json"}))["result"]["values"][0]["value"]
              .get<double>());
}

TEST_CASE("calc: the integral of a density is a difference of the cdf", "[cli]") {
  for (const std::string& d : continuous) {
    INFO(d);
    CHECK_NEAR(value("integrate(pdf(" + d + ", x), x, 0.4, 0.9)"),
               value("cdf(" + d + ", 0.9) - cdf(" + d + ", 0.4)"), 1e-13);
    CHECK_NEAR(value("quantile(" + d + ", cdf(" + d + ", 0.6))"), 0.6, 1e-13);
    CHECK_NEAR(value("solve(cdf(" + d + ", x) = 0.5, x, -20, 20)"), value("median(" + d + ")"),
               1e-12);
  }
}

TEST_CASE("calc: expectations obey their laws", "[cli]") {
  for (const std::string d : {"normal(1, 2)", "gamma(2.5, 0.7)", "poisson(3)", "binomial(10, 0.3)",
                              "affine(beta(2, 3), 1, 4)"}) {
    INFO(d);
    CHECK_NEAR(value("expectation(1, x, " + d + ")"), 1, 1e-13);
    CHECK_NEAR(value("expectation(x, x, " + d + ")"), value("mean(" + d + ")"), 1e-12);
    CHECK_NEAR(value("variance(3 - 2x, x, " + d + ")"), 4 * value("variance(" + d + ")"), 1e-11);
    CHECK_NEAR(value("probability(x <= 2, x, " + d + ")"), value("cdf(" + d + ", 2)"), 1e-12);
    CHECK_NEAR(value("probability(x > 2, x, " + d + ")"), value("survival(" + d + ", 2)"), 1e-12);
  }
}

// R 4.2.2: pnorm, qt, pbinom, dnorm, pgamma; the others by hand, as said beside them.
TEST_CASE("calc: figures of distributions", "[cli]") {
  CHECK_NEAR(value("cdf(normal(0, 1), 1.96)"), 0.97500210485177952, 1e-16);
  CHECK_NEAR(value("quantile(t(df=5), 0.975)"), 2.5705818356363155, 1e-14);
  CHECK_NEAR(value("survival(binomial(10, 0.3), 5)"), 0.04734898739999999, 1e-16);
  CHECK_NEAR(value("log_cdf(normal, -40)"), -804.6084420137538, 1e-12);
  CHECK_NEAR(value("pdf(mixture([0.3, 0.7], [normal(0,1), normal(4,2)]), 1)"), 0.1179223758388051,
             1e-16);
  CHECK_NEAR(value("cdf(truncated(gamma(2.5), 0, 4), 3)"), 0.82224505355092892, 1e-15);
  CHECK_NEAR(value("cdf(gamma(2, 1), 3)"), 1 - 4 * std::exp(-3.0), 1e-16);      // 1 - (1 + x) e^-x
  CHECK_NEAR(value("probability(x^2 > 2, x, normal)"), std::erfc(1.0), 1e-13);  // P(|X| > sqrt(2))
  CHECK_NEAR(value("expectation(exp(x), x, normal(0, 1))"), std::exp(0.5), 1e-14);
  CHECK_NEAR(value("variance(x^2, x, normal(0, 1))"), 2, 1e-13);  // E X^4 - 1
  CHECK_NEAR(value("expectation(log(x), x, gamma(2, 1))"), 0.42278433509846714, 1e-14);  // ψ(2)
  CHECK_NEAR(value("probability(x > 30, x, normal)"), 4.906713927148187e-198, 1e-209);   // pnorm
  CHECK(value("mean(mixture([0.3, 0.7], [normal(0,1), normal(4,2)]))") == 2.8);
  CHECK(value("hazard(exponential(2), 3)") == 2);
}

TEST_CASE("calc: a distribution is meant as first argument of a verb alone", "[cli]") {
  CHECK(value("gamma(3)") == 2);
  CHECK(value("mean(gamma(3))") == 3);
  CHECK(value("gamma(3)*mean(gamma(3))") == 6);
  CHECK_NEAR(value("cdf(gamma(gamma(3)), 3)"), 1 - 4 * std::exp(-3.0), 1e-16);
  CHECK(value("f(x) = [x, x^2]; mean(f(3))") == 6);  // what was defined, where it makes sense
  CHECK(value("f(x) = [x, x^2]; mean(normal(f(3)[1], 1))") == 3);
  CHECK_NEAR(value("f(x) = x; cdf(f(4, 6), 1)"), 0.5248, 1e-15);  // R: pf(1, 4, 6)
  CHECK(value("t = [1, 3]; mean(t)") == 2);
  CHECK(value("normal = 3; normal + cdf(normal(0, 1), 0)") == 3.5);
  for (const char* alone : {"normal(0, 1)", "d = normal(0, 1)", "categorical(0.2, 0.8)"}) {
    const Outcome outcome = calc({alone});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, ContainsSubstring("is a distribution; write"));
  }
}

TEST_CASE("calc: parameters are formulas, places are vectors", "[cli]") {
  CHECK(value("a = 1; cdf(normal(a, 2a), 1)") == 0.5);
  CHECK(value("g(m) = cdf(normal(m, 1), 2); g(2)") == 0.5);
  CHECK_NEAR(value("w = [0.3, 0.7]; mean(mixture(w, [normal(0,1), normal(4,2)]))"), 2.8, 1e-15);
  CHECK(values("cdf(normal, [-1, 0; 1, 2])") ==
        std::vector{value("cdf(normal, -1)"), value("cdf(normal, 0)"), value("cdf(normal, 1)"),
                    value("cdf(normal, 2)")});
  CHECK(values("support(pareto(2, 3))[1]*[1, 2]") == std::vector<double>{2, 4});
  const std::vector<double> interval = values("interval(uniform, 0.9)");
  CHECK_NEAR(interval[0], 0.05, 1e-16);
  CHECK_NEAR(interval[1], 0.95, 1e-15);
  CHECK_NEAR(value("hdi(exponential(2), 0.5)[2]"), std::log(2.0) / 2, 1e-9);
}

TEST_CASE("calc: distributions in what is integrated, summed, solved and differentiated", "[cli]") {
  constexpr double one_sigma = 0.68268949213708590;  // erf(1/sqrt(2)), by 50 digits
  CHECK_NEAR(value("integrate(pdf(normal(0, 1), x), x, -1, 1)"), one_sigma, 1e-15);
  CHECK_NEAR(value("integrate(pdf(normal(m, 1), 0), m, -1, 1)"), one_sigma, 1e-15);
  // R: integrate(function(s) dnorm(1, 0, s), 0.1, 3)
  CHECK_NEAR(value("integrate(pdf(normal(0, s), 1), s, 0.1, 3)"), 0.472337580966934, 1e-13);
  CHECK_NEAR(value("sum(pdf(poisson(3), k), k, 0, inf)"), 1, 1e-14);
  CHECK_NEAR(value("sum(k*pdf(binomial(10, 0.3), k), k, 0, 10)"), 3, 1e-14);
  CHECK_NEAR(value("solve(cdf(normal(0,1), x) = 0.9, x, 0, 3)"), 1.2815515655446004, 1e-14);
  CHECK_NEAR(value("limit(cdf(normal, x), x, inf)"), 1, 1e-13);
  CHECK(result("diff(cdf(normal(0,1), x), x)")["value"] == "pdf(normal(0, 1), x)");
  CHECK(result("diff(cdf(gamma(k), x^2), x)")["value"] == "2 * x * pdf(gamma(k, 1), x^2)");
  CHECK(result("F(x) = survival(t(5), x); diff(F(x), x)")["value"] == "-pdf(student_t(5), x)");
  for (const std::string& d : continuous)
    for (const std::string verb : {"cdf", "survival", "log_cdf", "log_survival", "quantile"}) {
      INFO(verb << " of " << d);
      const std::string f = verb + "(" + d + ", x)";
      CHECK_NEAR(value("integrate(diff(" + f + ", x), x, 0.5, 0.75)"),
                 value("f(x) = " + f + "; f(0.75) - f(0.5)"), 1e-11);
    }
  CHECK_NEAR(value("diff(cdf(normal(m, 1), 0), m, 1, 0)"), -1 / std::sqrt(2 * M_PI), 1e-9);
}

TEST_CASE("calc: what has no derivative, no mean or no end is said", "[cli]") {
  struct Said {
    const char *expression, *words;
    int status;
  };
  for (const auto& [expression, words, status] :
       {Said{"diff(pdf(normal, x), x)", "no rule to differentiate pdf(normal(0, 1), x)", 2},
        Said{"diff(cdf(poisson(3), x), x)", "a function of whole numbers", 2},
        Said{"diff(cdf(normal(m, 1), x), m)", "no rule to differentiate", 2},
        Said{"diff(cdf(uniform(0,1), x), x, 1, 0)", "0 on the left and 1 on the right", 4},
        Said{"mean(cauchy)", "the mean of cauchy(0, 1) does not exist", 4},
        Said{"kurtosis(t(1.5))", "does not exist", 4},
        Said{"expectation(x, x, cauchy)", "divergent", 4},
        Said{"expectation(1/x, x, normal)", "divergent", 4},
        Said{"variance(x, x, t(1.5))", "divergent", 4}}) {
    const Outcome outcome = calc({expression});
    INFO(expression << ": " << outcome.out << outcome.err);
    CHECK(outcome.status == status);
    CHECK_THAT(outcome.out + outcome.err, ContainsSubstring(words));
  }
  CHECK(result("variance(t(2))")["value"] == "inf");
  CHECK(result("quantile(normal, 1)")["value"] == "inf");
  CHECK(result("log_pdf(uniform, 2)")["value"] == "-inf");
}

TEST_CASE("calc: samples follow the seed, and each has bits of its own", "[cli]") {
  const std::string draw = "sample(normal(0, 1), 3)";
  const json first = json_of(calc({draw, "--json", "--seed", "7"}));
  CHECK(first["seed"] == 7);
  CHECK(first == json_of(calc({draw, "--json", "--seed", "7"})));
  CHECK(first["result"] != json_of(calc({draw, "--json", "--seed", "8"}))["result"]);
  CHECK_FALSE(json_of(calc({"mean(normal)", "--json"})).contains("seed"));
  for (const double difference : values(draw + " - " + draw)) CHECK(difference != 0);
  CHECK(json_of(run_mathtool({"dist", "normal(0, 1)", "sample", "3", "--json", "--seed",
                              "7"}))["result"]["values"] == first["result"]["value"]);
  // What is evaluated again for its error draws the same: ± would be of the size of the value.
  CHECK(result("mean(sample(normal(0.1, 1), 10)) + integrate(x, x, 0, 1)")["error"] < 1e-10);
  CHECK_NEAR(value("mean(sample(normal(5, 1), 1e4))"), 5, monte_carlo(6, 0.01));
}

TEST_CASE("calc: wrong distributions are one line and status 2", "[cli]") {
  for (const std::string wrong : {"cdf(norml(0,1), 1)",
                                  "cdf(3, 1)",
                                  "cdf([1,2], 1)",
                                  "cdf(normal(0,-1), 1)",
                                  "cdf(normal(0,1))",
                                  "cdf(normal(0,1), 1, 2)",
                                  "cdf(normal(0,1), i)",
                                  "cdf(normal, \"a\")",
                                  "cdf(normal(mean=0, 1), 1)",
                                  "cdf(normal(mu=0), 1)",
                                  "cdf(normal(0,1,2), 1)",
                                  "cdf(normal(mean=0, mean=1), 1)",
                                  "cdf(gamma, 1)",
                                  "cdf(normal([1,2], 1), 1)",
                                  "cdf(normal(y, 1), 1)",
                                  "quantile(normal, 1.5)",
                                  "hdi(normal, 2)",
                                  "interval(normal, 0)",
                                  "sample(normal, 0)",
                                  "sample(normal, 2.5)",
                                  "mean(multinomial(3, [0.5, 0.5]))",
                                  "cdf(mixture([1], normal), 1, 1)",
                                  "mean(categorical(0.5, 0.6))",
                                  "skewness([1,2,3])",
                                  "variance([1,2,3])",
                                  "expectation(x, x, 3)",
                                  "expectation(x, 2, normal)",
                                  "integrate(cdf(normal(0,-1), x), x, 0, 1)",
                                  "cdf(x) = 3"}) {
    const Outcome outcome = calc({wrong});
    INFO(wrong << ": " << outcome.out << outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  }
  CHECK_THAT(calc({"integrate(cdf(normal(0,-1), x), x, 0, 1)"}).err,
             ContainsSubstring("normal: sd must be"));
  CHECK_THAT(calc({"variance([1,2,3])"}).err, ContainsSubstring("var"));
  std::string nested = "normal";
  for (int i = 0; i < 300; ++i) nested = "affine(" + nested + ", 1, 2)";
  CHECK(calc({"mean(" + nested + ")"}).status == 2);
  CHECK(calc({"sample(normal, 1e12)"}).status == 1);
}

TEST_CASE("calc: integrals of costly densities take no longer than others", "[cli]") {
  CHECK_NEAR(value("integrate(pdf(noncentral_beta(2, 3, 1), x), x, 0.2, 0.5)"),
             value("cdf(noncentral_beta(2, 3, 1), 0.5) - cdf(noncentral_beta(2, 3, 1), 0.2)"),
             1e-13);
  CHECK_NEAR(value("integrate(quantile(t(5), x), x, 0, 1)"), 0, 1e-12);
  CHECK(calc({"integrate(pdf(normal(0,1), x), x, 137, inf)"}).status == 4);
}

TEST_CASE("calc: an expectation that is infinite says where", "[cli]") {
  const Outcome pole = calc({"expectation(1/x, x, poisson(3))"});
  CHECK(pole.status == 4);
  CHECK_THAT(pole.out + pole.err, ContainsSubstring("x = 0"));
  const Outcome sum = calc({"expectation(2^x, x, geometric(0.4))"});
  CHECK(sum.status == 4);
  CHECK_THAT(sum.out + sum.err, ContainsSubstring("not finite from its term at x = "));
}

TEST_CASE("plot: the density of a distribution", "[cli]") {
  const json series = json_of(
      run_mathtool({"plot", "pdf(gamma(2), t)", "cdf(normal, t)", "--range", "0:4", "--json"}));
  const json& density = series["result"]["series"][0];
  for (std::size_t i = 0; i < density["x"].size(); ++i) {
    const double t = density["x"][i];
    CHECK_NEAR(density["y"][i], t * std::exp(-t), 1e-15);
  }
  CHECK(series["result"]["series"][1]["y"][0] == 0.5);
  CHECK_THAT(run_mathtool({"plot", "pdf(norml(0, 1), x)"}).err,
             ContainsSubstring("did you mean 'normal'?"));
  CHECK(run_mathtool({"plot", "pdf(normal(0, -1), x)"}).status == 2);
  CHECK(run_mathtool({"plot", "pdf(normal(m, 1), x)"}).status == 2);
}
