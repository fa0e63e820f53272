#pragma once

#ifdef MATHTOOL_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace mathtool::math {

/// What was written before the end of one HandOver of `place` may be read in the next one. oneTBB
/// sees to that; this tells the thread sanitizer, which cannot look into oneTBB, and costs nothing
/// elsewhere.
class HandOver {
 public:
#ifdef MATHTOOL_THREAD_SANITIZER
  explicit HandOver(const void* place) : place_(const_cast<void*>(place)) {
    __tsan_acquire(place_);
  }
  ~HandOver() { __tsan_release(place_); }
#else
  explicit HandOver(const void*) {}
  ~HandOver() {}  // not trivial, so that a named HandOver is no unused variable
#endif
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;

#ifdef MATHTOOL_THREAD_SANITIZER
 private:
  void* place_;
#endif
};

}  // namespace mathtool::math
