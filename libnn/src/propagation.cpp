#include "mathtool/nn/propagation.hpp"

#include <algorithm>
#include <numbers>

#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::nn {
namespace {

/// More would take more memory for gradients than further threads are worth.
constexpr Index most_shards = 8;
/// Multiplications that are worth a thread's while.
constexpr double least_work = 1 << 20;
/// Rows that a shard should have for each time that it reads the weights: products of fewer rows
/// are slower, and every shard has a gradient to be added up.
constexpr double rows_per_weight = 64;

}  // namespace

template <std::floating_point T>
Propagation<T>::Propagation(const Architecture& architecture, Index most_rows)
    : architecture_(architecture), most_rows_(most_rows) {
  require(most_rows >= 1, "propagation: a batch has at least one row, got {}", most_rows);
  const std::vector<Node>& nodes = architecture.nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool coupled = couples(nodes[i].layer);
    if (segments_.empty() || coupled || segments_.back().couples)
      segments_.push_back({i, i + 1, coupled});
    else
      segments_.back().end = i + 1;
  }
  slots_.resize(architecture.slots().size());
  gradients_.resize(slots_.size());
  saved_.resize(nodes.size());
  coupled_.resize(nodes.size());
  scratch_.resize(static_cast<std::size_t>(most_shards));
}

template <std::floating_point T>
Index Propagation<T>::shards(Index rows) const {
  const double work =
      static_cast<double>(rows) * static_cast<double>(architecture_.multiplications());
  double weights = 0;
  for (const Node& node : architecture_.nodes())
    weights += static_cast<double>(node.plan.weights_read > 0 ? node.plan.weights_read
                                                              : node.parameter_count);
  const double wanted = work / std::max(least_work, rows_per_weight * weights);
  // The nearest power of two, which two and four threads share evenly.
  Index shards = 1;
  while (shards < std::min(most_shards, rows / 2) &&
         wanted > std::numbers::sqrt2 * static_cast<double>(shards))
    shards *= 2;
  return shards;
}

template <std::floating_point T>
void Propagation<T>::prepare(Index rows, bool backward) {
  require<DimensionError>(rows >= 1 && rows <= most_rows_,
                          "propagation: {} rows, room is for 1 to {}", rows, most_rows_);
  rows_ = rows;
  shards_ = shards(rows);
  const auto room = [&](std::vector<T>& numbers, Index each) {
    if (numbers.empty() && each > 0)
      numbers.resize(static_cast<std::size_t>(math::element_count({most_rows_, each})));
  };
  room(within_, architecture_.marked_steps());
  const std::vector<Index>& sizes = architecture_.slots();
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    room(slots_[s], sizes[s]);
    if (backward) room(gradients_[s], sizes[s]);
  }
  for (std::size_t i = 0; i < saved_.size(); ++i) {
    const LayerPlan& plan = architecture_.nodes()[i].plan;
    room(saved_[i], plan.saved);
    coupled_[i].resize(static_cast<std::size_t>(plan.coupled));
  }
  if (!backward) return;
  if (std::ssize(parameter_gradients_) < shards_)
    parameter_gradients_.resize(static_cast<std::size_t>(shards_));
  for (Index shard = 0; shard < shards_; ++shard)
    parameter_gradients_[static_cast<std::size_t>(shard)].resize(
        static_cast<std::size_t>(architecture_.parameter_count()));
}

template <std::floating_point T>
void Propagation<T>::in_parts(const Segment& segment, int threads,
                              FunctionRef<void(const Part&)> body) const {
  if (segment.couples) return body({0, 0, rows_});
  math::parallel_for(
      shards_,
      [&](Index shard) {
        const Index first = rows_ * shard / shards_, end = rows_ * (shard + 1) / shards_;
        body({shard, first, end - first});
      },
      threads);
}

template <std::floating_point T>
Rows<T> Propagation<T>::rows_of(std::vector<std::vector<T>>& slots, Index slot,
                                const Part& part) const {
  const Index size = architecture_.slots()[static_cast<std::size_t>(slot)];
  return {slots[static_cast<std::size_t>(slot)].data() + part.first * size, part.count, size};
}

