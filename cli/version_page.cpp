#include "cli/version_page.hpp"

#include <fmt/format.h>

#include <thread>

#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/version.hpp"

namespace mathtool::cli {
namespace {

#if defined(__clang__)
constexpr const char* compiler = "clang " __clang_version__;
#else
constexpr const char* compiler = "g++ " __VERSION__;
#endif

}  // namespace

std::string version_page() {
  return fmt::format(
      "mathtool {}\n"
      "compiler         {}\n"
      "linear algebra   {}\n"
      "threads          {}\n",
      version(), compiler, math::dense_backend(), std::thread::hardware_concurrency());
}

}  // namespace mathtool::cli
