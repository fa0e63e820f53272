#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mathtool/math/run_control.hpp"
#include "mathtool/nn/sequential.hpp"
#include "mathtool/nn/vocabulary.hpp"

namespace mathtool::nn {

struct SamplingOptions {
  Index length = 500;      ///< ≥ 0, characters to write
  double temperature = 1;  ///< τ ≥ 0; 0: always the likeliest character
  std::uint64_t seed = 0;
};

/// Writes a text character by character, each drawn by what the network says of the next one:
///     P(k) = exp(zₖ / τ) / Σ exp(zⱼ / τ)
/// The state of recurrent layers goes on from character to character, beyond the window that the
/// network was trained with. An empty prompt stands for a line break, or for the first character
/// of the vocabulary where that has none.
///
/// Throws: DomainError for options out of range and for a layer that needs a whole window at once
///         (flatten, convolution); DimensionError unless inputs are characters and outputs one
///         logit for each; DataError for a character of the prompt that the network does not know.
/// Returns: what follows the prompt, or what was written before a logit that is not finite.
/// Cost:   one step of the network for each character.
/// Ref:    Graves, Generating sequences with recurrent neural networks (2013).
std::string sample_text(const Sequential<float>& network, const Vocabulary& vocabulary,
                        std::string_view prompt, const SamplingOptions& options = {},
                        const RunControl& run = {});

}  // namespace mathtool::nn
