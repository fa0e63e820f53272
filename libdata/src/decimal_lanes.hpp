#pragma once

#include <cstdint>

namespace mathtool::data {

// Decimals are read sixteen bytes apiece: a field of at most 15 characters and the character behind
// it, right-aligned in a lane of a register. Four lanes share a mask of 64 bits, so that the
// questions about the characters of four fields are a few operations on integers. One division of
// exact numbers then rounds correctly.
//
// Ref: Clinger, How to read floating point numbers accurately (1990); Mula, SIMD-ized conversion of
// strings to integers (2014).

inline constexpr std::uint64_t lane_first_bits = 0x0001000100010001;
inline constexpr std::uint64_t lane_last_bits = 0x8000800080008000;

/// 10^0 ... 10^15, all of them exact.
alignas(64) inline constexpr double lane_powers_of_ten[16] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// What stands where in four lanes.
struct DecimalLanes {
  std::uint64_t digits;    ///< of the field
  std::uint64_t negative;  ///< one bit in each lane whose field begins with a minus
  std::uint64_t readable;  ///< the last bit of each lane whose field is a plain decimal

  /// Everything up to the decimal point, or the whole lane. Moving the digits there one byte on
  /// closes the gap of the point; a field with k digits behind the point then reads as the integer
  /// value · 10^(k+1), one without point as its value, and the bits of the lane above this mask
  /// number k+1 and 0.
  std::uint64_t up_to_point;
};

/// Pre: `field` holds the bits of each field, neither bit 15 of a lane nor any of fields longer
///      than 15 characters; the others may have bits outside `field`.
inline DecimalLanes judge_lanes(std::uint64_t field, std::uint64_t digits, std::uint64_t points,
                                std::uint64_t minuses) {
  DecimalLanes lanes;
  points &= field;
  lanes.digits = digits & field;
  lanes.negative = minuses & field & ~(field << 1);
  const std::uint64_t stops = points | lane_last_bits;
  lanes.up_to_point = stops ^ (stops - lane_first_bits);
  const std::uint64_t second_points = stops & (stops - lane_first_bits) & ~lane_last_bits;
  const std::uint64_t unfit = (field & ~(lanes.digits | points | lanes.negative)) | second_points;
  // Adding 2^15 - 1 carries into the last bit of a lane unless the lane is 0.
  lanes.readable = (lanes.digits + ~lane_last_bits) & ~(unfit + ~lane_last_bits) & lane_last_bits;
  return lanes;
}

}  // namespace mathtool::data
