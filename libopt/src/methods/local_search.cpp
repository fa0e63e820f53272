#include "local_search.hpp"

#include <fmt/format.h>

#include "mathtool/opt/methods/bfgs.hpp"
#include "mathtool/opt/methods/lbfgs.hpp"
#include "mathtool/opt/methods/lbfgsb.hpp"
#include "mathtool/opt/methods/newton_cg.hpp"
#include "mathtool/opt/methods/trust.hpp"

namespace mathtool::opt {

LocalChoice choose_local(Evaluations& f, const Iterate& start) {
  const Index n = start.x.size();
  const auto chosen = [&](const auto& method, std::string why) {
    return LocalChoice{std::string(method.name), std::move(why), local_search(method, f, start)};
  };
  const Trust trust;
  if (n <= trust.dense && f.has_hessian())
    return chosen(trust, fmt::format("the Hessian is known and {} variable{} few", n,
                                     n == 1 ? " is" : "s are"));
  if (f.has_hessian_times())
    return chosen(NewtonCg{}, fmt::format("products with the Hessian are known, and {} variables "
                                          "are many for more",
                                          n));
  if (n <= trust.dense) return chosen(Bfgs{}, "the gradient is known, and no Hessian");
  if (!f.box().unbounded())
    return chosen(Lbfgsb{}, fmt::format("{} variables are many, and there are bounds", n));
  return chosen(Lbfgs{}, fmt::format("{} variables are many", n));
}

Stop search_locally(Evaluations& f, Iterate& now) {
  const LocalChoice choice = choose_local(f, now);
  for (;; ++now.iteration)
    if (auto stop = choice.search(f, now)) return *std::move(stop);
}

}  // namespace mathtool::opt
