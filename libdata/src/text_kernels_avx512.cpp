#if defined(__x86_64__)

#include <immintrin.h>

#include "decimal_lanes.hpp"
#include "text_kernels.hpp"

// Compiled for these instructions whatever the rest is compiled for; text_kernels() answers for the
// processor.
#define MATHTOOL_AVX512 \
  __attribute__((       \
      target("avx512f,avx512bw,avx512vl,avx512dq,avx512cd,avx512vbmi2,avx2,bmi,lzcnt,popcnt")))

namespace mathtool::data {
namespace {

MATHTOOL_AVX512 bool find_symbols(const char* text, std::size_t blocks, char delimiter,
                                  char line_end, SymbolMasks& masks) {
  const __m512i delimiters = _mm512_set1_epi8(delimiter), line_ends = _mm512_set1_epi8(line_end);
  const __m512i quotes = _mm512_set1_epi8('"');
  __m512i least = _mm512_set1_epi8(1);
  for (std::size_t block = 0; block < blocks; ++block, text += block_size) {
    const __m512i bytes = _mm512_loadu_si512(text);
    masks.delimiters[block] = _mm512_cmpeq_epi8_mask(bytes, delimiters);
    masks.line_ends[block] = _mm512_cmpeq_epi8_mask(bytes, line_ends);
    masks.quotes[block] = _mm512_cmpeq_epi8_mask(bytes, quotes);
    least = _mm512_min_epu8(least, bytes);
  }
  return _mm512_testn_epi8_mask(least, least) != 0;
}

MATHTOOL_AVX512 std::size_t list_positions(const std::uint64_t* masks, std::size_t blocks,
                                           std::uint32_t first, std::uint32_t* positions) {
  alignas(64) static constexpr std::uint8_t counting[block_size] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i bits = _mm512_load_si512(counting);
  std::uint32_t* out = positions;
  for (std::size_t block = 0; block < blocks; ++block, first += block_size) {
    const auto count = static_cast<unsigned>(_mm_popcnt_u64(masks[block]));
    const __m512i set = _mm512_maskz_compress_epi8(masks[block], bits);
    const __m512i from = _mm512_set1_epi32(static_cast<int>(first));
    _mm512_storeu_si512(out,
                        _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(set))));
    if (count > 16) {
      _mm512_storeu_si512(
          out + 16,
          _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 1))));
      if (count > 32) {
        _mm512_storeu_si512(
            out + 32,
            _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 2))));
        _mm512_storeu_si512(
            out + 48,
            _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 3))));
      }
    }
    out += count;
  }
  return static_cast<std::size_t>(out - positions);
}

/// The last sixteen bytes of four fields and what follows them, every second field from `end` on.
MATHTOOL_AVX512 inline __m512i load_lanes(const char* text, const std::uint32_t* end) {
  const char* last = text - 15;
  __m512i lanes =
      _mm512_castsi128_si512(_mm_loadu_si128(reinterpret_cast<const __m128i*>(last + end[0])));
  lanes = _mm512_inserti32x4(lanes,
                             _mm_loadu_si128(reinterpret_cast<const __m128i*>(last + end[2])), 1);
  lanes = _mm512_inserti32x4(lanes,
                             _mm_loadu_si128(reinterpret_cast<const __m128i*>(last + end[4])), 2);
  return _mm512_inserti32x4(lanes, _mm_loadu_si128(reinterpret_cast<const __m128i*>(last + end[6])),
                            3);
}

/// Four fields: what their characters are, and their digits as pairs of four-digit numbers.
struct FourFields {
  DecimalLanes lanes;
  __m512i quadruples;
};

MATHTOOL_AVX512 inline FourFields read_lanes(__m512i bytes, __m512i begins, __m512i points) {
  const __m512i place =
      _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  const __m512i digits = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
  FourFields fields;
  fields.lanes = judge_lanes(_mm512_cmpge_epi8_mask(place, begins) & ~lane_last_bits,
                             _mm512_cmple_epu8_mask(digits, _mm512_set1_epi8(9)),
                             _mm512_cmpeq_epi8_mask(bytes, points),
                             _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('-')));
  const __m512i sparse = _mm512_maskz_mov_epi8(fields.lanes.digits, digits);
  const __m512i dense =
      _mm512_mask_mov_epi8(sparse, fields.lanes.up_to_point, _mm512_bslli_epi128(sparse, 1));
  // Neighbours with weights 10 and 1, then 100 and 1; the caller goes on with 10000 and 1.
  const __m512i pairs = _mm512_maddubs_epi16(dense, _mm512_set1_epi16(0x010a));
  fields.quadruples = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
  return fields;
}

