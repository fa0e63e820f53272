#pragma once

#include "mathtool/nn/layer.hpp"

/// The members of a layer, for both kinds of numbers.
#define MATHTOOL_LAYER(L)                                                                          \
  template void L::forward<float>(const Site<float>&, const ConstRows<float>&, Rows<float>&)       \
      const;                                                                                       \
  template void L::forward<double>(const Site<double>&, const ConstRows<double>&, Rows<double>&)   \
      const;                                                                                       \
  template void L::backward<float>(const Site<float>&, const ConstRows<float>&,                    \
                                   const ConstRows<float>&, const ConstRows<float>&, Rows<float>&) \
      const;                                                                                       \
  template void L::backward<double>(const Site<double>&, const ConstRows<double>&,                 \
                                    const ConstRows<double>&, const ConstRows<double>&,            \
                                    Rows<double>&) const
