#include "cli/nn/network_words.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {

std::string network_in_words(const nn::Architecture& architecture) {
  return fmt::format("{}: {} inputs, {} parameters", nn::to_string(architecture.layers()),
                     shape_text(architecture.input()),
                     grouped_digits(architecture.parameter_count()));
}

std::string shape_text(const nn::Shape& shape) { return fmt::format("{}", fmt::join(shape, "x")); }

nn::Shape parse_shape(const std::string& text, const std::string& option) {
  nn::Shape shape;
  const char* next = text.data();
  const char* end = next + text.size();
  for (;;) {
    Index length = 0;
    const auto read = std::from_chars(next, end, length);
    require(read.ec == std::errc() && length >= 1 && (read.ptr == end || *read.ptr == 'x'),
            "{} takes a shape such as 784 or 1x28x28, got '{}'", option, text);
    shape.push_back(length);
    if (read.ptr == end) return shape;
    next = read.ptr + 1;
  }
}

std::string grouped_digits(std::int64_t number) {
  std::string text = fmt::format("{}", number);
  for (std::size_t end = text.size(); end > 3;) text.insert(end -= 3, ",");
  return text;
}

}  // namespace mathtool::cli
