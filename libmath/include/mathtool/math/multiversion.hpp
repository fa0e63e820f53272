#pragma once

/// Marks a hot loop to be compiled for several instruction sets, one chosen when the program
/// starts. The arithmetic is the same on each (no contraction, no reassociation), only its width
/// differs. Sanitizers run before such a choice can be made, so they see one version.
#if defined(MATHTOOL_ONE_VERSION)
#define MATHTOOL_MULTIVERSION
#elif defined(__x86_64__) && !defined(__AVX512F__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && defined(__GNUC__) && !defined(__clang__)
#define MATHTOOL_MULTIVERSION __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define MATHTOOL_MULTIVERSION
#endif

/// A function that becomes part of such a loop, in whatever instruction set that one has.
#define MATHTOOL_KERNEL inline __attribute__((always_inline))
/// The same behind the parameters of a lambda.
#define MATHTOOL_INLINED __attribute__((always_inline))

/// Before a loop whose rounds do not depend on each other, also where it writes what it reads;
/// SHORT where their number is known and small, so that it is a vector before it is taken apart.
#if defined(__clang__)
#define MATHTOOL_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#define MATHTOOL_SHORT MATHTOOL_INDEPENDENT
#else
#define MATHTOOL_INDEPENDENT _Pragma("GCC ivdep")
#define MATHTOOL_SHORT _Pragma("GCC unroll 1") _Pragma("GCC ivdep")
#endif
