#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

namespace mathtool::math {

/// What a tensor may hold. Comparisons and masks are `std::uint8_t`, 0 or 1.
template <class T>
concept TensorElement = std::same_as<T, float> || std::same_as<T, double> ||
    std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t> || std::same_as<T, std::uint8_t>;

/// The name of an element type, as NumPy has it: "float32", "float64", "int32", "int64", "uint8".
template <TensorElement T>
constexpr std::string_view element_name() {
  if constexpr (std::same_as<T, float>) return "float32";
  if constexpr (std::same_as<T, double>) return "float64";
  if constexpr (std::same_as<T, std::int32_t>) return "int32";
  if constexpr (std::same_as<T, std::int64_t>) return "int64";
  return "uint8";
}

}  // namespace mathtool::math
