#include "simd_level.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace mathtool::data {
namespace {

SimdLevel level_of_environment() {
  const char* value = std::getenv("MATHTOOL_SIMD");
  const std::string_view name = value ? value : "";
  if (name == "scalar") return SimdLevel::scalar;
  if (name == "avx2") return SimdLevel::avx2;
  return SimdLevel::avx512;
}

}  // namespace

SimdLevel supported_simd_level() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vbmi2"))
    return SimdLevel::avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("popcnt"))
    return SimdLevel::avx2;
#endif
  return SimdLevel::scalar;
}

SimdLevel simd_level() {
  static const SimdLevel level = std::min(supported_simd_level(), level_of_environment());
  return level;
}

}  // namespace mathtool::data
