#include "system_reason.hpp"

#include <cctype>
#include <system_error>

namespace mathtool::data {

std::string system_reason(int error) {
  std::string reason = std::generic_category().message(error);
  if (!reason.empty())
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  return reason;
}

}  // namespace mathtool::data
