#pragma once

#include <string>
#include <vector>

namespace mathtool::cli {

/// Classes as an option lists them: names between commas, of whole numbers also ranges, as in
/// 0,5-9. Throws: DomainError that names the option.
std::vector<std::string> class_names(const std::string& text, const std::string& option);

}  // namespace mathtool::cli
