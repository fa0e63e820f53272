#include "cli/text_file.hpp"

#include <span>

#include "mathtool/data/input.hpp"

namespace mathtool::cli {

std::string read_text(const std::string& path) {
  data::Input input = data::Input::open(path);
  std::string text, piece(1 << 16, '\0');
  while (const std::size_t count = input.read(std::span(piece.data(), piece.size())))
    text.append(piece, 0, count);
  return text;
}

}  // namespace mathtool::cli