/// In eight numbers of 64 bits, the lanes of two masks: of `even`, `odd`, `even`, ...
MATHTOOL_AVX512 inline __m512i interleave(std::uint64_t even, std::uint64_t odd) {
  const __m512i both = _mm512_mask_set1_epi64(_mm512_set1_epi64(static_cast<long long>(even)), 0xaa,
                                              static_cast<long long>(odd));
  const __m512i shifted = _mm512_srlv_epi64(both, _mm512_setr_epi64(0, 0, 16, 16, 32, 32, 48, 48));
  return _mm512_and_si512(shifted, _mm512_set1_epi64(0xffff));
}

MATHTOOL_AVX512 std::size_t read_decimals(const char* text, FieldBounds fields, char decimal,
                                          double* values, std::uint32_t* unread) {
  constexpr std::size_t width = 8;
  const __m512i points = _mm512_set1_epi8(decimal);
  const __m512i spread_even = _mm512_set1_epi8(0), spread_odd = _mm512_set1_epi8(8);
  const __m512d small_powers = _mm512_load_pd(lane_powers_of_ten);
  const __m512d large_powers = _mm512_load_pd(lane_powers_of_ten + 8);
  std::size_t left = 0, i = 0;
  for (; i + width <= fields.count; i += width) {
    const std::uint32_t* end = fields.end + i;
    const __m256i before = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(fields.before + i));
    const __m256i behind = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(end));
    // ~before = -before - 1
    const __m256i size = _mm256_add_epi32(behind, _mm256_xor_si256(before, _mm256_set1_epi32(-1)));
    const __mmask8 too_long = _mm256_cmpgt_epu32_mask(size, _mm256_set1_epi32(15));
    // Field 2k and 2k + 1 in the two halves of lane k.
    const __m512i begins = _mm512_cvtepi32_epi64(
        _mm256_sub_epi32(_mm256_set1_epi32(15), _mm256_min_epu32(size, _mm256_set1_epi32(15))));
    const FourFields even =
        read_lanes(load_lanes(text, end), _mm512_shuffle_epi8(begins, spread_even), points);
    const FourFields odd =
        read_lanes(load_lanes(text, end + 1), _mm512_shuffle_epi8(begins, spread_odd), points);

    const __m512i eights = _mm512_madd_epi16(_mm512_packus_epi32(even.quadruples, odd.quadruples),
                                             _mm512_set1_epi32(0x00012710));
    const __m512i integers = _mm512_add_epi64(
        _mm512_mul_epu32(eights, _mm512_set1_epi64(100'000'000)), _mm512_srli_epi64(eights, 32));
    // The permutation looks at the lowest four bits of 48 + places.
    const __m512i places =
        _mm512_lzcnt_epi64(interleave(even.lanes.up_to_point, odd.lanes.up_to_point));
    const __m512d powers = _mm512_permutex2var_pd(small_powers, places, large_powers);
    const __m512i minuses = interleave(even.lanes.negative, odd.lanes.negative);
    const __m512d magnitude = _mm512_div_pd(_mm512_cvtepi64_pd(integers), powers);
    _mm512_storeu_pd(values + i,
                     _mm512_mask_xor_pd(magnitude, _mm512_test_epi64_mask(minuses, minuses),
                                        magnitude, _mm512_set1_pd(-0.0)));

    if ((even.lanes.readable & odd.lanes.readable) == lane_last_bits && !too_long) continue;
    for (unsigned k = 0; k < width; ++k) {
      const std::uint64_t readable = k % 2 ? odd.lanes.readable : even.lanes.readable;
      const bool read = (readable >> (16 * (k / 2)) & 0x8000) && !(too_long >> k & 1);
      unread[left] = static_cast<std::uint32_t>(i) + k;
      left += !read;
    }
  }
  return left + read_remaining_decimals(text, fields, i, decimal, values, unread + left);
}

}  // namespace

const TextKernels avx512_text_kernels{find_symbols, list_positions, read_decimals};

}  // namespace mathtool::data

#endif
