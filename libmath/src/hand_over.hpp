#pragma once

#ifdef MATHTOOL_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace mathtool::math {

/// What was written before `hand_over(place)` may be read after `take_over(place)`. oneTBB sees to
/// that; this tells the thread sanitizer, which cannot look into oneTBB, and is nothing elsewhere.
inline void hand_over([[maybe_unused]] const void* place) {
#ifdef MATHTOOL_THREAD_SANITIZER
  __tsan_release(const_cast<void*>(place));
#endif
}

inline void take_over([[maybe_unused]] const void* place) {
#ifdef MATHTOOL_THREAD_SANITIZER
  __tsan_acquire(const_cast<void*>(place));
#endif
}

}  // namespace mathtool::math
