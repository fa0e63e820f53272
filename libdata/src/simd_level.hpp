#pragma once

namespace mathtool::data {

/// The instruction sets that reading is written for, each including the ones before.
enum class SimdLevel {
  scalar,  ///< any processor
  avx2,    ///< x86-64 from 2013 on
  avx512   ///< with VBMI2: Intel from 2019, AMD from 2022 on
};

/// The best one of this processor.
SimdLevel supported_simd_level();

/// The one that is used: the best, or a lower one that the environment variable MATHTOOL_SIMD names
/// (scalar, avx2 or avx512; anything else is ignored). What is read does not depend on it.
SimdLevel simd_level();

}  // namespace mathtool::data
