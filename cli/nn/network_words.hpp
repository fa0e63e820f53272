#pragma once

#include <cstdint>
#include <string>

#include "mathtool/nn/architecture.hpp"

namespace mathtool::cli {

/// "dense 64, relu, dense 10: 784 inputs, 50,890 parameters".
std::string network_in_words(const nn::Architecture& architecture);

/// "1x28x28", as `parse_shape` reads it.
std::string shape_text(const nn::Shape& shape);

/// Throws: DomainError that names the option for what is no shape such as 784 or 1x28x28.
nn::Shape parse_shape(const std::string& text, const std::string& option);

/// "1,234,567".
std::string grouped_digits(std::int64_t number);

}  // namespace mathtool::cli