template <std::floating_point T>
void Propagation<T>::mark_ends(const Part& part) {
  const Index steps = architecture_.marked_steps();
  if (steps == 0) return;
  const Rows<T> x = rows_of(slots_, 0, part);
  const Index features = x.cols() / steps;
  const bool symbols = architecture_.symbols() > 0;
  T* within = within_.data() + part.first * steps;
  for (Index i = 0; i < part.count * steps; ++i) {
    const T first = x.data()[i * features];
    within[i] = (symbols ? first < 0 : first != first) ? T(0) : T(1);
  }
}

template <std::floating_point T>
Site<T> Propagation<T>::site(const Sequential<T>& network, std::size_t number, const Part& part,
                             T* buffers, const PassOptions& options) {
  const Node& node = architecture_.nodes()[number];
  // What stands behind a frozen layer learns from what it will see in inference.
  const bool fixed = !options.frozen.empty() && options.frozen[number] && couples(node.layer);
  return {.input = &node.input,
          .parameters = network.parameters().data() + node.parameters,
          .buffers = buffers + node.buffers,
          .saved = saved_[number].data() + part.first * node.plan.saved,
          .coupled = coupled_[number].data(),
          .within = node.in_sequence && is_recurrent(node.layer)
                        ? within_.data() + part.first * architecture_.marked_steps()
                        : nullptr,
          .mode = fixed ? Mode::inference : options.mode,
          .draws = {options.seed, options.step, number, part.first},
          .scratch = &scratch_[static_cast<std::size_t>(part.shard)],
          .threads = shards_ == 1 ? options.threads : 1};
}

template <std::floating_point T>
void Propagation<T>::run_forward(const Sequential<T>& network, const Segment& segment,
                                 const Part& part, T* buffers, const PassOptions& options) {
  for (std::size_t i = segment.begin; i < segment.end; ++i) {
    const Node& node = architecture_.nodes()[i];
    const Rows<T> from = rows_of(slots_, node.from, part);
    Rows<T> y = rows_of(slots_, node.to, part);
    const ConstRows<T> x(from.data(), from.rows(), from.cols());
    std::visit(
        [&]<class L>(const L& layer) {
          if constexpr (std::same_as<L, Residual>)
            y = x + rows_of(slots_, *node.added, part);
          else
            layer.forward(site(network, i, part, buffers, options), x, y);
        },
        node.layer.kind());
  }
}

template <std::floating_point T>
void Propagation<T>::run_backward(const Sequential<T>& network, const Segment& segment,
                                  const Part& part, T* buffers, const PassOptions& options,
                                  std::size_t first_trained) {
  const auto constant = [](const Rows<T>& rows) {
    return ConstRows<T>(rows.data(), rows.rows(), rows.cols());
  };
  for (std::size_t i = segment.end; i-- > std::max(segment.begin, first_trained);) {
    const Node& node = architecture_.nodes()[i];
    const bool wanted = i > first_trained || options.input_gradient;
    const bool frozen = !options.frozen.empty() && options.frozen[i];
    const ConstRows<T> dy = constant(rows_of(gradients_, node.to, part));
    Rows<T> dx = wanted ? rows_of(gradients_, node.from, part) : Rows<T>(nullptr, 0, 0);
    std::visit(
        [&]<class L>(const L& layer) {
          if constexpr (std::same_as<L, Residual>) {
            if (wanted) dx = dy;
          } else {
            Site<T> here = site(network, i, part, buffers, options);
            if (!frozen && node.parameter_count > 0)
              here.gradient = parameter_gradients_[static_cast<std::size_t>(part.shard)].data() +
                              node.parameters;
            layer.backward(here, constant(rows_of(slots_, node.from, part)),
                           constant(rows_of(slots_, node.to, part)), dy, dx);
          }
        },
        node.layer.kind());
    if (wanted)
      for (const Index slot : node.joined) dx += rows_of(gradients_, slot, part);
    if (segment.couples && !frozen)  // it has one gradient, which stands in the first shard
      for (Index shard = 1; shard < shards_; ++shard)
        std::fill_n(parameter_gradients_[static_cast<std::size_t>(shard)].data() + node.parameters,
                    node.parameter_count, T(0));
  }
}

