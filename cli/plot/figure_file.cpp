#include "cli/plot/figure_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace mathtool::cli {

std::optional<FigureKind> figure_kind(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, FigureKind>, 4> endings = {
      {{".svg", FigureKind::svg},
       {".png", FigureKind::png},
       {".pdf", FigureKind::pdf},
       {".html", FigureKind::html}}};
  for (const auto& [ending, kind] : endings) {
    if (path.size() <= ending.size()) continue;
    const std::string_view end = path.substr(path.size() - ending.size());
    if (std::equal(end.begin(), end.end(), ending.begin(),
                   [](unsigned char a, char b) { return std::tolower(a) == b; }))
      return kind;
  }
  return std::nullopt;
}

}  // namespace mathtool::cli
