#pragma once

#include <optional>
#include <string_view>

namespace mathtool::cli {

enum class FigureKind { svg, png, pdf, html };

/// By the end of the name, letter case ignored; none when it ends in anything else.
std::optional<FigureKind> figure_kind(std::string_view path);

}  // namespace mathtool::cli
