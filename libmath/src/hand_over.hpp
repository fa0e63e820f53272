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

/// One turn at a place that is taken by one thread after the other, however the turn ends.
class Turn {
 public:
  explicit Turn(const void* place) : place_(place) { take_over(place_); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { hand_over(place_); }

 private:
  const void* place_;
};

/// Lends a place to other threads' turns and has it back when they are done, however they end.
class Loan {
 public:
  explicit Loan(const void* place) : place_(place) { hand_over(place_); }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  ~Loan() { take_over(place_); }

 private:
  const void* place_;
};

}  // namespace mathtool::math
