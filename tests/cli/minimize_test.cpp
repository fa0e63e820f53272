#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/minimization.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

// mathtool minimize: what it finds, what it says of it, and what it refuses.

using namespace mathtool::test;
using nlohmann::json;

namespace {

constexpr const char* rosenbrock = "(1-x)^2 + 100*(y-x^2)^2";

}  // namespace

TEST_CASE("minimize: every method that knows derivatives finds the minimum of Rosenbrock's valley",
          "[cli]") {
  for (const char* method :
       {"auto", "cg", "bfgs", "lbfgs", "lbfgsb", "newton-cg", "trust", "nelder-mead"}) {
    const Ended ended = minimized({rosenbrock, "--start", "x=-1.2,y=1", "--method", method});
    INFO(method << ": " << ended.reason());
    CHECK(ended.status == 0);
    CHECK(ended.report["status"] == "converged");
    CHECK_NEAR(at(ended, "x"), 1, 1e-4);
    CHECK_NEAR(at(ended, "y"), 1, 2e-4);
    CHECK(ended.result()["second_order"] == "minimum");
    CHECK(ended.result()["evaluations"].get<int>() > 10);
  }
  // Adam needs a larger rate than its default to get there in a moment.
  const Ended adam = minimized({rosenbrock, "--start", "x=-1.2,y=1", "--method", "adam",
                                "--learning-rate", "0.05", "--schedule", "constant"});
  CHECK(adam.status == 0);
  CHECK_NEAR(at(adam, "x"), 1, 1e-4);
}

TEST_CASE("minimize: a product under a sum, by hand", "[cli]") {
  // x y with x + y = 10: stationary at (5, 5), λ = -5, a maximum along the line; unbounded below.
  const Ended lagrange = minimized(
      {"x*y", "--subject-to", "x + y = 10", "--start", "x=1,y=1", "--method", "lagrange"});
  CHECK(lagrange.status == 4);
  CHECK_NEAR(at(lagrange, "x"), 5, 1e-8);
  CHECK_NEAR(at(lagrange, "y"), 5, 1e-8);
  CHECK(lagrange.result()["second_order"] == "maximum");
  const json multiplier = lagrange.result()["multipliers"][0];
  CHECK(multiplier["constraint"] == "x + y = 10");
  CHECK(multiplier["active"] == true);
  CHECK_NEAR(multiplier["multiplier"].get<double>(), -5, 1e-8);

  const Ended alone = minimized({"x*y", "--subject-to", "x + y = 10", "--start", "x=1,y=1"});
  CHECK(alone.status == 4);
  CHECK(alone.report["status"] == "divergent");

  // x² + y² there: (5, 5), λ = -10, a minimum, and raising 10 by 1 raises it by about 10.
  const Ended nearest = minimized({"x^2+y^2", "--subject-to", "x + y = 10"});
  CHECK(nearest.status == 0);
  CHECK_NEAR(at(nearest, "x"), 5, 1e-8);
  CHECK_NEAR(nearest.result()["multipliers"][0]["multiplier"].get<double>(), -10, 1e-7);
  CHECK(nearest.result()["second_order"] == "minimum");
  CHECK(nearest.result()["kkt_residual"].get<double>() < 1e-8);
  CHECK_THAT(nearest.result()["sensitivity"][0].get<std::string>(),
             ContainsSubstring("raises the minimum by about 10"));
}

TEST_CASE("minimize: inequalities and bounds, Hock and Schittkowski's problem 71", "[cli]") {
  // Ref: Hock & Schittkowski (1981), problem 71: f* = 17.0140173, x* = (1, 4.7429994, 3.8211503,
  // 1.3794082), multipliers 1.0878712 of the lower bound of x1.
  const Ended ended =
      minimized({"x1*x4*(x1+x2+x3)+x3", "--subject-to", "x1*x2*x3*x4 >= 25", "--subject-to",
                 "x1^2+x2^2+x3^2+x4^2 = 40", "--bounds", "x1=1:5,x2=1:5", "--bounds",
                 "x3=1:5,x4=1:5", "--start", "x1=1,x2=5,x3=5,x4=1"});
  CHECK(ended.status == 0);
  CHECK_NEAR(ended.result()["value"].get<double>(), 17.0140173, 1e-6);
  CHECK_NEAR(at(ended, "x2"), 4.7429994, 1e-6);
  CHECK(ended.result()["kkt_residual"].get<double>() < 1e-8);
  bool found = false;
  for (const json& each : ended.result()["multipliers"])
    if (each["constraint"] == "x1 >= 1") {
      found = true;
      CHECK(each["active"] == true);
      CHECK_NEAR(each["multiplier"].get<double>(), 1.0878712, 1e-5);
    } else if (each["constraint"] == "x1 <= 5") {
      CHECK(each["active"] == false);
      CHECK(each["multiplier"] == 0.0);
    }
  CHECK(found);
}

