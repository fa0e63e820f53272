#include "array_elements.hpp"

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>

#include "byte_order.hpp"

namespace mathtool::data {
namespace {

/// NumPy's float16, which not every compiler knows. Ref: IEEE 754, binary16.
struct Half {
  std::uint16_t bits;

  explicit operator double() const {
    const int exponent = bits >> 10 & 0x1F, fraction = bits & 0x3FF;
    double magnitude;
    if (exponent == 0x1F)
      magnitude = fraction == 0 ? std::numeric_limits<double>::infinity()
                                : std::numeric_limits<double>::quiet_NaN();
    else if (exponent == 0)
      magnitude = std::ldexp(fraction, -24);
    else
      magnitude = std::ldexp(0x400 + fraction, exponent - 25);
    return bits & 0x8000 ? -magnitude : magnitude;
  }
};

struct Boolean {
  std::uint8_t byte;
  explicit operator double() const { return byte != 0; }
};

template <class T, std::endian order>
void convert(const char* from, std::ptrdiff_t from_step, double* to, std::ptrdiff_t to_step,
             Index count) {
  const auto number = [](const char* bytes) { return static_cast<double>(load<T>(bytes, order)); };
  // With steps that the compiler knows, this loop runs in vectors.
  if (from_step == sizeof(T) && to_step == 1) {
    for (Index i = 0; i < count; ++i) to[i] = number(from + i * Index{sizeof(T)});
  } else {
    for (Index i = 0; i < count; ++i) to[i * to_step] = number(from + i * from_step);
  }
}

template <class T>
ElementConverter in_order(const ElementFormat& format) {
  return format.order == std::endian::little ? convert<T, std::endian::little>
                                             : convert<T, std::endian::big>;
}

}  // namespace

ElementConverter element_converter(const ElementFormat& format) {
  using Kind = ElementFormat::Kind;
  const auto is = [&](Kind kind, int size) { return format.kind == kind && format.size == size; };
  if (is(Kind::boolean, 1)) return in_order<Boolean>(format);
  if (is(Kind::integer, 1)) return in_order<std::int8_t>(format);
  if (is(Kind::integer, 2)) return in_order<std::int16_t>(format);
  if (is(Kind::integer, 4)) return in_order<std::int32_t>(format);
  if (is(Kind::integer, 8)) return in_order<std::int64_t>(format);
  if (is(Kind::unsigned_integer, 1)) return in_order<std::uint8_t>(format);
  if (is(Kind::unsigned_integer, 2)) return in_order<std::uint16_t>(format);
  if (is(Kind::unsigned_integer, 4)) return in_order<std::uint32_t>(format);
  if (is(Kind::unsigned_integer, 8)) return in_order<std::uint64_t>(format);
  if (is(Kind::real, 2)) return in_order<Half>(format);
  if (is(Kind::real, 4)) return in_order<float>(format);
  if (is(Kind::real, 8)) return in_order<double>(format);
  // NumPy's "float128" is the long double of the machine that wrote the file: 80 bits on x86.
  if constexpr (sizeof(long double) == 16 && LDBL_MANT_DIG > DBL_MANT_DIG)
    if (is(Kind::real, 16)) return in_order<long double>(format);
  return nullptr;
}

}  // namespace mathtool::data
