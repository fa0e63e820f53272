#include "mathtool/math/parallel.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "hand_over.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

int thread_count(int threads) {
  require(threads >= 0, "threads must be >= 0, got {}", threads);
  const int available = oneapi::tbb::info::default_concurrency();
  return threads > 0 ? std::min(threads, available) : available;
}

/// Where items stand between stages: those that oneTBB holds when a stage throws, it would not
/// free. As the last stage takes them in order, a slot is free again when its turn comes round.
struct Slots {
  explicit Slots(std::size_t count) : items(count) {}
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;
  ~Slots() {
    for (const detail::Token& item : items) take_over(item.get());
  }

  std::vector<detail::Token> items;
};

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
  const std::size_t alive = 2 * static_cast<std::size_t>(threads) + 2;
  Slots slots(alive);
  std::size_t produced = 0;
  const char producer = 0, consumer = 0;  // places of the two serial stages
  const auto first = oneapi::tbb::make_filter<void, Token*>(
      filter_mode::serial_in_order, [&](oneapi::tbb::flow_control& control) -> Token* {
        const Turn turn(&producer);
        run.stop.check();
        Token& slot = slots.items[produced++ % alive];
        slot = produce();
        if (!slot) control.stop();
        hand_over(slot.get());
        return &slot;
      });
  const auto middle =
      oneapi::tbb::make_filter<Token*, Token*>(filter_mode::parallel, [&](Token* slot) {
        take_over(slot->get());
        *slot = transform(std::move(*slot));
        hand_over(slot->get());
        return slot;
      });
  const auto last =
      oneapi::tbb::make_filter<Token*, void>(filter_mode::serial_in_order, [&](Token* slot) {
        take_over(slot->get());
        const Turn turn(&consumer);
        consume(std::move(*slot));
      });
  const Loan to_producer(&producer), to_consumer(&consumer);
  oneapi::tbb::task_arena arena(threads);
  arena.execute([&] { oneapi::tbb::parallel_pipeline(alive, first & middle & last); });
}

}  // namespace detail

void parallel_for(Index n, FunctionRef<void(Index)> body, int threads) {
  const int count = thread_count(threads);
  if (count == 1 || n < 2) {
    for (Index i = 0; i < n; ++i) body(i);
    return;
  }
  const char start = 0, end = 0;
  hand_over(&start);
  const auto share = [&] {
    const auto one = [&](const oneapi::tbb::blocked_range<Index>& range) {
      take_over(&start);
      for (Index i = range.begin(); i < range.end(); ++i) body(i);
      hand_over(&end);
    };
    // One by one, so that no thread is left with several at the end.
    oneapi::tbb::parallel_for(oneapi::tbb::blocked_range<Index>(0, n), one,
                              oneapi::tbb::simple_partitioner());
  };
  // Within a pipeline its idle threads help, which no other arena could borrow; meanwhile this one
  // takes up no other stage.
  if (oneapi::tbb::this_task_arena::max_concurrency() == count)
    oneapi::tbb::this_task_arena::isolate(share);
  else
    oneapi::tbb::task_arena(count).execute(share);
  take_over(&end);
}

}  // namespace mathtool::math
