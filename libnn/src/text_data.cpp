#include "mathtool/nn/text_data.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

using Symbols = std::span<const std::int32_t>;

/// Of n symbols all but the first are targets. Pre: n > window.
Dataset next_symbols(Symbols symbols, Index window, const Vocabulary& vocabulary) {
  const Index targets = std::ssize(symbols) - 1, rows = (targets + window - 1) / window;
  const auto symbol = [&](Index i) { return symbols[static_cast<std::size_t>(i)]; };
  Dataset data{
      .shape = {window}, .targets = Batch<float>(rows, window), .classes = vocabulary.characters()};
  ByteRows bytes{.bytes = {}, .scale = 1};
  Batch<float> numbers;
  const bool small = vocabulary.size() <= 256;
  if (small)
    bytes.bytes.resize(static_cast<std::size_t>(rows * window));
  else
    numbers.resize(rows, window);
  for (Index i = 0; i < rows; ++i) {
    const Index first = std::min(i * window, targets - window);
    for (Index j = 0; j < window; ++j) {
      if (small)
        bytes.bytes[static_cast<std::size_t>(i * window + j)] =
            static_cast<std::uint8_t>(symbol(first + j));
      else
        numbers(i, j) = static_cast<float>(symbol(first + j));
      const bool seen = first + j < i * window;
      data.targets(i, j) = seen ? -1.0F : static_cast<float>(symbol(first + j + 1));
    }
  }
  if (small)
    data.features = std::move(bytes);
  else
    data.features = std::move(numbers);
  return data;
}

}  // namespace

TextWindows text_windows(std::string_view text, const Vocabulary& vocabulary,
                         const TextWindowOptions& options, std::string_view source) {
  require(options.window >= 1, "text: a window has at least one character, got {}", options.window);
  require(options.validation >= 0 && options.validation < 1,
          "text: the share held back must be in [0, 1), got {}", options.validation);
  const std::vector<std::int32_t> symbols = vocabulary.encode(text, source);
  const Index n = std::ssize(symbols);
  require<InsufficientDataError>(n > 0, "{}: there is no character in it", source);
  const Index held = static_cast<Index>(std::floor(options.validation * static_cast<double>(n)));
  const Index learnt = n - held;
  require<InsufficientDataError>(
      learnt > options.window,
      "{}: {} characters to learn from are too few for a window of {} and one to follow", source,
      learnt, options.window);
  const bool some_held = options.validation > 0;
  require<InsufficientDataError>(!some_held || held >= options.window,
                                 "{}: the {} characters held back are too few for a window of {}",
                                 source, held, options.window);
  const Symbols all = symbols;
  TextWindows parts{.training = next_symbols(all.first(static_cast<std::size_t>(learnt)),
                                             options.window, vocabulary)};
  // The first character held back follows the last one that was learnt from.
  if (some_held)
    parts.validation =
        next_symbols(all.subspan(static_cast<std::size_t>(learnt - 1)), options.window, vocabulary);
  return parts;
}

std::vector<Layer> with_vocabulary(std::vector<Layer> layers, Index characters) {
  for (Layer& layer : layers)
    if (auto* embedding = std::get_if<Embedding>(&layer); embedding && embedding->vocabulary == 0)
      embedding->vocabulary = characters;
  if (layers.empty() || !std::holds_alternative<Dense>(layers.back().kind()))
    layers.push_back(Dense{.units = characters});
  return layers;
}

}  // namespace mathtool::nn