TEST_CASE("minimize: an objective that begins with - is an operand", "[cli]") {
  const Ended ended = minimized({"-x1*x2*x3", "--subject-to", "x1+2*x2+2*x3 <= 72", "--bounds",
                                 "x1=0:42,x2=0:42,x3=0:42", "--start", "x1=10,x2=10,x3=10"});
  CHECK(ended.status == 0);
  CHECK_NEAR(ended.result()["value"].get<double>(), -3456, 1e-6);  // HS 37: (24, 12, 12)
}

TEST_CASE("minimize: bounds appear with their multipliers", "[cli]") {
  const Ended ended = minimized({"(x-3)^2 + (y+1)^2", "--bounds", "x=0:2,y=0:", "--start", "x=9"});
  CHECK(ended.status == 0);
  CHECK_NEAR(at(ended, "x"), 2, 0);
  CHECK_NEAR(at(ended, "y"), 0, 0);
  std::vector<std::string> active;
  for (const json& each : ended.result()["multipliers"])
    if (each["active"] == true) {
      active.push_back(each["constraint"]);
      // ∂f/∂x = 2 (2 - 3) = -2, held by x <= 2; ∂f/∂y = 2, held by y >= 0.
      CHECK_NEAR(each["multiplier"].get<double>(), 2, 1e-12);
    }
  CHECK(active == std::vector<std::string>{"x <= 2", "y >= 0"});
  CHECK_THAT(ended.report["notes"].dump(), ContainsSubstring("moved into the bounds: 'x = 2'"));
}

TEST_CASE("minimize: hostile objectives end with the right status and the best point", "[cli]") {
  const struct {
    std::vector<std::string> arguments;
    const char* status;
  } cases[] = {
      {{"log(x)"}, "divergent"},  // −∞ at 0
      {{"sqrt(x) + 1", "--start", "x=-1"}, "not_finite"},
      {{"-x^2", "--start", "x=1"}, "divergent"},
      {{"x^3", "--start", "x=1", "--method", "bfgs"}, ""},
      {{"x^2 - y^2", "--start", "x=1"}, ""},
      {{rosenbrock, "--start", "x=-1.2,y=1", "--max-iterations", "3"}, "out_of_budget"},
      {{rosenbrock, "--start", "x=-1.2,y=1", "--max-evaluations", "5"}, "out_of_budget"},
      {{"x^2 + y^2", "--subject-to", "x + y = 1", "--subject-to", "x + y = 3"}, "stalled"},
      {{"x", "--subject-to", "x^2 <= -1"}, "stalled"},
  };
  for (const auto& [arguments, status] : cases) {
    const Ended ended = minimized(arguments);
    INFO(arguments.front() << ": " << ended.report["status"] << ", " << ended.report["reason"]);
    CHECK(ended.status == 4);
    if (*status) CHECK(ended.report["status"] == status);
    CHECK_FALSE(ended.report["reason"].get<std::string>().empty());
    CHECK(ended.result()["x"].is_object());
  }
  // A value that needs no search.
  CHECK(minimized({"0*x + 3"}).status == 0);
}