template <std::floating_point T>
ConstRows<T> Propagation<T>::forward(const Sequential<T>& network, Index rows, Fill fill,
                                     int threads) {
  prepare(rows, false);
  const PassOptions options{.mode = Mode::inference, .threads = threads};
  // In inference, buffers are only read.
  T* buffers = const_cast<T*>(network.buffers().data());
  for (const Segment& segment : segments_)
    in_parts(segment, threads, [&](const Part& part) {
      if (segment.begin == 0) {
        Rows<T> x = rows_of(slots_, 0, part);
        fill(part.first, x);
        mark_ends(part);
      }
      run_forward(network, segment, part, buffers, options);
    });
  return activation(architecture_.nodes().back().to);
}

template <std::floating_point T>
void Propagation<T>::differentiate(Sequential<T>& network, Index rows, Fill fill, Judge judge,
                                   const PassOptions& options) {
  prepare(rows, true);
  const std::vector<Node>& nodes = architecture_.nodes();
  std::size_t first_trained = options.backward ? 0 : nodes.size();
  while (!options.input_gradient && first_trained < nodes.size() &&
         (nodes[first_trained].parameter_count == 0 ||
          (!options.frozen.empty() && options.frozen[first_trained])))
    ++first_trained;
  T* buffers = network.buffers().data();
  const Index output = nodes.back().to;
  for (const Segment& segment : segments_)
    in_parts(segment, options.threads, [&](const Part& part) {
      if (segment.begin == 0) {
        Rows<T> x = rows_of(slots_, 0, part);
        fill(part.first, x);
        mark_ends(part);
      }
      run_forward(network, segment, part, buffers, options);
      if (segment.end < nodes.size()) return;
      const Rows<T> y = rows_of(slots_, output, part);
      Rows<T> dy = rows_of(gradients_, output, part);
      judge(part.shard, part.first, ConstRows<T>(y.data(), y.rows(), y.cols()), dy);
      run_backward(network, segment, part, buffers, options, first_trained);
    });
  for (std::size_t s = segments_.size() - 1; s-- > 0 && segments_[s].end > first_trained;)
    in_parts(segments_[s], options.threads, [&](const Part& part) {
      run_backward(network, segments_[s], part, buffers, options, first_trained);
    });
}

template <std::floating_point T>
void Propagation<T>::add_up(Index begin, Eigen::Ref<Parameters<T>> g) const {
  const auto part = [&](Index shard) {
    return Eigen::Map<const Parameters<T>>(
        parameter_gradients_[static_cast<std::size_t>(shard)].data() + begin, g.size());
  };
  switch (shards_) {
    case 1: g = part(0); return;
    case 2: g = part(0) + part(1); return;
    default: g = (part(0) + part(1)) + part(2);
  }
  for (Index shard = 3; shard < shards_; ++shard) g += part(shard);
}

template <std::floating_point T>
ConstRows<T> Propagation<T>::activation(Index slot) const {
  return {slots_[static_cast<std::size_t>(slot)].data(), rows_,
          architecture_.slots()[static_cast<std::size_t>(slot)]};
}

template <std::floating_point T>
ConstRows<T> Propagation<T>::activation_gradient(Index slot) const {
  return {gradients_[static_cast<std::size_t>(slot)].data(), rows_,
          architecture_.slots()[static_cast<std::size_t>(slot)]};
}

template <std::floating_point T>
std::span<const T> Propagation<T>::saved(std::size_t node, Index shard) const {
  const Index each = architecture_.nodes()[node].plan.saved;
  const Index first = rows_ * shard / shards_, end = rows_ * (shard + 1) / shards_;
  return std::span<const T>(saved_[node])
      .subspan(static_cast<std::size_t>(first * each),
               static_cast<std::size_t>((end - first) * each));
}

template class Propagation<float>;
template class Propagation<double>;

}  // namespace mathtool::nn
