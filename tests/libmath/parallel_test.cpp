#include "mathtool/math/parallel.hpp"

#include <atomic>
#include <chrono>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;

namespace {

std::string letters(int threads, int count) {
  int next = 0;
  std::string result;
  math::ordered_pipeline<int>(
      [&]() -> std::unique_ptr<int> {
        return next < count ? std::make_unique<int>(next++) : nullptr;
      },
      [](int& i) { return static_cast<char>('a' + i % 26); }, [&](char&& c) { result += c; },
      {.threads = threads});
  return result;
}

}  // namespace

TEST_CASE("pipeline: results arrive in order for any number of threads", "[math]") {
  std::string expected;
  for (int i = 0; i < 1000; ++i) expected += static_cast<char>('a' + i % 26);
  for (const int threads : {0, 1, 2, 5}) CHECK(letters(threads, 1000) == expected);
  CHECK(letters(2, 0).empty());
}

TEST_CASE("pipeline: what a stage throws reaches the caller", "[math]") {
  for (const int threads : {1, 2}) {
    int next = 0;
    const auto run = [&] {
      math::ordered_pipeline<int>(
          [&] { return std::make_unique<int>(next++); }, [](int& i) { return i; },
          [](int&& i) { require<DataError>(i < 50, "row {}", i); }, {.threads = threads});
    };
    CHECK_THROWS_WITH(run(), "row 50");
  }
}

TEST_CASE("pipeline: a raised stop token ends it", "[math]") {
  for (const int threads : {1, 2}) {
    std::atomic<bool> flag = false;
    int seen = 0;
    const auto run = [&] {
      math::ordered_pipeline<int>([] { return std::make_unique<int>(0); }, [](int& i) { return i; },
                                  [&](int&&) {
                                    if (++seen == 10) flag = true;
                                  },
                                  {.threads = threads, .stop = StopToken(flag)});
    };
    CHECK_THROWS_AS(run(), Stopped);
  }
}

TEST_CASE("parallel for: every index is visited once", "[math]") {
  for (const int threads : {0, 1, 3}) {
    std::vector<int> visits(1000, 0);
    math::parallel_for(
        1000, [&](Index i) { ++visits[static_cast<std::size_t>(i)]; }, threads);
    CHECK(std::count(visits.begin(), visits.end(), 1) == 1000);
  }
  math::parallel_for(0, [](Index) { FAIL("no index to visit"); });
  CHECK_THROWS_AS(math::parallel_for(
                      3, [](Index) {}, -1),
                  DomainError);
}

TEST_CASE("parallel for: within a pipeline its idle threads help", "[math]") {
  using namespace std::chrono;
  const bool several = std::thread::hardware_concurrency() > 1;
  for (const int threads : {1, 2}) {
    int next = 0, consumed = 0;
    std::atomic<int> met = 0;
    math::ordered_pipeline<int>(
        [&]() -> std::unique_ptr<int> {
          return next < 5 ? std::make_unique<int>(next++) : nullptr;
        },
        [](int& i) { return i; },
        [&](int&& item) {
          CHECK(item == consumed++);
          if (item < 4) return;
          std::atomic<int> waiting = 0;
          math::parallel_for(
              2,
              [&](Index) {
                ++waiting;
                const auto patience =
                    steady_clock::now() + seconds(threads == 2 && several ? 20 : 0);
                while (waiting < 2 && steady_clock::now() < patience) std::this_thread::yield();
                met += waiting == 2;
              },
              threads);
        },
        {.threads = threads});
    CHECK(consumed == 5);
    CHECK(met == (threads == 2 && several ? 2 : 1));
  }
}

TEST_CASE("parallel for: what a body throws reaches the caller", "[math]") {
  for (const int threads : {1, 2})
    CHECK_THROWS_WITH(
        math::parallel_for(
            100, [](Index i) { require<DataError>(i != 37, "index {}", i); }, threads),
        "index 37");
}
