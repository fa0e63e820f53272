#include "scan_verdict.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace mathtool::math {

ScanVerdict scan_verdict(const ChebyshevScan& scan, bool exhausted, const std::string& doubt) {
  using State = ChebyshevPiece::State;
  const auto is = [](State state) {
    return [state](const ChebyshevPiece& piece) { return piece.state == state; };
  };
  if (std::all_of(scan.pieces.begin(), scan.pieces.end(), is(State::undefined)))
    return {Status::not_finite, fmt::format("f has no finite value between {} and {}",
                                            scan.pieces.front().a, scan.pieces.back().b)};
  if (!scan.complete) {
    const auto first = std::find_if(scan.pieces.begin(), scan.pieces.end(), is(State::unresolved));
    const auto last = std::find_if(scan.pieces.rbegin(), scan.pieces.rend(), is(State::unresolved));
    return {Status::out_of_budget,
            fmt::format("f varies too fast to be followed between {} and {}", first->a, last->b)};
  }
  if (exhausted) return {Status::out_of_budget, "the evaluations allowed were spent"};
  if (!doubt.empty()) return {Status::suspicious, doubt};
  return {Status::converged, {}};
}

std::vector<Interval> undefined_intervals(const ChebyshevScan& scan) {
  std::vector<Interval> result;
  for (const ChebyshevPiece& piece : scan.pieces) {
    if (piece.state != ChebyshevPiece::State::undefined) continue;
    if (!result.empty() && result.back().upper == piece.a)
      result.back().upper = piece.b;
    else
      result.push_back({piece.a, piece.b});
  }
  return result;
}

}  // namespace mathtool::math
