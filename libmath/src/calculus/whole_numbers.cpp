#include "calculus/whole_numbers.hpp"

#include <algorithm>

#include "calculus/accelerate_track.hpp"

namespace mathtool::math {
namespace {

using ReadMember = FunctionRef<Sample(const FiftyDigits& n)>;

/// Largest distance from `limit` of members from `from` to `to`; infinite when one is not usable.
FiftyDigits farthest(ReadMember read, int from, int to, const FiftyDigits& limit) {
  FiftyDigits most = 0;
  for (int n = from; n <= to; ++n) {
    const Sample member = read(n);
    if (member.lost || !isfinite(member.value)) return std::numeric_limits<FiftyDigits>::infinity();
    most = std::max(most, FiftyDigits(abs(member.value - limit)));
  }
  return most;
}

/// Whether some late member, as far as they can be had, lies farther from `limit` than `distance`.
bool strays(ReadMember read, double largest, const FiftyDigits& limit,
            const FiftyDigits& distance) {
  for (double n = 256; n <= std::min(largest, 0x1p40); n = std::floor(1.7 * n) + 1) {
    const Sample member = read(n);
    if (!member.lost && !(abs(member.value - limit) <= distance)) return true;
  }
  return false;
}

/// From neighbouring members, as oscillation asks for: 48 of them from three starts on. Later ones
/// must have come nearer to the limit than early ones.
Settled settle_neighbours(ReadMember read, double largest, const Tolerances& tolerances) {
  constexpr int members = 48;
  std::vector<Family> families;
  FiftyDigits size = 0;
  for (const int start : {0, 5, 16}) {
    Family family;
    for (int n = start; n < start + members; ++n) {
      const Sample member = read(n + 1);
      family.values.push_back(member.value);
      family.noise.push_back(member.noise);
      size = std::max(size, FiftyDigits(abs(member.value)));
    }
    family.from = members / 2;
    families.push_back(std::move(family));
  }
  const Consensus consensus = accelerate(families);
  const Accelerated<FiftyDigits>& best = consensus.best;
  const FiftyDigits tolerance =
      std::max(FiftyDigits(tolerances.relative * abs(best.value)),
               FiftyDigits(tolerances.absolute * std::min(FiftyDigits(1), size)));
  const FiftyDigits nearby =
      std::max(best.error, FiftyDigits(farthest(read, 16, 32, best.value) / 2));
  const bool approached =
      farthest(read, 128, 192, best.value) <= nearby && !strays(read, largest, best.value, nearby);
  if (!consensus.contradicted && best.error <= tolerance && approached)
    return settled_finite(best.value, best.error);
  return not_settled(Status::out_of_budget, "neighbouring members follow no known pattern");
}

}  // namespace

Settled settle_whole_numbers(ReadMember read, const WholeNumbers& numbers,
                             const Tolerances& tolerances) {
  const double largest = std::min(numbers.largest, 0x1p60);
  const auto at_distance = [&](const FiftyDigits& h) {
    const FiftyDigits n = round(1 / h);
    return read(n > largest ? FiftyDigits(largest) : n);
  };
  const bool far = largest >= 0x1p40 && !numbers.in_double;
  Settled settled = settle({.read = at_distance,
                            .nearest = 1 / FiftyDigits(largest),
                            .ratio = far ? 4 : 2,
                            .whole = true,
                            .in_double = numbers.in_double,
                            .stop = numbers.stop},
                           tolerances);
  if (settled.verdict != Verdict::not_established || largest < 192) return settled;
  std::int64_t evaluations = settled.evaluations;
  const auto counted = [&](const FiftyDigits& n) {
    ++evaluations;
    return read(n);
  };
  Settled neighbours = settle_neighbours(counted, largest, tolerances);
  if (neighbours.verdict == Verdict::finite) settled = neighbours;
  settled.evaluations = evaluations;
  return settled;
}

}  // namespace mathtool::math
