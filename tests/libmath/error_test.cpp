#include "mathtool/math/error.hpp"

#include <functional>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/version.hpp"
#include "support/catch.hpp"

using namespace mathtool;

namespace {

int next_even(int x) { return x + 2 - x % 2; }

}  // namespace

TEST_CASE("require: a failure throws the type asked for and shows the value", "[math]") {
  CHECK_NOTHROW(require(true, "never {}", 1));
  CHECK_THROWS_AS(require(false, "x must be > 0, got {}", -1), DomainError);
  CHECK_THROWS_WITH(require<DimensionError>(false, "sizes {} and {}", 2, 3), "sizes 2 and 3");
}

TEST_CASE("errors: every one is an Error, and data that do not suffice are a data error",
          "[math]") {
  CHECK_THROWS_AS(throw InsufficientDataError("none"), DataError);
  CHECK_THROWS_AS(throw DataError("bad"), Error);
  CHECK_THROWS_AS(throw Stopped(), Error);
  CHECK_THROWS_AS(throw DimensionError("n"), std::runtime_error);
}

TEST_CASE("status: it prints as its enumerator", "[math]") {
  CHECK(to_string(Status::converged) == "converged");
  CHECK(to_string(Status::out_of_budget) == "out_of_budget");
  CHECK(to_string(Status::not_finite) == "not_finite");
  CHECK(to_string(Status::stalled) == "stalled");
  CHECK(to_string(Status::stopped) == "stopped");
  CHECK(to_string(Status::suspicious) == "suspicious");
  CHECK(to_string(Status::divergent) == "divergent");
}

TEST_CASE("function ref: it calls lambdas, functions and members of an object", "[math]") {
  const auto apply = [](FunctionRef<int(int)> f) { return f(20); };
  int calls = 0;
  CHECK(apply([&](int x) { return ++calls, x + 1; }) == 21);
  CHECK(calls == 1);
  CHECK(apply(std::negate<int>()) == -20);
  CHECK(apply(next_even) == 22);
  int (*pointer)(int) = next_even;
  CHECK(apply(pointer) == 22);
}

TEST_CASE("stop token: a default one never stops, a raised one throws", "[math]") {
  CHECK_NOTHROW(StopToken().check());
  std::atomic<bool> flag = false;
  const StopToken token(flag);
  CHECK_NOTHROW(token.check());
  flag = true;
  CHECK(token.stop_requested());
  CHECK_THROWS_AS(token.check(), Stopped);
}

TEST_CASE("version: it has three numbers", "[math]") {
  int dots = 0;
  for (char c : version()) dots += c == '.';
  CHECK(dots == 2);
}
