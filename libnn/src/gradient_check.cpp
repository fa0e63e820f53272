#include "mathtool/nn/gradient_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/shuffle.hpp"
#include "mathtool/nn/propagation.hpp"

namespace mathtool::nn {
namespace {

/// Streams of the draws, one for each array.
constexpr std::uint64_t first_stream = std::uint64_t{1} << 62;

/// `most` of the numbers below n, ascending.
std::vector<Index> sample_entries(Index n, Index most, std::uint64_t seed, std::uint64_t stream) {
  std::vector<Index> all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), Index{0});
  if (n <= most) return all;
  math::Philox random(seed, first_stream + stream);
  math::shuffle(std::span(all), random);
  all.resize(static_cast<std::size_t>(most));
  std::sort(all.begin(), all.end());
  return all;
}

/// The loss as a function of every number in the network and in front of it.
class TrainingLoss {
 public:
  TrainingLoss(const Sequential<double>& network, const Loss& loss, const BatchRef<double>& x,
               const BatchRef<double>& targets, const GradientCheckOptions& options, int threads)
      : network_(network),
        loss_(loss),
        x_(x),
        targets_(targets),
        propagation_(network_.architecture(), x.rows()),
        gradient_pass_{.seed = options.seed, .input_gradient = true, .threads = threads},
        value_pass_{.seed = options.seed, .backward = false, .threads = threads},
        buffers_(network.buffers()),
        sums_(static_cast<std::size_t>(propagation_.shards(x.rows()))) {
    weight_ = loss.weight<double>(rows_of_targets(0, x.rows()), network.architecture().output());
    require(weight_ > 0, "check_gradients: no target counts");
  }

  Parameters<double>& parameters() { return network_.parameters(); }
  Batch<double>& input() { return x_; }

  double value() { return pass(value_pass_); }

  double differentiate(Parameters<double>& gradient, Parameters<double>& input_gradient) {
    const double value = pass(gradient_pass_);
    gradient.resize(network_.parameters().size());
    propagation_.add_up(0, gradient);
    const ConstRows<double> rows = propagation_.activation_gradient(0);
    input_gradient = Eigen::Map<const Parameters<double>>(rows.data(), rows.size());
    return value;
  }

 private:
  ConstRows<double> rows_of_targets(Index first, Index rows) const {
    return {targets_.data() + first * targets_.cols(), rows, targets_.cols()};
  }

  double pass(const PassOptions& options) {
    propagation_.differentiate(
        network_, x_.rows(),
        [&](Index first, Rows<double>& part) { part = x_.middleRows(first, part.rows()); },
        [&](Index shard, Index first, const ConstRows<double>& y, Rows<double>& dy) {
          sums_[static_cast<std::size_t>(shard)] =
              loss_.sum<double>(y, rows_of_targets(first, y.rows()),
                                network_.architecture().output(), 1 / weight_, dy);
        },
        options);
    network_.buffers() = buffers_;
    return std::accumulate(sums_.begin(), sums_.end(), 0.0) / weight_;
  }

  Sequential<double> network_;
  const Loss& loss_;
  Batch<double> x_, targets_;
  Propagation<double> propagation_;
  PassOptions gradient_pass_, value_pass_;  ///< the second stops before the way back
  Parameters<double> buffers_;
  std::vector<double> sums_;  ///< of each shard
  double weight_ = 0;
};

/// Compares some entries of an array, which stands at `numbers`.
void compare(TrainingLoss& loss, double* numbers, const double* gradient, Index size, double value,
             const std::vector<Index>& entries, double tolerance, const RunControl& run,
             GradientCheckRow& row) {
  const double largest = Eigen::Map<const Vec>(gradient, size).cwiseAbs().maxCoeff();
  const double least = std::max(1e-3 * largest, 1e-5 * std::abs(value));
  for (const Index i : entries) {
    run.stop.check();
    const double kept = numbers[i], given = gradient[i];
    const double accuracy = 0.1 * tolerance * std::max(std::abs(given), least);
    const std::optional<double> found = slope_by_differences(
        [&](double at) {
          numbers[i] = at;
          return loss.value();
        },
        kept, accuracy);
    numbers[i] = kept;
    if (!found) {
      ++row.skipped;
      continue;
    }
    const double difference = std::abs(given - *found);
    const double size_of_both = std::max({std::abs(given), std::abs(*found), least});
    const double error = difference == 0 ? 0 : difference / size_of_both;
    if (row.entries++ == 0 || error > row.worst_error) {
      row.worst_error = error;
      row.worst = i;
      row.given = given;
      row.by_differences = *found;
    }
  }
}

