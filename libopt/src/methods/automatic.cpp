#include "mathtool/opt/methods/automatic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "latin_hypercube.hpp"
#include "local_search.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/opt/methods/bfgs.hpp"
#include "mathtool/opt/methods/nelder_mead.hpp"
#include "mathtool/opt/methods/trust.hpp"

namespace mathtool::opt {

struct Automatic::Search {
  Iterate start = {};
  LocalChoice choice = {};
  int iterations = 0;
};

namespace {

/// At most so many searches from elsewhere, and so many of them that end as high as the first.
constexpr Index most_starts = 12;
constexpr int most_alike = 3;

/// Whether x is beyond all that the start would let expect.
bool is_far_off(const Iterate& now, const Iterate& start) {
  return now.x.lpNorm<Eigen::Infinity>() > 1e4 * std::max(1.0, start.x.lpNorm<Eigen::Infinity>());
}

/// Whether the slope that is left at a far-off point leads on: by the curvature along the way
/// there, further than a thousandth of that way.
bool leads_on(Evaluations& f, const Iterate& now) {
  if (now.gradient.size() == 0) return true;
  const double size = now.x.norm(), h = 1e-3 * size;
  const Vec along = now.x / size;
  Vec beyond = now.x + h * along, gradient(now.x.size());
  f.box().project(beyond);
  (void)f(beyond, gradient);
  const double curvature = (gradient - now.gradient).dot(along) / h;
  return !(std::abs(now.gradient.dot(along)) < 1e-3 * size * curvature);
}

bool is_unsolved_system(const Evaluations& f, const Iterate& now, const Iterate& start) {
  return 0 < f.squares() && f.squares() <= now.x.size() &&
         now.value > 1e-9 * std::min(1.0, start.value);
}

/// The part of the bounds that is so near to the start.
Box surroundings(const Evaluations& f, const Iterate& start, double reach) {
  Box box{start.x.array() - reach, start.x.array() + reach};
  f.box().project(box.low);
  f.box().project(box.high);
  return box;
}

/// Searches from elsewhere; moves `now`, and `stop`, where one of them ends lower. Returns: what
/// came of it.
std::string look_elsewhere(Evaluations& f, Iterate& now, const Iterate& start, double extra,
                           Stop& stop) {
  const std::int64_t most =
      f.count() + static_cast<std::int64_t>(extra * static_cast<double>(f.count()));
  const double local = now.value;
  // As far from the start as the minimum is.
  double reach = (now.x - start.x).lpNorm<Eigen::Infinity>();
  if (reach == 0) reach = std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
  const Mat points = latin_hypercube(surroundings(f, start, reach), most_starts, 0);
  Index tried = 0;
  int alike = 0;
  for (; tried < most_starts && alike < most_alike && f.count() < most && !f.exhausted(); ++tried) {
    Iterate other{points.col(tried), 0, {}, 0};
    other.value = f(other.x, other.gradient);
    if (std::isnan(other.value)) continue;
    LocalChoice choice = choose_local(f, other);
    std::optional<Stop> end;
    int as_high = 0;  // in a row: it settles where the first search did, or at a mirror image
    while (!end && as_high < 2 && f.count() < most && !f.exhausted()) {
      end = choice.search(f, other);
      ++other.iteration;
      as_high = std::abs(other.value - local) <= 1e-3 * local ? as_high + 1 : 0;
    }
    if (as_high > 0) ++alike;
    if (is_unsolved_system(f, other, start) || !(other.value < now.value)) continue;
    if (end) stop = *std::move(end);
    const std::int64_t iteration = now.iteration;
    now = std::move(other);
    now.iteration = iteration;
    return fmt::format(
        "; {} equations were not solved at a first minimum, {:.6g}, and search {} from elsewhere "
        "led here",
        f.squares(), local, tried + 1);
  }
  return fmt::format(
      "; {} equations in {} unknowns are not solved here, and {} more searches from elsewhere did "
      "not solve them",
      f.squares(), now.x.size(), tried);
}

/// Other methods from the start, and the same one from points around it, for so many iterations
/// each. Returns: why one arrived below `now`, which it then has become.
std::optional<Stop> try_others(Evaluations& f, Iterate& now, const Iterate& start, int patience,
                               LocalChoice& choice) {
  const auto arrives = [&](const auto& method, Iterate other,
                           std::string_view how) -> std::optional<Stop> {
    const LocalSearch search = local_search(method, f, other);
    for (int i = 0; i < patience && !f.exhausted(); ++i) {
      std::optional<Stop> stop = search(f, other);
      if (!stop) continue;
      if (stop->status != Status::converged || !(other.value < now.value) ||
          is_far_off(other, start))
        return std::nullopt;
      const std::int64_t iteration = now.iteration;
      now = std::move(other);
      now.iteration = iteration;
      choice.method = method.name;
      choice.why +=
          fmt::format(", but it crept for long or ran off, so others began anew, and {}", how);
      return stop;
    }
    return std::nullopt;
  };
  if (auto stop = arrives(Trust{.radius = 0.1}, start, "a smaller first region led here"))
    return stop;
  if (auto stop = arrives(Trust{.radius = 10}, start, "a larger first region led here"))
    return stop;
  if (auto stop = arrives(Bfgs{}, start, "BFGS led here")) return stop;
  const double reach = std::max(1.0, start.x.lpNorm<Eigen::Infinity>());
  const Mat points = latin_hypercube(surroundings(f, start, reach), 5, 0);
  for (Index j = 0; j < points.cols() && !f.exhausted(); ++j) {
    Iterate other{points.col(j), 0, {}, 0};
    other.value = f(other.x, other.gradient);
    if (std::isnan(other.value)) continue;
    if (auto stop = arrives(Trust{}, std::move(other), "one from beside the start led here"))
      return stop;
  }
  return std::nullopt;
}

}  // namespace

Automatic::State Automatic::init(const Iterate& start) const {
  return {std::make_shared<Search>(Search{start})};
}

std::optional<Stop> Automatic::step(State& state, Evaluations& f, Iterate& now) const {
  Search& search = *state.search;
  if (!search.choice.search) search.choice = choose_local(f, now);
  std::optional<Stop> stop = search.choice.search(f, now);
  const bool creeps = !stop && ++search.iterations == patience;
  // A sum of squares that has come to 0 is where it should be, however far.
  const bool solved = f.squares() > 0 && now.value <= 1e-9 * search.start.value;
  const bool ran_off =
      stop && stop->status == Status::converged && !solved && is_far_off(now, search.start);
  std::optional<Stop> better;
  if (search.choice.method == Trust::name && (creeps || (ran_off && search.iterations < patience)))
    better = try_others(f, now, search.start, patience, search.choice);
  if (better)
    stop = std::move(better);
  else if (ran_off && leads_on(f, now))
    *stop = {Status::suspicious,
             stop->reason + fmt::format("; but x has run off to {:.3g}, where f may only approach "
                                        "a limit",
                                        now.x.lpNorm<Eigen::Infinity>())};
  if (!stop) return std::nullopt;
  const bool has_gradient = now.gradient.size() > 0;
  if (stop->status == Status::stalled && has_gradient && now.x.size() <= 20 && !f.exhausted()) {
    now.gradient.resize(0);
    search.choice = {
        "nelder-mead",
        fmt::format("no step of {} lowered f, which may not be smooth", search.choice.method),
        local_search(NelderMead{}, f, now)};
    return std::nullopt;
  }
  std::string found;
  if (stop->status == Status::converged && extra > 0 && has_gradient &&
      is_unsolved_system(f, now, search.start))
    found = look_elsewhere(f, now, search.start, extra, *stop);
  stop->reason += fmt::format("; by {}: {}{}", search.choice.method, search.choice.why, found);
  return stop;
}

}  // namespace mathtool::opt
