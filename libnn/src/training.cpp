#include "mathtool/nn/training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <span>
#include <utility>
#include <variant>

#include "batch_gradient.hpp"
#include "data_fit.hpp"
#include "divergence.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/mini_batches.hpp"
#include "parameter_update.hpp"

namespace mathtool::nn {
namespace {

void check_options(const Architecture& architecture, const TrainingOptions& options) {
  std::visit([](const auto& rule) { rule.validate(); }, options.rule);
  options.schedule.validate();
  options.clipping.validate();
  options.penalty.validate();
  require(options.epochs >= 0, "training: epochs must be >= 0, got {}", options.epochs);
  require(options.batch >= 1, "training: batch must be >= 1, got {}", options.batch);
  require(options.early_stop >= 0, "training: early_stop must be >= 0, got {}", options.early_stop);
  require(options.early_stop == 0 || options.validation,
          "training: an early stop needs validation data to be judged by");
  for (const Node& node : architecture.nodes())
    require(options.batch >= 2 || !couples(node.layer) || node.input.size() > 1,
            "training: of batches of one observation {} learns no spread; take a larger batch",
            architecture.describe(node));
  const Index layers = std::ssize(architecture.layers());
  for (const Index layer : options.frozen)
    require(layer >= 0 && layer < layers,
            "training: layer {} cannot be frozen; the {} layers are numbered from 0", layer,
            layers);
}

/// For each node whether its layer of the outermost level is frozen.
std::vector<bool> frozen_nodes(const Architecture& architecture, const TrainingOptions& options) {
  std::vector<bool> frozen;
  for (const Node& node : architecture.nodes())
    frozen.push_back(std::count(options.frozen.begin(), options.frozen.end(), node.outermost) > 0);
  return frozen;
}

/// One training on its way.
class Course {
 public:
  Course(Sequential<float>& network, const Dataset& data, const TrainingOptions& options)
      : network_(network),
        data_(data),
        options_(options),
        gradient_(network, data, options, frozen_nodes(network.architecture(), options)),
        update_(network.architecture(), options, frozen_nodes(network.architecture(), options)),
        batches_(data.size(), {.batch = options.batch,
                               .seed = training_seeds(options.seed).order,
                               .shuffle = options.shuffle}),
        own_rate_(learning_rate_of(options.rule)) {
    if (options.resume)
      resume(*options.resume);
    else
      state_.parameters = network.parameters(), state_.buffers = network.buffers();
  }

  Training run() {
    Training end = go();
    const bool best = options_.validation && state_.best_epoch > 0;
    network_.parameters() = best ? state_.best_parameters : state_.parameters;
    network_.buffers() = best ? state_.best_buffers : state_.buffers;
    end.epochs = state_.history;
    end.best_epoch = best ? state_.best_epoch : state_.epochs;
    if (end.status == Status::converged) doubt(end);
    end.state = std::move(state_);
    return end;
  }

 private:
  void resume(const Checkpoint& from);
  Training go();
  std::optional<std::string> train_batch(Epoch& epoch, BatchOutcome& sum, std::int64_t batch);
  std::optional<std::string> validate(Epoch& epoch);
  void close(const Epoch& epoch);
  void doubt(Training& end) const;
  TrainingPlace place(std::int64_t epoch, std::int64_t batch) const {
    return {epoch, batch, batches_.taken() - (batch > 0 ? 1 : 0), rate_,
            options_.clipping.active()};
  }
  /// Epochs since the best one; none without validation.
  std::int64_t waited() const {
    return options_.validation && state_.best_epoch > 0 ? state_.epochs - state_.best_epoch : 0;
  }

