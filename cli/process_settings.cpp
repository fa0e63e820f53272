#include "cli/process_settings.hpp"

#include <features.h>

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
}

}  // namespace mathtool::cli
