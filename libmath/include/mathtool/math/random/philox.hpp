#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace mathtool::math {

/// Philox 4x32-10, a counter-based random engine: draw i of stream s under a seed is a function of
/// (seed, s, i) alone, so that parallel work needs no shared state and gives the same bits on every
/// platform. 2⁶⁴ streams of 2⁶⁴ draws. A copy continues where the original stands.
///
/// Ref: Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
class Philox {
 public:
  using result_type = std::uint64_t;

  explicit Philox(std::uint64_t seed = 0, std::uint64_t stream = 0)
      : seed_(seed), stream_(stream) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    if (position_ % buffered == 0) fill(draws_.data());
    return draws_[position_++ % buffered];
  }

  /// The next draws, as operator() gives them one by one.
  void draw(std::span<result_type> out);

  /// The draws to come that are at hand, at least one; `skip` passes over as many of them.
  std::span<const result_type> ahead() {
    if (position_ % buffered == 0) fill(draws_.data());
    return std::span(draws_).subspan(position_ % buffered);
  }
  void skip(std::uint64_t draws) { position_ += draws; }

  /// Continues with draw `position` of the stream, counted from 0.
  void seek(std::uint64_t position) {
    position_ = position;
    if (position_ % buffered != 0) fill(draws_.data());
  }

  std::uint64_t seed() const { return seed_; }
  std::uint64_t stream() const { return stream_; }

  /// The bijection itself: ten rounds of `counter` under `key`.
  static std::array<std::uint32_t, 4> rounds(std::array<std::uint32_t, 4> counter,
                                             std::array<std::uint32_t, 2> key);

 private:
  static constexpr std::size_t buffered = 64;  ///< of 32 counters, which vectors compute together

  /// The draws of the block in which `position_` lies.
  void fill(result_type* draws) const;

  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t position_ = 0;  ///< the next draw
  std::array<std::uint64_t, buffered> draws_{};
};

}  // namespace mathtool::math
