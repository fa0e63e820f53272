#include "mathtool/math/version.hpp"

namespace mathtool {

std::string_view version() { return MATHTOOL_VERSION; }

}  // namespace mathtool
