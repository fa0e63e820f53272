#include "mathtool/opt/methods/bfgs.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/cholesky.hpp"
#include "mathtool/opt/line_search/descend.hpp"
#include "vector_kernels.hpp"

namespace mathtool::opt {
namespace {

/// Takes out of −H ∇f what moves the held variables. Returns: false where H has lost its digits.
bool keep_on_face(Bfgs::State& state) {
  std::vector<Index> held;
  for (Index i = 0; i < state.direction.size(); ++i)
    if (!state.free.has(i)) held.push_back(i);
  const Index a = std::ssize(held);
  const auto entry = [&](Index i, Index j) { return i >= j ? state.H(i, j) : state.H(j, i); };
  Mat H(a, a);
  Vec moved(a);
  for (Index k = 0; k < a; ++k) {
    moved[k] = state.direction[held[static_cast<std::size_t>(k)]];
    for (Index l = 0; l < a; ++l)
      H(k, l) = entry(held[static_cast<std::size_t>(k)], held[static_cast<std::size_t>(l)]);
  }
  const math::Cholesky factor = math::cholesky(H);
  if (factor.L.size() == 0) return false;
  factor.L.triangularView<Eigen::Lower>().solveInPlace(moved);
  factor.L.transpose().triangularView<Eigen::Upper>().solveInPlace(moved);
  for (Index k = 0; k < a; ++k)
    for (Index i = 0; i < state.direction.size(); ++i)
      state.direction[i] -= entry(i, held[static_cast<std::size_t>(k)]) * moved[k];
  state.free.restrict(state.direction);
  return true;
}

void update(Bfgs::State& state, const Iterate& now) {
  const Index n = now.x.size();
  state.s.resize(n), state.y.resize(n);
  const PairProducts p =
      take_differences(n, state.found.x.data(), now.x.data(), state.found.gradient.data(),
                       now.gradient.data(), state.s.data(), state.y.data());
  if (!(p.sy > 16 * epsilon * std::sqrt(p.ss * p.yy))) return;
  if (state.H.size() == 0) state.H = Mat((p.sy / p.yy) * Vec::Ones(n).asDiagonal());
  auto H = state.H.selfadjointView<Eigen::Lower>();
  state.Hy.noalias() = H * state.y;
  // H + (1 + ρ yᵀHy) ρ s sᵀ − ρ (s (Hy)ᵀ + Hy sᵀ), as one update of rank two.
  const double rho = 1 / p.sy;
  state.Hy -= ((1 + rho * state.y.dot(state.Hy)) / 2) * state.s;
  H.rankUpdate(state.s, state.Hy, -rho);
}

}  // namespace

Bfgs::State Bfgs::init(const Iterate&) const { return {}; }

std::optional<Stop> Bfgs::step(State& state, Evaluations& f, Iterate& now) const {
  state.free.update(f.box(), now);
  for (;;) {
    state.direction = -now.gradient;
    state.free.restrict(state.direction);
    const bool fresh = state.H.size() == 0;
    bool usable = true;
    if (!fresh) {
      state.direction = state.H.selfadjointView<Eigen::Lower>() * state.direction;
      if (!state.free.all()) usable = keep_on_face(state);
    }
    keep_inside(f.box(), now.x, state.direction);
    const Line line(f, now, state.direction);
    const double first = fresh ? first_step(now, state.direction) : 1.0;
    LineEnd end = LineEnd::no_lower;
    if (usable && line.slope() < 0) {
      end = descend(line, first, {.decrease = decrease, .curvature = curvature}, state.found);
      if (end == LineEnd::found) {
        update(state, now);
        move_to(state.found, now);
        return std::nullopt;
      }
      if (f.exhausted()) return std::nullopt;
    }
    if (fresh) return no_descent(line, end, first);
    state.H.resize(0, 0);  // what was learnt misleads: once more, straight down
  }
}

void Bfgs::validate() const {
  check_settings(*this);
  MoreThuente{decrease, curvature}.validate();
}

}  // namespace mathtool::opt
