#pragma once

#include <string>

namespace mathtool::cli {

/// `mathtool --version`: what a result may depend on, and what its speed does.
std::string version_page();

}  // namespace mathtool::cli
