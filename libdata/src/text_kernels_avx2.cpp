#if defined(__x86_64__)

#include <immintrin.h>

#include <bit>

#include "decimal_lanes.hpp"
#include "text_kernels.hpp"

// Compiled for these instructions whatever the rest is compiled for; text_kernels() answers for the
// processor.
#define MATHTOOL_AVX2 __attribute__((target("avx2,bmi,popcnt")))

namespace mathtool::data {
namespace {

/// 64 bytes, or the lanes of four fields.
struct Bytes {
  __m256i low, high;
};

MATHTOOL_AVX2 inline std::uint64_t highest_bits(Bytes bytes) {
  const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes.low));
  const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes.high));
  return low | std::uint64_t{high} << 32;
}

MATHTOOL_AVX2 inline std::uint64_t equal(Bytes bytes, __m256i symbol) {
  return highest_bits(
      {_mm256_cmpeq_epi8(bytes.low, symbol), _mm256_cmpeq_epi8(bytes.high, symbol)});
}

MATHTOOL_AVX2 bool find_symbols(const char* text, std::size_t blocks, char delimiter, char line_end,
                                SymbolMasks& masks) {
  const __m256i delimiters = _mm256_set1_epi8(delimiter), line_ends = _mm256_set1_epi8(line_end);
  const __m256i quotes = _mm256_set1_epi8('"');
  __m256i least = _mm256_set1_epi8(1);
  for (std::size_t block = 0; block < blocks; ++block, text += block_size) {
    const Bytes bytes{_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text)),
                      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32))};
    masks.delimiters[block] = equal(bytes, delimiters);
    masks.line_ends[block] = equal(bytes, line_ends);
    masks.quotes[block] = equal(bytes, quotes);
    least = _mm256_min_epu8(least, _mm256_min_epu8(bytes.low, bytes.high));
  }
  return _mm256_movemask_epi8(_mm256_cmpeq_epi8(least, _mm256_setzero_si256())) != 0;
}

/// Eight positions at a time, whether or not there are so many: a branch for each costs more.
MATHTOOL_AVX2 std::size_t list_positions(const std::uint64_t* masks, std::size_t blocks,
                                         std::uint32_t first, std::uint32_t* positions) {
  std::uint32_t* out = positions;
  for (std::size_t block = 0; block < blocks; ++block, first += block_size) {
    std::uint64_t mask = masks[block];
    const auto count = std::popcount(mask);
    std::uint32_t* next = out;
    while (mask) {
      for (int k = 0; k < 8; ++k, mask = _blsr_u64(mask))
        *next++ = first + static_cast<std::uint32_t>(_tzcnt_u64(mask));
    }
    out += count;
  }
  return static_cast<std::size_t>(out - positions);
}

/// The last sixteen bytes of two fields and what follows them.
MATHTOOL_AVX2 inline __m256i load_lanes(const char* text, std::uint32_t end0, std::uint32_t end1) {
  const char* last = text - 15;
  return _mm256_loadu2_m128i(reinterpret_cast<const __m128i*>(last + end1),
                             reinterpret_cast<const __m128i*>(last + end0));
}

MATHTOOL_AVX2 inline Bytes digits_of(Bytes bytes) {
  const __m256i zero = _mm256_set1_epi8('0');
  return {_mm256_sub_epi8(bytes.low, zero), _mm256_sub_epi8(bytes.high, zero)};
}

MATHTOOL_AVX2 inline std::uint64_t at_most_nine(Bytes digits) {
  const __m256i nine = _mm256_set1_epi8(9);
  return highest_bits({_mm256_cmpeq_epi8(_mm256_min_epu8(digits.low, nine), digits.low),
                       _mm256_cmpeq_epi8(_mm256_min_epu8(digits.high, nine), digits.high)});
}

/// All bits of a byte for each bit of the mask.
MATHTOOL_AVX2 inline __m256i spread(std::uint64_t mask) {
  const __m256i source =
      _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
  const __m256i bits = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
  const __m256i copies = _mm256_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(mask)));
  return _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(copies, source), bits), bits);
}

/// The digits of two fields as pairs of four-digit numbers.
MATHTOOL_AVX2 inline __m256i quadruples(__m256i digits, std::uint64_t are_digits,
                                        std::uint64_t up_to_point) {
  const __m256i sparse = _mm256_and_si256(digits, spread(are_digits));
  const __m256i dense =
      _mm256_blendv_epi8(sparse, _mm256_slli_si256(sparse, 1), spread(up_to_point));
  // Neighbours with weights 10 and 1, then 100 and 1; the caller goes on with 10000 and 1.
  const __m256i pairs = _mm256_maddubs_epi16(dense, _mm256_set1_epi16(0x010a));
  return _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
}