TEST_CASE("minimize: what cannot be meant is refused in one line", "[cli]") {
  check_refused({"x^2", "--method", "bgfs"}, 2, {"bgfs", "did you mean 'bfgs'"});
  check_refused({"x^2", "--start", "z=1"}, 2, {"--start", "'z' is no variable", "x"});
  check_refused({"x^2", "--start", "x"}, 2, {"--start", "NAME=NUMBER"});
  check_refused({"x^2", "--start", "x=1,x=2"}, 2, {"gives x twice"});
  check_refused({"x^2", "--start", "x=inf"}, 2, {"finite"});
  check_refused({"x^2", "--bounds", "x=2:1"}, 2, {"nothing lies between 2 and 1"});
  check_refused({"x^2", "--bounds", "x=2"}, 2, {"LOW:HIGH"});
  check_refused({"x^2", "--subject-to", "x"}, 2, {"--subject-to", "=, <= or >="});
  check_refused({"x^2", "--subject-to", "x < 1"}, 2, {"<="});
  check_refused({"x^2", "--subject-to", "0 <= x <= 1"}, 2, {"two signs"});
  check_refused({"x^2", "--subject-to", "x = 1", "--method", "bfgs"}, 2, {"sqp"});
  check_refused({"x^2 + y^2", "--method", "brent"}, 2, {"one variable"});
  check_refused({"x^2", "--method", "de"}, 2, {"--bounds"});
  check_refused({"x^2", "--method", "adam", "--learning-rate", "-1"}, 2, {"learning_rate"});
  check_refused({"x^2", "--method", "adam", "--set", "beta3=0.5"}, 2, {"beta3", "beta1"});
  check_refused({"x^2", "--method", "bfgs", "--schedule", "cosine"}, 2, {"rule"});
  check_refused({"x^2", "--max-iterations", "1.5"}, 2, {"--max-iterations"});
  check_refused({"x^2 +"}, 2, {"x^2 +"});
  check_refused({"sinus(x)"}, 2, {"unknown function 'sinus'"});
  check_refused({"2 + 3"}, 2, {"no variables", "calc"});
  check_refused({"x^2", "--race", "bfgs,adam", "--method", "sgd"}, 2, {"--race"});
}

TEST_CASE("minimize: a race, its trace and its picture", "[cli]") {
  const ScratchFolder folder;
  const std::string trace = folder / "trace.csv", picture = folder / "race.svg";
  const Ended ended =
      minimized({rosenbrock, "--start", "x=-1.2,y=1", "--race", "trust,nelder-mead,gd",
                 "--max-iterations", "300", "--trace", trace, "--plot=" + picture});
  const json race = ended.result()["race"];
  REQUIRE(race.size() == 3);
  CHECK(race[2]["method"] == "gd");  // far from done after 300 steps
  CHECK(race[2]["status"] != "converged");
  CHECK(ended.result()["method"] == race[0]["method"]);
  const std::string lines = folder.content("trace.csv");
  CHECK(lines.starts_with("method,iteration,evaluations,value,gradient_norm,step,x,y\n"));
  CHECK_THAT(lines, ContainsSubstring("\nnelder-mead,0,"));
  CHECK_THAT(folder.content("race.svg"), ContainsSubstring("</svg>"));
}

TEST_CASE("minimize: --check-gradient compares each coordinate with differences", "[cli]") {
  const Ended ended = minimized({"exp(x)*sin(y)", "--start", "x=0.3,y=0.7", "--check-gradient"});
  CHECK(ended.status == 0);
  const json rows = ended.result()["coordinates"];
  REQUIRE(rows.size() == 2);
  CHECK_NEAR(rows[0]["derivative"].get<double>(), std::exp(0.3) * std::sin(0.7), 1e-15);
  CHECK_NEAR(rows[1]["by_differences"].get<double>(), std::exp(0.3) * std::cos(0.7), 1e-8);
}

TEST_CASE("minimize: formulas of the calculator, with and without known derivatives", "[cli]") {
  // Σ (x − k)², k = 1..5, is least at the mean.
  CHECK_NEAR(at(minimized({"sum((x-k)^2, k, 1, 5)"}), "x"), 3, 1e-6);
  // d/dx ∫₀ˣ (t − 2) dt = x − 2
  CHECK_NEAR(at(minimized({"integrate(t-2, t, 0, x)", "--start", "x=5"}), "x"), 2, 1e-4);
}

TEST_CASE("calc: minimize and lagrange", "[cli]") {
  const auto calc = [](const std::string& text) {
    const Outcome outcome = run_mathtool({"calc", text, "--json"});
    return std::pair{outcome.status, json::parse(outcome.out)};
  };
  const auto [status, answer] = calc("minimize((x-1)^2 + (y+2)^2, [x, y], [0, 0])");
  CHECK(status == 0);
  CHECK_NEAR(answer["result"]["value"][0].get<double>(), 1, 1e-9);
  CHECK_NEAR(answer["result"]["value"][1].get<double>(), -2, 1e-9);
  const auto [circle_status, circle] = calc("lagrange(x^2 + y^2, [x + y = 10], [x, y], [0, 0])");
  CHECK(circle_status == 0);
  CHECK_NEAR(circle["result"]["value"][0][0].get<double>(), 5, 1e-9);
  CHECK_NEAR(circle["result"]["value"][1][0].get<double>(), -10, 1e-9);
  CHECK(run_mathtool({"calc", "minimize(-x^2, x, 1)"}).status == 4);
}
