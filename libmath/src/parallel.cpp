#include "mathtool/math/parallel.hpp"

#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>

#include "hand_over.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

int thread_count(int threads) {
  require(threads >= 0, "threads must be >= 0, got {}", threads);
  const int available = oneapi::tbb::info::default_concurrency();
  return threads > 0 ? std::min(threads, available) : available;
}

}  // namespace

namespace detail {

void run_pipeline(FunctionRef<Token()> produce, FunctionRef<Token(Token)> transform,
                  FunctionRef<void(Token)> consume, const RunControl& run) {
  using oneapi::tbb::filter_mode;
  const int threads = thread_count(run.threads);
  if (threads == 1) {
    while (Token item = produce()) {
      run.stop.check();
      consume(transform(std::move(item)));
    }
    return;
  }
  const char producer = 0, consumer = 0;  // places of the two serial stages
  const auto first = oneapi::tbb::make_filter<void, Token>(filter_mode::serial_in_order,
                                                           [&](oneapi::tbb::flow_control& control) {
                                                             const Turn turn(&producer);
                                                             run.stop.check();
                                                             Token item = produce();
                                                             if (!item) control.stop();
                                                             hand_over(item.get());
                                                             return item;
                                                           });
  const auto middle =
      oneapi::tbb::make_filter<Token, Token>(filter_mode::parallel, [&](Token item) {
        take_over(item.get());
        Token result = transform(std::move(item));
        hand_over(result.get());
        return result;
      });
  const auto last =
      oneapi::tbb::make_filter<Token, void>(filter_mode::serial_in_order, [&](Token item) {
        take_over(item.get());
        const Turn turn(&consumer);
        consume(std::move(item));
      });
  const Loan to_producer(&producer), to_consumer(&consumer);
  oneapi::tbb::task_arena arena(threads);
  arena.execute([&] {
    oneapi::tbb::parallel_pipeline(2 * static_cast<std::size_t>(threads) + 2,
                                   first & middle & last);
  });
}

}  // namespace detail

void parallel_for(Index n, FunctionRef<void(Index)> body, int threads) {
  if (thread_count(threads) == 1 || n < 2) {
    for (Index i = 0; i < n; ++i) body(i);
    return;
  }
  const char start = 0, end = 0;
  hand_over(&start);
  oneapi::tbb::task_arena arena(thread_count(threads));
  arena.execute([&] {
    oneapi::tbb::parallel_for(Index{0}, n, [&](Index i) {
      take_over(&start);
      body(i);
      hand_over(&end);
    });
  });
  take_over(&end);
}

}  // namespace mathtool::math
