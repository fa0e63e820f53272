#include "mathtool/nn/settings_search.hpp"

#include <atomic>
#include <cmath>
#include <set>

#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using nn::Settings;

namespace {

/// How far settings are from a = 2, b = 30.
nn::Score distance(const Settings& settings) {
  return {.loss = std::abs(std::stod(settings.at("a")) - 2) +
                  std::abs(std::stod(settings.at("b")) - 30)};
}

}  // namespace

TEST_CASE("search: a grid has every combination, the last setting changing fastest", "[nn]") {
  const auto space = nn::parse_search_space("a=1,2;b=10,20,30");
  const nn::SettingsSearch found = nn::grid_search(space, distance);
  std::vector<std::string> order;
  for (const nn::Trial& trial : found.trials)
    order.push_back(trial.settings.at("a") + " " + trial.settings.at("b"));
  CHECK(order == std::vector<std::string>{"1 10", "1 20", "1 30", "2 10", "2 20", "2 30"});
  REQUIRE(found.best);
  CHECK(*found.best == 5);
  CHECK(found.trials[5].score.loss == 0);
}

TEST_CASE("search: neither NaN nor a training that failed is the best", "[nn]") {
  const auto space = nn::parse_search_space("x=0,1,2,3");
  const auto score = [](const Settings& settings) {
    const std::string x = settings.at("x");
    if (x == "0") return nn::Score{.loss = std::nan("")};
    if (x == "1") return nn::Score{.loss = -5, .status = Status::not_finite};
    return nn::Score{.loss = std::stod(x)};
  };
  CHECK(*nn::grid_search(space, score).best == 2);
  CHECK_FALSE(nn::grid_search(space, [](const Settings&) { return nn::Score{}; }).best);
}

TEST_CASE("search: what cannot be searched is refused", "[nn]") {
  const auto grid = [](std::string_view text) {
    return nn::grid_search(nn::parse_search_space(text), distance);
  };
  CHECK_THROWS_WITH(grid("a=1:2;b=3"), ContainsSubstring("'a' is a range, which has no grid"));
  CHECK_THROWS_WITH(grid("a=1;a=2"), ContainsSubstring("'a' is named twice"));
  std::string values = "1";
  for (int i = 2; i <= 400; ++i) values += "," + std::to_string(i);
  CHECK_THROWS_WITH(grid("a=" + values + ";b=" + values), ContainsSubstring("more than 100000"));
  CHECK_THROWS_AS(nn::grid_search({}, distance), DomainError);
  const auto random = [](std::string_view text) {
    return nn::random_search(nn::parse_search_space(text), distance);
  };
  CHECK_THROWS_WITH(random("a=2:1;b=1"), ContainsSubstring("must ascend"));
  CHECK_THROWS_WITH(random("a=0:1:log;b=1"), ContainsSubstring("must begin above 0"));
  CHECK_THROWS_AS(nn::random_search(nn::parse_search_space("a=1;b=1"), distance, {.trials = 0}),
                  DomainError);
}

TEST_CASE("search: at random, no combination of values comes twice", "[nn]") {
  const auto space = nn::parse_search_space("a=1,2,3;b=10,20,30");
  const auto tried = [&](std::uint64_t seed, Index trials) {
    std::vector<Settings> all;
    for (const nn::Trial& trial :
         nn::random_search(space, distance, {.trials = trials, .seed = seed}).trials)
      all.push_back(trial.settings);
    return all;
  };
  const std::vector<Settings> all = tried(1, 100);
  CHECK(all.size() == 9);
  CHECK(std::set<Settings>(all.begin(), all.end()).size() == 9);
  CHECK(tried(1, 5) == std::vector<Settings>(all.begin(), all.begin() + 5));
  CHECK(tried(1, 9) != tried(2, 9));
}

TEST_CASE("search: numbers at random fill their range evenly, by factors where logarithmic",
          "[nn]") {
  const auto space = nn::parse_search_space("rate=1e-4:1:log;share=0.25:0.75;units=1:4");
  const Index trials = 4000;
  double log_sum = 0, sum = 0;
  std::map<std::string, int> units;
  (void)nn::random_search(space,
                          [&](const Settings& settings) {
                            const double rate = std::stod(settings.at("rate"));
                            const double share = std::stod(settings.at("share"));
                            CHECK((rate >= 1e-4 && rate <= 1 && share >= 0.25 && share <= 0.75));
                            log_sum += std::log10(rate);
                            sum += share;
                            ++units[settings.at("units")];
                            return nn::Score{.loss = 0};
                          },
                          {.trials = trials, .seed = 3});
  // Uniform on an interval of length L: the standard deviation is L / √12.
  const double n = static_cast<double>(trials);
  CHECK_NEAR(log_sum / n, -2, test::monte_carlo(6, 4 / std::sqrt(12 * n)));
  CHECK_NEAR(sum / n, 0.5, test::monte_carlo(6, 0.5 / std::sqrt(12 * n)));
  REQUIRE(units.size() == 4);
  for (const auto& [name, count] : units) {
    INFO(name);
    CHECK((name == "1" || name == "2" || name == "3" || name == "4"));
    CHECK_NEAR(count, n / 4, test::monte_carlo(6, std::sqrt(n * 0.25 * 0.75)));
  }
}

TEST_CASE("search: spaces are read from text", "[nn]") {
  using Space = std::vector<nn::SearchedSetting>;
  CHECK(nn::parse_search_space(" learning-rate = 1e-2, 1e-3 ; batch=32,128 ") ==
        Space{{.name = "learning-rate", .values = {"1e-2", "1e-3"}},
              {.name = "batch", .values = {"32", "128"}}});
  CHECK(nn::parse_search_space("rate=1e-4:1e-1:log;units=16:256;p=0.0:1") ==
        Space{{.name = "rate", .range = nn::NumberRange{1e-4, 1e-1, true, false}},
              {.name = "units", .range = nn::NumberRange{16, 256, false, true}},
              {.name = "p", .range = nn::NumberRange{0, 1, false, false}}});
  CHECK(nn::parse_search_space("layers=dense 64 relu, dense 3 | dense 3;schedule=step:30:0.1,"
                               "cosine") ==
        Space{{.name = "layers", .values = {"dense 64 relu, dense 3", "dense 3"}},
              {.name = "schedule", .values = {"step:30:0.1", "cosine"}}});
  CHECK_THROWS_WITH(nn::parse_search_space("rate"), ContainsSubstring("'rate' is no setting"));
  CHECK_THROWS_AS(nn::parse_search_space("=3"), DataError);
  CHECK_THROWS_WITH(nn::parse_search_space("a=1,,2"), ContainsSubstring("a value is missing"));
  CHECK_THROWS_AS(nn::parse_search_space("a="), DataError);
  CHECK_THROWS_AS(nn::parse_search_space(" ; "), DataError);
}

TEST_CASE("search: trials are counted, and a stop is obeyed", "[nn]") {
  const auto space = nn::parse_search_space("a=1,2;b=1,2");
  std::atomic<bool> flag = false;
  int made = 0;
  CHECK_THROWS_AS(nn::grid_search(space,
                                  [&](const Settings& settings) {
                                    flag = ++made == 3;
                                    return distance(settings);
                                  },
                                  {.stop = StopToken(flag)}),
                  Stopped);
  CHECK(made == 3);
  std::vector<std::int64_t> done;
  (void)nn::grid_search(space, distance, {.progress = {[&](std::int64_t d, std::int64_t total) {
                                            CHECK(total == 4);
                                            done.push_back(d);
                                          }}});
  CHECK(done == std::vector<std::int64_t>{1, 2, 3, 4});
}
