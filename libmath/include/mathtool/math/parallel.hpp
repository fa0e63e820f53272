#pragma once

#include <memory>
#include <utility>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

namespace detail {
using Token = std::shared_ptr<void>;
void run_pipeline(FunctionRef<Token()> produce, FunctionRef<Token(Token)> transform,
                  FunctionRef<void(Token)> consume, const RunControl& run);
}  // namespace detail

/// Feeds items through three stages: `produce` makes them one after the other until it returns
/// null, `transform` works on several at once, `consume` takes the results one after the other in
/// the order of production. Hence the outcome does not depend on the number of threads.
///
///     produce: () → unique_ptr<In>     transform: (In&) → Out     consume: (Out&&)
///
/// Throws:  what a stage throws, the first in no particular order (let `transform` return failures
///          and `consume` throw them where the order matters); Stopped when `run.stop` is raised.
/// Cost:    at most 2 · threads + 2 items are alive at a time.
template <class In, class Transform, class Consume>
void ordered_pipeline(FunctionRef<std::unique_ptr<In>()> produce, Transform&& transform,
                      Consume&& consume, const RunControl& run = {}) {
  using Out = decltype(transform(std::declval<In&>()));
  detail::run_pipeline(
      [&]() -> detail::Token { return produce(); },
      [&](detail::Token item) -> detail::Token {
        return std::make_shared<Out>(transform(*static_cast<In*>(item.get())));
      },
      [&](detail::Token result) { consume(std::move(*static_cast<Out*>(result.get()))); }, run);
}

/// body(0), ..., body(n − 1) in any order on up to `threads` threads (0: all). Each call must write
/// only what is its own.
void parallel_for(Index n, FunctionRef<void(Index)> body, int threads = 0);

}  // namespace mathtool::math