/// Exact below 2^52, where the bits of the integer are the last ones of 2^52 plus itself.
MATHTOOL_AVX2 inline __m256d to_double(__m256i integers) {
  const __m256d base = _mm256_set1_pd(0x1p52);
  return _mm256_sub_pd(_mm256_or_pd(_mm256_castsi256_pd(integers), base), base);
}

MATHTOOL_AVX2 inline double power_of_ten(std::uint64_t up_to_point, int shift) {
  const auto lane = static_cast<std::uint16_t>(up_to_point >> shift);
  return lane_powers_of_ten[std::countl_zero(lane)];
}

/// Fields 0 and 2 lie in the first half of all masks and bytes, fields 1 and 3 in the second: that
/// is how packing two registers orders them.
MATHTOOL_AVX2 std::size_t read_decimals(const char* text, FieldBounds fields, char decimal,
                                        double* values, std::uint32_t* unread) {
  constexpr std::size_t width = 4;
  constexpr int shifts[width] = {0, 32, 16, 48};
  const __m256i points = _mm256_set1_epi8(decimal), minuses = _mm256_set1_epi8('-');
  const __m256i place = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  const __m256i spread_even = _mm256_set1_epi8(0), spread_odd = _mm256_set1_epi8(8);
  std::size_t left = 0, i = 0;
  for (; i + width <= fields.count; i += width) {
    const std::uint32_t* end = fields.end + i;
    const __m128i before = _mm_loadu_si128(reinterpret_cast<const __m128i*>(fields.before + i));
    const __m128i behind = _mm_loadu_si128(reinterpret_cast<const __m128i*>(end));
    // ~before = -before - 1
    const __m128i size = _mm_add_epi32(behind, _mm_xor_si128(before, _mm_set1_epi32(-1)));
    const __m128i bounded = _mm_min_epu32(size, _mm_set1_epi32(15));
    const int short_enough = _mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(bounded, size)));
    // Field 2k and 2k + 1 in the two halves of lane k.
    const __m256i before_first = _mm256_cvtepi32_epi64(_mm_sub_epi32(_mm_set1_epi32(14), bounded));
    const Bytes field{_mm256_cmpgt_epi8(place, _mm256_shuffle_epi8(before_first, spread_even)),
                      _mm256_cmpgt_epi8(place, _mm256_shuffle_epi8(before_first, spread_odd))};
    const Bytes bytes{load_lanes(text, end[0], end[2]), load_lanes(text, end[1], end[3])};
    const Bytes digits = digits_of(bytes);
    const DecimalLanes lanes =
        judge_lanes(highest_bits(field) & ~lane_last_bits, at_most_nine(digits),
                    equal(bytes, points), equal(bytes, minuses));

    const __m256i even = quadruples(digits.low, lanes.digits, lanes.up_to_point);
    const __m256i odd = quadruples(digits.high, lanes.digits >> 32, lanes.up_to_point >> 32);
    const __m256i eights =
        _mm256_madd_epi16(_mm256_packus_epi32(even, odd), _mm256_set1_epi32(0x00012710));
    const __m256i integers = _mm256_add_epi64(
        _mm256_mul_epu32(eights, _mm256_set1_epi64x(100'000'000)), _mm256_srli_epi64(eights, 32));
    const __m256d powers = _mm256_setr_pd(
        power_of_ten(lanes.up_to_point, shifts[0]), power_of_ten(lanes.up_to_point, shifts[1]),
        power_of_ten(lanes.up_to_point, shifts[2]), power_of_ten(lanes.up_to_point, shifts[3]));
    const __m256d magnitude = _mm256_div_pd(to_double(integers), powers);
    const __m256i shifted =
        _mm256_srlv_epi64(_mm256_set1_epi64x(static_cast<long long>(lanes.negative)),
                          _mm256_setr_epi64x(shifts[0], shifts[1], shifts[2], shifts[3]));
    const __m256i signs = _mm256_and_si256(shifted, _mm256_set1_epi64x(0xffff));
    const __m256d negative = _mm256_castsi256_pd(_mm256_cmpgt_epi64(signs, _mm256_setzero_si256()));
    _mm256_storeu_pd(values + i,
                     _mm256_xor_pd(magnitude, _mm256_and_pd(negative, _mm256_set1_pd(-0.0))));

    if (lanes.readable == lane_last_bits && short_enough == 0xf) continue;
    for (unsigned k = 0; k < width; ++k) {
      const bool read = (lanes.readable >> shifts[k] & 0x8000) && (short_enough >> k & 1);
      unread[left] = static_cast<std::uint32_t>(i) + k;
      left += !read;
    }
  }
  return left + read_remaining_decimals(text, fields, i, decimal, values, unread + left);
}

}  // namespace

const TextKernels avx2_text_kernels{find_symbols, list_positions, read_decimals};

}  // namespace mathtool::data

#endif
