#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "../stopping_rules.hpp"
#include "mathtool/opt/minimize.hpp"

namespace mathtool::opt {

/// A method within a method: each call is an iteration of it, until it returns why it ended. It
/// ends by the tolerances of `f.limits()`, as the loop would end it.
using LocalSearch = std::function<std::optional<Stop>(Evaluations& f, Iterate& now)>;

/// Where the search begins and with what: `now` of the first call must be `start`.
template <Method M>
LocalSearch local_search(const M& method, Evaluations& f, const Iterate& start) {
  struct Run {
    Run(const M& m, Evaluations& calls, const Iterate& from)
        : method(m),
          state(m.init(from)),
          settled([this](Evaluations& g, [[maybe_unused]] const Iterate& at) {
            if constexpr (requires { method.settled(state, g, at); })
              return method.settled(state, g, at);
            else
              return true;
          }),
          rules(calls.limits(), from, settled, loop_traits<M>().ends_itself) {}

    M method;
    typename M::State state;
    std::function<bool(Evaluations&, const Iterate&)> settled;
    StoppingRules rules;
    bool begun = false;
  };
  const auto run = std::make_shared<Run>(method, f, start);
  return [run](Evaluations& calls, Iterate& now) -> std::optional<Stop> {
    if (!std::exchange(run->begun, true))
      if (auto stop = run->rules.at_start(now, calls)) return stop;
    const Iterate before = now;
    std::optional<Stop> stuck = run->method.step(run->state, calls, now);
    if (stuck && now.x == before.x) return stuck;
    if (auto stop = run->rules.after_step(now, before, calls)) return stop;
    return stuck;
  };
}

/// A method for a smooth function, by what is known of it, and a sentence why.
struct LocalChoice {
  std::string method = {}, why = {};
  LocalSearch search = {};
};

LocalChoice choose_local(Evaluations& f, const Iterate& start);

/// Runs such a search to its end. `now` needs its gradient.
Stop search_locally(Evaluations& f, Iterate& now);

}  // namespace mathtool::opt
