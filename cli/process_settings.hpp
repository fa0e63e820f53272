#pragma once

namespace mathtool::cli {

/// What only a whole program may decide for its process, before it starts threads: that freed
/// memory is kept for the next block of rows instead of going back to the system, and that OpenBLAS
/// uses AVX-512 on processors which it is too old to know (unless OPENBLAS_CORETYPE says
/// otherwise).
void settle_process();

}  // namespace mathtool::cli