void judge(GradientCheck& check, double tolerance) {
  Index compared = 0;
  const GradientCheckRow* worst = nullptr;
  for (const GradientCheckRow& row : check.rows) {
    compared += row.entries;
    if (row.entries > 0 && (!worst || row.worst_error > worst->worst_error)) worst = &row;
  }
  if (!worst) {
    check.status = Status::stalled;
    check.reason =
        "no derivative could be had from differences: every entry lies at a kink, or is "
        "too small beside the loss";
    return;
  }
  check.worst_error = worst->worst_error;
  check.status = worst->worst_error <= tolerance ? Status::converged : Status::suspicious;
  if (check.status == Status::converged)
    check.reason =
        fmt::format("{} entries agree with differences to {:.1e}", compared, worst->worst_error);
  else
    check.reason = fmt::format("{}, entry {}: the gradient is {:.9g}, differences give {:.9g}",
                               worst->name, worst->worst, worst->given, worst->by_differences);
}

}  // namespace

GradientCheck check_gradients(const Sequential<double>& network, const Loss& loss,
                              const BatchRef<double>& x, const BatchRef<double>& targets,
                              const GradientCheckOptions& options, const RunControl& run) {
  const Architecture& architecture = network.architecture();
  const Index inputs = math::element_count(architecture.input());
  require(options.entries >= 1, "check_gradients: entries must be >= 1, got {}", options.entries);
  require(options.tolerance > 0, "check_gradients: tolerance must be > 0, got {}",
          options.tolerance);
  require<DimensionError>(
      x.rows() >= 1 && x.cols() == inputs && targets.rows() == x.rows() &&
          targets.cols() == loss.targets(architecture.output()),
      "check_gradients: observations of {} x {} with targets of {} x {}; expected rows of {} and "
      "of {}",
      x.rows(), x.cols(), targets.rows(), targets.cols(), inputs,
      loss.targets(architecture.output()));
  TrainingLoss objective(network, loss, x, targets, options, run.threads);
  Parameters<double> gradient, input_gradient;
  GradientCheck check;
  check.loss = objective.differentiate(gradient, input_gradient);
  if (!std::isfinite(check.loss) || !gradient.allFinite() || !input_gradient.allFinite()) {
    check.status = Status::not_finite;
    check.reason =
        std::isfinite(check.loss)
            ? fmt::format("the loss is {:.6g}, but its gradient is not finite", check.loss)
            : fmt::format("the loss is {}", check.loss);
    return check;
  }
  const std::vector<PlacedArray>& arrays = architecture.parameter_arrays();
  const auto total = static_cast<std::int64_t>(arrays.size()) + (architecture.symbols() == 0);
  const auto add_row = [&](GradientCheckRow row, double* numbers, const double* given, Index size) {
    const auto stream = static_cast<std::uint64_t>(check.rows.size());
    compare(objective, numbers, given, size, check.loss,
            sample_entries(size, options.entries, options.seed, stream), options.tolerance, run,
            row);
    check.rows.push_back(std::move(row));
    run.progress.report(std::ssize(check.rows), total);
  };
  for (const PlacedArray& array : arrays)
    add_row({.name = array.name,
             .layer =
                 architecture.describe(architecture.nodes()[static_cast<std::size_t>(array.node)])},
            objective.parameters().data() + array.begin, gradient.data() + array.begin, array.size);
  if (architecture.symbols() == 0)
    add_row({.name = "input"}, objective.input().data(), input_gradient.data(),
            input_gradient.size());
  judge(check, options.tolerance);
  return check;
}

std::optional<double> slope_by_differences(FunctionRef<double(double)> f, double x,
                                           double accuracy) {
  const double middle = f(x);
  std::optional<double> best;
  double best_error = accuracy;
  // Far enough for rounding not to matter; nearer where that is too far. Slopes that agree are no
  // proof: as near as roundings of f, differences are of few values and agree by chance.
  const double rounding = 4 * std::numeric_limits<double>::epsilon() * std::abs(middle);
  for (double h = 0x1p-8 * std::max(1.0, std::abs(x)); h > 1e-6 && !(best_error < 0.01 * accuracy);
       h /= 8) {
    double central[3], bend[3];
    for (int k = 0; k < 3; ++k) {
      const double step = std::ldexp(h, -k), above = f(x + step), below = f(x - step);
      central[k] = (above - below) / (2 * step);
      bend[k] = std::abs((above - middle) - (middle - below)) / step;
    }
    // The difference between the slopes on either side shrinks with h, but not at a kink.
    const bool kink = bend[2] > 0.7 * bend[1] && bend[1] > 0.7 * bend[0] && bend[2] > accuracy;
    const double coarse = (4 * central[1] - central[0]) / 3,
                 fine = (4 * central[2] - central[1]) / 3;
    const double error = std::abs(fine - coarse) + 4 * rounding / h;
    if (!kink && error <= best_error) {
      best = fine;
      best_error = error;
    }
  }
  return best;
}

}  // namespace mathtool::nn
