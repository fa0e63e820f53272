#include "mathtool/opt/schedule.hpp"

#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/opt/clipping.hpp"
#include "mathtool/opt/descent.hpp"
#include "mathtool/opt/minimize.hpp"
#include "mathtool/opt/penalty.hpp"
#include "mathtool/opt/rules/gradient_descent.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

TEST_CASE("schedules: a text that was read is written the same", "[opt]") {
  for (const std::string text :
       {"constant", "step:30:0.1", "exponential:0.95", "cosine", "cosine:50", "onecycle:0.01",
        "plateau:5:0.5", "warmup:10+cosine", "warmup:3+plateau:0:0.5"})
    CHECK(opt::to_string(opt::parse_schedule(text, 100)) == text);
}

TEST_CASE("schedules: a text that is none is an error of the user's that quotes it", "[opt]") {
  for (const std::string text : {"",
                                 "cosin",
                                 "step",
                                 "step:30",
                                 "step:0:0.1",
                                 "step:x:0.1",
                                 "step:1.5:0.1",
                                 "step:3:0.1:2",
                                 "exponential:",
                                 "exponential:nan",
                                 "exponential:-1",
                                 "cosine:0",
                                 "cosine:-3",
                                 "plateau:5:1",
                                 "plateau:-1:0.5",
                                 "onecycle",
                                 "onecycle:0",
                                 "warmup:5",
                                 "warmup+cosine",
                                 "warmup:-1+cosine",
                                 "warmup:5+",
                                 "warmup:5+warmup:5+cosine",
                                 "warmup:100+cosine",
                                 " cosine"}) {
    INFO(text);
    CHECK_THROWS_AS(opt::parse_schedule(text, 100), DataError);
    CHECK_THROWS_WITH(opt::parse_schedule(text, 100), ContainsSubstring("'" + text + "'"));
  }
}

TEST_CASE("schedules: after their last step they keep the last rate", "[opt]") {
  const opt::Schedule cosine = opt::parse_schedule("cosine", 10);
  CHECK_NEAR(cosine.rate(1, {.steps = 10}), 0.0, 1e-16);
  CHECK(cosine.rate(1, {.steps = 15}) == cosine.rate(1, {.steps = 10}));
  const opt::Schedule cycle = opt::parse_schedule("onecycle:0.1", 10);
  CHECK_NEAR(cycle.rate(1, {.steps = 40}), 0.1 / 25 / 1e4, 1e-18);
}

TEST_CASE("schedules: a plateau hears of the values in minimize", "[opt]") {
  // A rate far too large makes f grow; halvings bring it below 2/L and the run converges.
  const auto f = [](const Vec& x, Vec& gradient) {
    gradient = 10 * x;
    return 5 * x.squaredNorm();
  };
  const opt::Descent<opt::GradientDescent> rule{
      .rule = {.learning_rate = 0.3}, .schedule = opt::parse_schedule("plateau:2:0.5", 0)};
  CHECK(opt::minimize(f, Vec::Ones(2), rule).status == Status::converged);
  CHECK(opt::minimize(f, Vec::Ones(2), rule.rule).status == Status::not_finite);
}

TEST_CASE("clipping: blocks by themselves, all together, and values, by hand", "[opt]") {
  const Vec g{{3, 4, 0, 12}};
  Vec clipped = g;
  opt::Clipping{.norm = 1, .blocks = {0, 2}}.apply(clipped);
  CHECK_NEAR(clipped[0], 3.0 / (5 + 1e-6), 1e-15);
  CHECK_NEAR(clipped[3], 12.0 / (12 + 1e-6), 1e-15);
  clipped = g;
  opt::Clipping{.global_norm = 1, .blocks = {0, 2}}.apply(clipped);  // ‖g‖ = 13
  CHECK_NEAR(clipped[1], 4.0 / (13 + 1e-6), 1e-15);
  clipped = g;
  opt::Clipping{.value = 3.5}.apply(clipped);
  CHECK(clipped == Vec{{3, 3.5, 0, 3.5}});
  Vec huge{{3e200, 4e200}};
  opt::Clipping{.norm = 1}.apply(huge);
  CHECK_NEAR(huge[0], 0.6, 1e-15);
  clipped = g;
  opt::Clipping{.norm = 100}.apply(clipped);
  CHECK(clipped == g);
  CHECK_THROWS_AS(opt::Clipping{.norm = 0}.validate(), DomainError);
  CHECK_THROWS_AS((opt::Clipping{.blocks = {1, 2}}.validate()), DomainError);
}

TEST_CASE("penalty: L1, L2 and decoupled decay, by hand", "[opt]") {
  Vec x{{2, -3, 0}}, gradient{{1, 1, 1}};
  const opt::Penalty penalty{.l1 = 0.5, .l2 = 0.25, .decoupled = 0.1};
  penalty.add_to<double>(gradient, x);
  CHECK(gradient == Vec{{2.0, -0.25, 1.0}});
  penalty.decay<double>(0.5, x);
  CHECK_NEAR(x[0], 1.9, 1e-15);
  CHECK_THROWS_AS(opt::Penalty{.l1 = -1}.validate(), DomainError);
}
