#include "cli/process_settings.hpp"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace mathtool::cli {

void settle_process() {
#ifdef __GLIBC__
  // Blocks of rows come and go hundreds of times; each would be mapped and cleared anew.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
#ifdef __x86_64__
  constexpr int keep = 0;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", keep);
#endif
}

}  // namespace mathtool::cli
