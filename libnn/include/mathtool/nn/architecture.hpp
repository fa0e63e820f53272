#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mathtool/nn/layer.hpp"
#include "mathtool/nn/layers/all.hpp"

namespace mathtool::nn {

/// A layer in its place. Activations lie in slots, of which 0 holds the input; a layer that works
/// in place writes where it reads.
struct Node {
  Layer layer = {};       ///< of the node behind a residual's layers, which adds: a Residual
  std::string path = {};  ///< "0", "1", of a residual's layers "2.0", "2.1", as weights are named
  Index outermost = 0;    ///< number of the layer of the outermost level that it is, or is in
  Shape input = {};       ///< of one observation
  bool in_sequence = false;  ///< whether its steps are those of the network's input
  LayerPlan plan = {};
  Index from = 0, to = 0;           ///< slots
  std::optional<Index> added = {};  ///< slot that a residual's sum adds to `from`
  std::vector<Index> joined = {};   ///< slots whose gradients join that of `from`, of the first
                                    ///< layer of residuals
  Index parameters = 0, parameter_count = 0;  ///< place in the flat buffer, and how many
  Index buffers = 0, buffer_count = 0;
};

/// One array of the flat parameter buffer, with its place.
struct PlacedArray {
  std::string name = {};  ///< "0.weight"
  Shape shape = {};
  Index begin = 0, size = 0;
  Index node = 0;
  bool weight = true;
};

/// Layers, one behind the other, for inputs of one shape: every size is known, no number is.
class Architecture {
 public:
  /// Throws: DimensionError that names the layer, the shape that it gets and what it expects; as
  ///         in "layer 3 (conv 20 5x5): expects (channels, height, width), got (128) from layer 2
  ///         (dense 128)". DomainError for settings out of range.
  Architecture(Shape input, std::vector<Layer> layers);

  const Shape& input() const { return input_; }
  const Shape& output() const { return output_; }
  const std::vector<Layer>& layers() const { return layers_; }

  const std::vector<Node>& nodes() const { return nodes_; }   ///< in the order of computation
  const std::vector<Index>& slots() const { return slots_; }  ///< numbers per observation in each
  const std::vector<PlacedArray>& parameter_arrays() const { return parameters_; }
  const std::vector<PlacedArray>& buffer_arrays() const { return buffers_; }

  Index parameter_count() const { return parameter_count_; }
  Index buffer_count() const { return buffer_count_; }
  std::int64_t multiplications() const { return multiplications_; }  ///< per observation, forward

  /// How many symbols inputs are of, whole numbers from 0: an embedding comes first. 0: inputs are
  /// any numbers, and the output has a slope in them.
  Index symbols() const;

  /// Steps that marks in the inputs can lie beyond, for recurrent layers to pass over; 0: there is
  /// no such layer.
  Index marked_steps() const { return marked_steps_; }

  /// "layer 3 (dense 10)", counted from 1 among the layers of the outermost level.
  std::string describe(const Node& node) const;

 private:
  void place(const std::vector<Layer>& layers, const std::string& prefix, Index& slot,
             Shape& shape);
  void place_layer(const Layer& layer, const std::string& path, InitializerKind automatic,
                   Index& slot, Shape& shape);
  void place_residual(const Residual& residual, const std::string& path, Index& slot, Shape& shape);
  Index add_slot(const Shape& shape);

  Shape input_, output_;
  std::vector<Layer> layers_;
  std::vector<Node> nodes_;
  std::vector<Index> slots_;
  std::vector<bool> rewritable_;  ///< whether a layer may work in place in the slot
  std::vector<PlacedArray> parameters_, buffers_;
  Index parameter_count_ = 0, buffer_count_ = 0;
  std::int64_t multiplications_ = 0;
  bool in_sequence_ = false;  ///< of the next node
  Index marked_steps_ = 0;
};

}  // namespace mathtool::nn
