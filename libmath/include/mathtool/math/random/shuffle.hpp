#pragma once

#include <span>
#include <utility>

#include "mathtool/math/random/uniform.hpp"

namespace mathtool::math {

/// Puts the items in random order, each of the n! equally likely. Cost: n − 1 draws.
/// Ref: Durstenfeld, Algorithm 235 (1964); Fisher & Yates (1938).
template <class T>
void shuffle(std::span<T> items, Philox& random) {
  for (std::size_t left = items.size(); left > 1; --left)
    std::swap(items[left - 1], items[uniform_index(random, left)]);
}

}  // namespace mathtool::math
