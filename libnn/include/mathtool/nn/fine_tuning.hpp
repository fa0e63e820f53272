#pragma once

#include <cstdint>
#include <vector>

#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

/// Fine-tuning: a network that has learnt one task begins another with what it knows. Its first
/// layers, which see features that many tasks share, keep their numbers; its head, the last dense
/// layer, is drawn anew for the outputs of the new task. Frozen (`TrainingOptions::frozen`), the
/// first layers stay as they are; else they follow, best at a smaller learning rate.
///
///     Sequential<> network = with_new_head(read_model("digits.model").network, 5);
///     train(network, others, {.loss = CrossEntropy{}, .frozen = {0, 1, 2, 3}});
/// Ref: Yosinski, Clune, Bengio & Lipson, How transferable are features in deep neural networks?
///      (2014).

/// The place of the head, from 0. Throws: DomainError where no layer of the outermost level is
/// dense.
Index head_of(const std::vector<Layer>& layers);

/// The layers with another number of outputs of the head. Throws: as head_of; DomainError for
/// outputs < 1.
std::vector<Layer> with_outputs(std::vector<Layer> layers, Index outputs);

/// Copies parameters and running figures of the first layers: as many as are the same in both
/// networks, but not those from place `end` on.
/// Returns: how many layers. Throws: DimensionError for inputs of different shapes.
Index take_over(const Sequential<float>& from, Sequential<float>& to, Index end);

/// The network with a head of its own, drawn from `seed`, and all that stands before it.
/// Throws: as with_outputs.
Sequential<float> with_new_head(const Sequential<float>& network, Index outputs,
                                std::uint64_t seed = 0);

}  // namespace mathtool::nn
