#pragma once

#include <cstddef>
#include <vector>

#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

/// A network over sequences, in inference, one step after the other: recurrent layers go on from
/// the state in which the step before left them.
class Stepwise {
 public:
  /// The network must outlive it. Throws: DomainError for a layer that sees several steps at once
  /// without a state; DimensionError for inputs that are no sequence.
  explicit Stepwise(const Sequential<float>& network);

  const Architecture& architecture() const { return architecture_; }  ///< of one step

  /// Outputs of the next step; valid until the one after it.
  ConstRows<float> step(const ConstRows<float>& x);

 private:
  const Sequential<float>& network_;
  Architecture architecture_;
  bool begun_ = false;
  std::vector<std::vector<float>> slots_ = {};
  std::vector<std::vector<float>> saved_ = {}, before_ = {};  ///< of each node
  std::vector<float> scratch_ = {};
};

}  // namespace mathtool::nn
