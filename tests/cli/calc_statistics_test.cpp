#include <cmath>
#include <string>
#include <vector>

#include "cli/support/calculations.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "support/tolerance.hpp"

using namespace mathtool::test;
using nlohmann::json;

TEST_CASE("calc: statistics obey their laws", "[cli]") {
  const std::string a = "[3, 1.5, -2, 7]", b = "[1, 2, 2, 8]";
  CHECK(value("mean(" + a + " + 10) - mean(" + a + ")") == 10);
  CHECK_NEAR(value("var(3*" + a + ") - 9*var(" + a + ")"), 0, 1e-13);
  CHECK_NEAR(value("sd(" + a + ")^2 - var(" + a + ")"), 0, 1e-14);
  CHECK(value("cov(" + a + "," + a + ") - var(" + a + ")") == 0);
  CHECK(value("cov(" + a + "," + b + ") - cov(" + b + "," + a + ")") == 0);
  CHECK(value("corr(" + a + ", 5 - 2*" + a + ")") == -1);
  CHECK(value("corr(" + a + "," + a + ")") == 1);
  CHECK_NEAR(
      value("corr(" + a + "," + b + ") - cov(" + a + "," + b + ")/(sd(" + a + ")*sd(" + b + "))"),
      0, 1e-15);
  CHECK(value("mean([1,2;3,6]) - mean([1;2;3;6])") == 0);
  CHECK(result("cov([3,1; 1.5,2; -2,2; 7,8])")["value"][0][1] == value("cov(" + a + "," + b + ")"));
}

// By hand; and R 4.2.2's sd, median, cov and cor of its iris.
TEST_CASE("calc: figures of statistics", "[cli]") {
  CHECK(value("mean([1,2,3,4])") == 2.5);
  CHECK_NEAR(value("var([1,2,3,4])"), 5.0 / 3, 1e-15);
  CHECK(value("median([3,1,2,10])") == 2.5);
  CHECK(value("median([3,1,2])") == 2);
  CHECK(value("cov([1,2,3], [2,4,7])") == 2.5);
  CHECK_NEAR(value("corr([1,2,3], [2,4,7])"), 5 / std::sqrt(2 * 38 / 3.0), 1e-15);
  CHECK(value("mean(5)") == 5);
  const std::string file = "@\"" + iris + "\":";
  const std::string sepal = file + "Sepal.Length", petal = file + "Petal.Length";
  CHECK_NEAR(value("sd(" + sepal + ")"), 0.82806612797786294, 1e-15);
  CHECK(value("median(" + petal + ")") == 4.35);
  CHECK_NEAR(value("cov(" + sepal + "," + petal + ")"), 1.2743154362416107, 1e-15);
  CHECK_NEAR(value("corr(" + sepal + "," + petal + ")"), 0.87175377588658309, 1e-15);
}

TEST_CASE("calc: a large offset costs statistics no digits", "[cli]") {
  const std::string far = "[1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]";
  CHECK(value("mean(" + far + ") - 1e9") == 2.5);
  CHECK_NEAR(value("var(" + far + ")"), 5.0 / 3, 1e-15);
  CHECK(value("corr(" + far + ", [1,2,3,4])") == 1);
}

// By hand: of two numbers a and b the variance is (a - b)^2/2.
TEST_CASE("calc: statistics of numbers whose squares or sums are no doubles", "[cli]") {
  CHECK(value("mean([1e308, 1e308, 1e308])") == 1e308);
  CHECK_NEAR(value("sd([1e200, -1e200])"), std::sqrt(2.0) * 1e200, 1e185);
  CHECK_NEAR(value("sd([1e-200, 3e-200])"), std::sqrt(2.0) * 1e-200, 1e-215);
  CHECK_NEAR(value("sd([5e-324, 15e-324])"), 5e-324, 5e-324);
  CHECK_NEAR(value("cov([1e200, 3e200], [1e-200, 3e-200])"), 2, 1e-14);
  CHECK(value("corr([1e200, 2e200, 4e200], [1, 2, 4])") == 1);
  CHECK(value("corr([1e-200, 2e-200, 4e-200], [-1, -2, -4])") == -1);
  CHECK(calc({"var([1e308, -1e308])"}).status == 4);
  CHECK(calc({"corr([1e200, 1e200], [1, 2])"}).status == 3);
}

TEST_CASE("calc: columns of one file in a line are of the same rows", "[cli]") {
  const ScratchFolder folder;
  const std::string path = folder.write("t.csv", "a,b\n1,10\n2,\n,30\n4,40\n5,60\n");
  const std::string a = "@" + path + ":a", b = "@" + path + ":b";
  CHECK(value("mean(" + a + ")") == 3);  // 1, 2, 4, 5
  CHECK(value("cov(" + a + "," + b + ")") == value("cov([1,4,5], [10,40,60])"));
  CHECK(value("sum(" + b + " - 10*" + a + ")") == 10);  // 0 + 0 + 10
  CHECK(value("x = " + a + "; mean(x)") == 3);
  const Outcome said = calc({"cov(" + a + "," + b + ")"});
  CHECK_THAT(said.err, ContainsSubstring("2 of 5 rows are left out"));
  CHECK_THAT(calc({"mean(" + a + ")"}).err, ContainsSubstring("1 of 5 rows are left out"));
  CHECK(calc({"mean(" + a + ")"}).err.find("column") == std::string::npos);
  CHECK(calc({"cov(" + a + ", @" + path + ":1)"}).status == 2);  // the same column
}

TEST_CASE("calc: statistics say what is missing", "[cli]") {
  struct Said {
    const char *expression, *words;
    int status;
  };
  for (const auto& [expression, words, status] :
       {Said{"var([5])", "var: at least 2 numbers are needed, got 1", 3},
        Said{"sd(5)", "sd: at least 2 numbers are needed, got 1", 3},
        Said{"cov([1],[2])", "cov: at least 2", 3},
        Said{"corr([1,2,3],[2,2,2])", "corr: the numbers of a column are all equal", 3},
        Said{"cov([1,2,3],[1,2])", "cov: vectors of 3 and 2 numbers", 2},
        Said{"cov([1,2,3])", "cov: takes two vectors, or a matrix of columns", 2},
        Said{"cov([1,2;3,4],[1,2;3,4])", "must be a vector", 2},
        Said{"mean(\"a\")", "mean must be a matrix, not text", 2},
        Said{"mean()", "mean takes 1 argument", 2}, Said{"mean(1,2)", "mean takes 1 argument", 2},
        Said{"median([1,i])", "not a complex matrix", 2},
        Said{"var(normal(0,1))", "'normal' is a distribution", 2}}) {
    const Outcome outcome = calc({expression});
    INFO(expression << ": " << outcome.out << outcome.err);
    CHECK(outcome.status == status);
    CHECK_THAT(outcome.out + outcome.err, ContainsSubstring(words));
  }
}
