#include "mathtool/math/closest_match.hpp"

#include <vector>

#include "support/catch.hpp"

using mathtool::closest_match;
using mathtool::did_you_mean;

TEST_CASE("closest match: a slip of the keyboard finds the word that was meant", "[math]") {
  const std::vector<std::string> words{"price", "quantity", "date", "Sepal.Length"};
  CHECK(closest_match("prcie", words) == "price");                // neighbours swapped
  CHECK(closest_match("quantty", words) == "quantity");           // one missing
  CHECK(closest_match("datee", words) == "date");                 // one too many
  CHECK(closest_match("sepal.length", words) == "Sepal.Length");  // letter case
  CHECK(did_you_mean("prcie", words) == " (did you mean 'price'?)");
}

TEST_CASE("closest match: nothing is suggested that shares little with the word", "[math]") {
  const std::vector<std::string> words{"price", "a", "ab"};
  CHECK(!closest_match("volume", words));
  CHECK(!closest_match("x", words));  // every letter would change
  CHECK(!closest_match("", words));
  CHECK(!closest_match(std::string(100000, 'p'), words));
  CHECK(did_you_mean("volume", words).empty());
}

TEST_CASE("closest match: of equally near words the first wins", "[math]") {
  const std::vector<std::string> words{"beta", "zeta"};
  CHECK(closest_match("eta", words) == "beta");
}
