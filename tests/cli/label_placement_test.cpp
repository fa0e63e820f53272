#include "cli/plot/label_placement.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "support/catch.hpp"

using namespace mathtool::cli;

namespace {

constexpr Box window{0, 0, 500, 400};
constexpr Point middle{250, 200};

bool within_window(const Box& box) {
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= 500 && box.y + box.height <= 400;
}

bool any_overlap(const std::vector<std::optional<Box>>& places) {
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (places[i] && places[j] && overlap(*places[i], *places[j])) return true;
  return false;
}

}  // namespace

TEST_CASE("labels: boxes that share an edge do not overlap", "[cli]") {
  CHECK(overlap({0, 0, 2, 2}, {1, 1, 2, 2}));
  CHECK_FALSE(overlap({0, 0, 2, 2}, {2, 0, 2, 2}));
  CHECK_FALSE(overlap({0, 0, 2, 2}, {0, 2, 2, 2}));
}

TEST_CASE("labels: a single one stands just beyond its arrow", "[cli]") {
  const std::vector<Label> labels = {{{400, 200}, 60, 15}};
  const auto places = place_labels(labels, window, middle, {});
  REQUIRE(places[0].has_value());
  CHECK(places[0]->x > 400);
  CHECK(places[0]->y + places[0]->height / 2 == Approx(200));
}

TEST_CASE("labels: eight at one point all find room", "[cli]") {
  const std::vector<Label> labels(8, {{300, 250}, 60, 15});
  const auto places = place_labels(labels, window, middle, {});
  CHECK(std::all_of(places.begin(), places.end(), [](const auto& place) { return place; }));
  CHECK_FALSE(any_overlap(places));
}

TEST_CASE("labels: points are left uncovered where there is a choice", "[cli]") {
  const std::vector<Label> labels = {{{300, 200}, 60, 15}};
  std::vector<Point> crowd;  // to the right of the anchor
  for (int i = 0; i < 50; ++i) crowd.push_back({310.0 + i, 200});
  const auto places = place_labels(labels, window, middle, crowd);
  REQUIRE(places[0].has_value());
  for (const Point& point : crowd)
    CHECK_FALSE((places[0]->x < point.x && point.x < places[0]->x + places[0]->width &&
                 places[0]->y < point.y && point.y < places[0]->y + places[0]->height));
}

TEST_CASE("labels: one that fits nowhere is left out", "[cli]") {
  const std::vector<Label> labels = {{{250, 200}, 600, 15}};
  CHECK_FALSE(place_labels(labels, window, middle, {})[0].has_value());
}

TEST_CASE("labels: whatever the anchors, no two overlap and all stay inside", "[cli]") {
  CHECK(rc::check([] {
    const auto anchors = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 500), rc::gen::inRange(0, 400)));
    std::vector<Label> labels;
    for (const auto& [x, y] : anchors)
      labels.push_back({{static_cast<double>(x), static_cast<double>(y)}, 70, 15});
    const auto places = place_labels(labels, window, middle, {});
    RC_ASSERT(places.size() == labels.size());
    RC_ASSERT_FALSE(any_overlap(places));
    for (const auto& place : places) RC_ASSERT(!place || within_window(*place));
  }));
}
