#include "mathtool/stats/accumulators/distinct_count.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace mathtool::stats {
namespace {

constexpr std::size_t most_exact = 4096;
constexpr int index_bits = 14;
constexpr std::size_t register_count = std::size_t{1} << index_bits;
constexpr int rank_bits = 64 - index_bits;  // of a hash, whose leading zeros are counted

/// Stirs 64 bits so that each depends on all. Ref: Stafford, Better bit mixing (2011), mix 13.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

std::uint64_t hash_of(double x) {
  if (x == 0) x = 0.0;
  if (std::isnan(x)) x = std::numeric_limits<double>::quiet_NaN();
  return mix(std::bit_cast<std::uint64_t>(x) + 0x9e3779b97f4a7c15);
}

/// FNV-1a, stirred. Ref: Fowler, Noll & Vo (1991).
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return mix(hash);
}

/// Σ of xᵏ weighted by powers of two, the share of registers still empty: Ertl, eq. 11.
double empty_share(double x) {
  if (x == 1.0) return std::numeric_limits<double>::infinity();
  double power = 1.0, sum = x, before = 0.0;
  while (sum != before) {
    x *= x;
    before = sum;
    sum += x * power;
    power *= 2;
  }
  return sum;
}

/// The same for registers that are full: Ertl, eq. 15.
double full_share(double x) {
  if (x == 0.0 || x == 1.0) return 0.0;
  double power = 1.0, sum = 1 - x, before = 0.0;
  while (sum != before) {
    x = std::sqrt(x);
    before = sum;
    power *= 0.5;
    sum -= (1 - x) * (1 - x) * power;
  }
  return sum / 3;
}

}  // namespace

void DistinctCount::push(double x) { insert(hash_of(x)); }

void DistinctCount::push(std::string_view text) { insert(hash_of(text)); }

void DistinctCount::insert(std::uint64_t hash) {
  ++count_;
  record(hash);
}

void DistinctCount::record(std::uint64_t hash) {
  if (!approximate()) {
    hashes_.insert(hash);
    if (hashes_.size() > most_exact) leave_exact();
    return;
  }
  std::uint8_t& longest = registers_[hash >> rank_bits];
  const int zeros = std::min(std::countl_zero(hash << index_bits), rank_bits);
  longest = std::max(longest, static_cast<std::uint8_t>(zeros + 1));
}

void DistinctCount::leave_exact() {
  registers_.assign(register_count, 0);
  for (const std::uint64_t hash : hashes_) record(hash);
  hashes_ = {};
}

void DistinctCount::merge(const DistinctCount& other) {
  count_ += other.count_;
  if (other.approximate() && !approximate()) leave_exact();
  for (const std::uint64_t hash : other.hashes_) record(hash);
  for (std::size_t i = 0; i < other.registers_.size(); ++i)
    registers_[i] = std::max(registers_[i], other.registers_[i]);
}

double DistinctCount::distinct() const {
  if (!approximate()) return static_cast<double>(hashes_.size());
  std::array<double, rank_bits + 2> of_rank = {};
  for (const std::uint8_t rank : registers_) ++of_rank[rank];
  constexpr double m = register_count;
  double sum = m * full_share(1 - of_rank[rank_bits + 1] / m);
  for (std::size_t rank = rank_bits; rank >= 1; --rank) sum = (sum + of_rank[rank]) / 2;
  sum += m * empty_share(of_rank[0] / m);
  return std::round(m * m / (2 * std::log(2.0)) / sum);
}

double DistinctCount::relative_error() const {
  return approximate() ? 1.04 / std::sqrt(static_cast<double>(register_count)) : 0.0;
}

}  // namespace mathtool::stats
