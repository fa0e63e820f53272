#include "parameter_update.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::nn {
namespace {

/// Numbers in a block: with gradient and state it fits the second cache, and is worth a task.
constexpr Index longest_block = 32'768;

/// What a rule starts with follows from the number of parameters alone.
opt::RuleState<float> state_at_start(const opt::AnyRule& rule, Index parameters) {
  const Parameters<float> x = Parameters<float>::Zero(parameters);
  return std::visit([&](const auto& kind) { return kind.init(x); }, rule);
}

/// By array of parameters, unless blocks are given.
opt::Clipping clipping_by_array(opt::Clipping clipping, const Architecture& architecture) {
  if (clipping.blocks.empty())
    for (const PlacedArray& array : architecture.parameter_arrays())
      clipping.blocks.push_back(array.begin);
  return clipping;
}

}  // namespace

double learning_rate_of(const opt::AnyRule& rule) {
  return std::visit([](const auto& kind) { return kind.learning_rate; }, rule);
}

ParameterUpdate::ParameterUpdate(const Architecture& architecture, const TrainingOptions& options,
                                 const std::vector<bool>& frozen)
    : rule_(options.rule),
      clipping_(clipping_by_array(options.clipping, architecture)),
      penalty_(options.penalty),
      threads_(options.run.threads),
      gradient_(Parameters<float>::Zero(architecture.parameter_count())) {
  for (const PlacedArray& array : architecture.parameter_arrays()) {
    if (frozen[static_cast<std::size_t>(array.node)]) continue;
    for (Index done = 0; done < array.size; done += longest_block)
      blocks_.push_back(
          {array.begin + done, std::min(longest_block, array.size - done), array.weight});
  }
  squares_.resize(blocks_.size());
  if (gradient_.size() <= longest_block) threads_ = 1;  // less than the work of waking another
  for (Block& block : blocks_) block.state = state_at_start(rule_, block.size);
}

double ParameterUpdate::step(const Propagation<float>& propagation, double rate, bool norm_wanted,
                             Parameters<float>& parameters) {
  const Index count = std::ssize(blocks_);
  const auto add_up = [&](Index i) {
    const Block& block = blocks_[static_cast<std::size_t>(i)];
    auto gradient = gradient_.segment(block.begin, block.size);
    propagation.add_up(block.begin, gradient);
    if (norm_wanted) squares_[static_cast<std::size_t>(i)] = gradient.cast<double>().squaredNorm();
  };
  const bool clips = clipping_.active();
  if (clips) {
    math::parallel_for(count, add_up, threads_);
    clipping_.apply<float>(gradient_);
  }
  math::parallel_for(
      count,
      [&](Index i) {
        if (!clips) add_up(i);
        Block& block = blocks_[static_cast<std::size_t>(i)];
        auto gradient = gradient_.segment(block.begin, block.size);
        auto x = parameters.segment(block.begin, block.size);
        if (block.weight) {
          penalty_.add_to<float>(gradient, x);
          penalty_.decay<float>(rate, x);
        }
        std::visit(
            [&](auto rule) {
              rule.learning_rate = rate;
              rule.step(block.state, gradient, x);
            },
            rule_);
      },
      threads_);
  if (!norm_wanted) return 0;
  double sum = 0;
  for (const double square : squares_) sum += square;
  return std::sqrt(sum);
}

opt::RuleState<float> ParameterUpdate::state() const {
  opt::RuleState<float> whole = state_at_start(rule_, gradient_.size());
  for (const Block& block : blocks_) {
    whole.steps = block.state.steps;
    whole.numbers = block.state.numbers;
    for (std::size_t m = 0; m < whole.memory.size(); ++m)
      whole.memory[m].segment(block.begin, block.size) = block.state.memory[m];
  }
  return whole;
}

void ParameterUpdate::restore(const opt::RuleState<float>& state) {
  const opt::RuleState<float> kind = state_at_start(rule_, 0);
  require(state.memory.size() == kind.memory.size() && state.numbers.size() == kind.numbers.size(),
          "training: the checkpoint is of another optimizer: it has {} vectors and {} numbers, "
          "this one keeps {} and {}",
          state.memory.size(), state.numbers.size(), kind.memory.size(), kind.numbers.size());
  for (const Parameters<float>& memory : state.memory)
    require<DimensionError>(memory.size() == gradient_.size(),
                            "training: the checkpoint is of {} parameters, the network has {}",
                            memory.size(), gradient_.size());
  for (Block& block : blocks_) {
    block.state = {.steps = state.steps, .numbers = state.numbers};
    for (const Parameters<float>& memory : state.memory)
      block.state.memory.emplace_back(memory.segment(block.begin, block.size));
  }
}

}  // namespace mathtool::nn
