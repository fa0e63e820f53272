#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "mathtool/nn/vocabulary.hpp"

namespace mathtool::nn {

struct TextWindowOptions {
  Index window = 100;     ///< L ≥ 1, characters of one observation
  double validation = 0;  ///< share of the characters, the last ones, that is held back; in [0, 1)
};

/// A text to learn from, and what is held back of it.
struct TextWindows {
  Dataset training = {};
  std::optional<Dataset> validation = {};
};

/// Windows of a text, and as targets of each the character that follows each of its own: what a
/// network of outputs (L, vocabulary) and a cross-entropy learn to write by.
///     xᵢ = s[iL .. iL + L − 1],   tᵢ = s[iL + 1 .. iL + L]
/// Every character but the first is predicted exactly once: the last window of a part begins so
/// early that it ends with the part, and targets that another window has are −1 there, which count
/// for nothing.
///
/// Shapes: x is n × L, of bytes where the vocabulary is small enough; targets are n × L.
/// Throws: DomainError for options out of range; DataError as Vocabulary::encode;
///         InsufficientDataError for a part of no more than L characters.
/// Cost:   9 bytes for each character at most.
TextWindows text_windows(std::string_view text, const Vocabulary& vocabulary,
                         const TextWindowOptions& options = {}, std::string_view source = "text");

/// Layers that read and write characters of a vocabulary: an embedding without a size gets it, and
/// behind a last layer that is not dense comes a dense one with an output for each character.
std::vector<Layer> with_vocabulary(std::vector<Layer> layers, Index characters);

}  // namespace mathtool::nn