  Sequential<float>& network_;
  const Dataset& data_;
  const TrainingOptions& options_;
  BatchGradient gradient_;
  ParameterUpdate update_;
  opt::MiniBatches batches_;
  opt::ScheduleState schedule_ = {};
  double own_rate_ = 0, rate_ = 0;  ///< of the rule, and of the latest step
  Checkpoint state_ = {};           ///< at the end of the last whole epoch
};

void Course::resume(const Checkpoint& from) {
  const Index parameters = network_.parameters().size(), buffers = network_.buffers().size();
  require<DimensionError>(
      from.parameters.size() == parameters && from.buffers.size() == buffers,
      "training: the checkpoint is of {} parameters and {} buffers, the network has {} and {}",
      from.parameters.size(), from.buffers.size(), parameters, buffers);
  require(from.epochs >= 0 && from.steps / batches_.per_epoch() == from.epochs &&
              from.steps % batches_.per_epoch() == 0,
          "training: the checkpoint took {} steps in {} epochs; these data and batches of {} take "
          "{} in each",
          from.steps, from.epochs, options_.batch, batches_.per_epoch());
  require(std::ssize(from.history) == from.epochs && from.best_epoch >= 0 &&
              from.best_epoch <= from.epochs,
          "training: the checkpoint of {} epochs has a history of {}, the best of them {}",
          from.epochs, from.history.size(), from.best_epoch);
  state_ = from;
  if (state_.best_epoch > 0) {
    require(state_.best_parameters.size() == parameters && state_.best_buffers.size() == buffers &&
                state_.history[static_cast<std::size_t>(state_.best_epoch - 1)].validation_loss,
            "training: the checkpoint lacks the parameters or the loss of its best epoch");
  }
  network_.parameters() = state_.parameters;
  network_.buffers() = state_.buffers;
  update_.restore(state_.rule);
  schedule_ = state_.schedule;
  batches_.seek(state_.steps);
}

Training Course::go() try {
  const RunControl& run = options_.run;
  const std::int64_t n = data_.size();
  while (state_.epochs < options_.epochs) {
    if (options_.early_stop > 0 && waited() >= options_.early_stop)
      return {.reason = fmt::format("no better validation loss in {} epochs since epoch {}",
                                    waited(), state_.best_epoch)};
    const auto start = std::chrono::steady_clock::now();
    Epoch epoch{.epoch = state_.epochs + 1};
    BatchOutcome sum;
    for (std::int64_t batch = 1; batch <= batches_.per_epoch(); ++batch) {
      run.stop.check();
      if (auto reason = train_batch(epoch, sum, batch))
        return {.status = Status::not_finite, .reason = *std::move(reason)};
      run.progress.report(state_.epochs * n + std::min(batch * options_.batch, n),
                          options_.epochs * n);
    }
    epoch.loss = sum.loss / sum.weight;
    epoch.accuracy = sum.answers.share();
    if (auto reason = validate(epoch))
      return {.status = Status::not_finite, .reason = *std::move(reason)};
    // A plateau judges epochs: of all steps, the last alone has a value.
    options_.schedule.advance(own_rate_, epoch.validation_loss.value_or(epoch.loss), schedule_);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    epoch.seconds = took.count();
    close(epoch);
    if (options_.on_epoch) options_.on_epoch(epoch, [&] { return state_; });
  }
  return {.reason = fmt::format("{} of {} epochs done", state_.epochs, options_.epochs)};
} catch (const Stopped&) {
  return {.status = Status::stopped,
          .reason = fmt::format("stopped on request, {} of {} epochs done", state_.epochs,
                                options_.epochs)};
}

/// Returns why the loss is not finite, if so.
std::optional<std::string> Course::train_batch(Epoch& epoch, BatchOutcome& sum,
                                               std::int64_t batch) {
  const bool last = batch == batches_.per_epoch();
  if (batch > 1) options_.schedule.advance(own_rate_, std::nan(""), schedule_);
  rate_ = epoch.learning_rate = options_.schedule.rate(own_rate_, schedule_);
  const std::int64_t step = batches_.taken();
  const std::span<const Index> rows = batches_.next();
  const BatchOutcome outcome = gradient_.differentiate(rows, step);
  if (!std::isfinite(outcome.loss))
    return explain_not_finite(network_, gradient_.propagation(), gradient_.targets(), rows,
                              place(epoch.epoch, batch))
        .value_or(fmt::format("the loss is not finite {}", place(epoch.epoch, batch).text()));
  sum.loss += outcome.loss;
  sum.weight += outcome.weight;
  sum.answers += outcome.answers;
  epoch.gradient_norm = update_.step(gradient_.propagation(), rate_, last, network_.parameters());
  return std::nullopt;
}

/// Judges the network at the end of an epoch. Returns what is not finite, if anything.
std::optional<std::string> Course::validate(Epoch& epoch) {
  const RunControl quietly{.threads = options_.run.threads, .stop = options_.run.stop};
  const TrainingPlace at = place(epoch.epoch, 0);
  // The last step may have led nowhere, which no batch has seen yet.
  if (!network_.parameters().allFinite() || !network_.buffers().allFinite())
    return explain_not_finite(network_, options_.validation ? *options_.validation : data_, at,
                              quietly);
  if (!options_.validation) return std::nullopt;
  const Evaluation seen = evaluate(network_, *options_.validation, options_.loss, quietly);
  epoch.validation_loss = seen.loss;
  epoch.validation_accuracy = seen.accuracy;
  if (std::isfinite(seen.loss)) return std::nullopt;
  return explain_not_finite(network_, *options_.validation, at, quietly);
}

/// Takes an epoch into the state from which a training can go on.
void Course::close(const Epoch& epoch) {
  state_.epochs = epoch.epoch;
  state_.steps = batches_.taken();
  state_.history.push_back(epoch);
  state_.parameters = network_.parameters();
  state_.buffers = network_.buffers();
  state_.rule = update_.state();
  state_.schedule = schedule_;
  if (!options_.validation) return;
  const auto best_loss = [&] {
    return *state_.history[static_cast<std::size_t>(state_.best_epoch - 1)].validation_loss;
  };
  if (state_.best_epoch > 0 && !(*epoch.validation_loss < best_loss())) return;
  state_.best_epoch = epoch.epoch;
  state_.best_parameters = state_.parameters;
  state_.best_buffers = state_.buffers;
}

/// Numbers may stay finite and yet be worth nothing.
void Course::doubt(Training& end) const {
  if (end.best_epoch == 0) return;
  const Epoch& held = state_.history[static_cast<std::size_t>(end.best_epoch - 1)];
  const Dataset& judge = options_.validation ? *options_.validation : data_;
  const auto reason = explain_divergence(
      network_, judge, options_.loss, held.validation_loss.value_or(held.loss), held.learning_rate);
  if (!reason) return;
  end.status = Status::divergent;
  end.reason = *reason;
}

}  // namespace

Training train(Sequential<float>& network, const Dataset& data, const TrainingOptions& options) {
  const Architecture& architecture = network.architecture();
  check_options(architecture, options);
  check_data(architecture, data, options.loss, "training data");
  check_augmentation(options.augmentation, data.shape);
  if (options.validation)
    check_data(architecture, *options.validation, options.loss, "validation data");
  return Course(network, data, options).run();
}

}  // namespace mathtool::nn
