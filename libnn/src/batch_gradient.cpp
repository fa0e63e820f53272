#include "batch_gradient.hpp"

#include <algorithm>
#include <limits>

#include "mathtool/math/random/philox.hpp"

namespace mathtool::nn {

TrainingSeeds training_seeds(std::uint64_t seed) {
  math::Philox random(seed, std::numeric_limits<std::uint64_t>::max());
  TrainingSeeds seeds;
  seeds.order = random();
  seeds.dropout = random();
  seeds.augmentation = random();
  return seeds;
}

BatchGradient::BatchGradient(Sequential<float>& network, const Dataset& data,
                             const TrainingOptions& options, std::vector<bool> frozen)
    : network_(network),
      data_(data),
      loss_(options.loss),
      augmentation_(options.augmentation),
      augmentation_seed_(training_seeds(options.seed).augmentation),
      pass_{.mode = Mode::training,
            .seed = training_seeds(options.seed).dropout,
            .frozen = std::move(frozen),
            .threads = options.run.threads},
      propagation_(network.architecture(), std::min(options.batch, data.size())),
      targets_(std::min(options.batch, data.size()), data.targets.cols()) {}

BatchOutcome BatchGradient::differentiate(std::span<const Index> rows, std::int64_t step) {
  const Shape& output = network_.architecture().output();
  const Index width = targets_.cols();
  rows_ = std::ssize(rows);
  // The divisor is known only when the classes of all are.
  for (Index i = 0; i < rows_; ++i)
    targets_.row(i) = data_.targets.row(rows[static_cast<std::size_t>(i)]);
  BatchOutcome batch{.weight = loss_.weight<float>(targets(), output)};
  const double scale = batch.weight > 0 ? 1 / batch.weight : 0;

  pass_.step = static_cast<std::uint64_t>(step);
  outcomes_.assign(static_cast<std::size_t>(propagation_.shards(rows_)), {});
  propagation_.differentiate(
      network_, rows_,
      [&](Index first, Rows<float>& x) {
        const auto part =
            rows.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(x.rows()));
        Rows<float> t(targets_.data() + first * width, x.rows(), width);
        data_.gather<float>(part, x, t);
        augment(augmentation_, data_.shape, {augmentation_seed_, pass_.step}, part, x);
      },
      [&](Index shard, Index first, const ConstRows<float>& y, Rows<float>& dy) {
        const ConstRows<float> t(targets_.data() + first * width, y.rows(), width);
        BatchOutcome& outcome = outcomes_[static_cast<std::size_t>(shard)];
        outcome.loss = loss_.sum<float>(y, t, output, scale, dy);
        outcome.answers = count_right(loss_, y, t, output);
      },
      pass_);
  for (const BatchOutcome& outcome : outcomes_) {
    batch.loss += outcome.loss;
    batch.answers += outcome.answers;
  }
  return batch;
}

}  // namespace mathtool::nn
