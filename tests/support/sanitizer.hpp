#pragma once

namespace mathtool::test {

/// Whether a sanitizer watches this build: it reserves address space and memory of its own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

}  // namespace mathtool::test
