#include "mathtool/nn/model_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/shuffle.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::nn {

Finding run_experiment(Experiment& experiment, const RunControl& run, Batch<float>* outputs) {
  TrainingOptions options = experiment.training;
  options.validation = experiment.validation ? &*experiment.validation : nullptr;
  options.run.threads = run.threads;
  options.run.stop = run.stop;
  const Training training = train(experiment.network, experiment.train, options);
  if (training.status == Status::stopped) throw Stopped();

  const RunControl quietly{.threads = run.threads, .stop = run.stop};
  Finding finding{.train_size = experiment.train.size(),
                  .test_size = experiment.test.size(),
                  .epochs = std::ssize(training.epochs),
                  .best_epoch = training.best_epoch,
                  .status = training.status,
                  .reason = training.reason};
  finding.train = evaluate(experiment.network, experiment.train, options.loss, quietly);
  finding.test = evaluate(experiment.network, experiment.test, options.loss, quietly);
  if (outputs) {
    *outputs = predict(experiment.network, experiment.test, quietly);
    const auto back =
        outputs->cast<double>().array() * experiment.target_scale + experiment.target_center;
    if (experiment.target_scale != 1 || experiment.target_center != 0)
      *outputs = back.cast<float>().matrix().eval();
  }
  return finding;
}

stats::Folds make_folds(const Dataset& data, const stats::FoldOptions& options) {
  if (!data.classes.empty() && data.targets.cols() == 1)
    return stats::stratified_k_fold(data.labels(), options);
  return stats::k_fold(data.size(), options);
}

CrossValidation cross_validate(const stats::Folds& folds, MakeExperiment make,
                               const RunControl& run) {
  const Index n = std::ssize(folds.fold);
  CrossValidation result;
  stats::Moments losses, accuracies;
  for (Index k = 0; k < folds.count; ++k) {
    run.stop.check();
    const stats::Split split = folds.split(k);
    Experiment experiment = make(split, k);
    const Index width = math::element_count(experiment.network.architecture().output());
    if (k == 0) result.outputs.resize(n, width);
    require<DimensionError>(experiment.test.size() == std::ssize(split.test),
                            "cross-validation: fold {} tests {} observations, its experiment {}",
                            k + 1, split.test.size(), experiment.test.size());
    require<DimensionError>(width == result.outputs.cols(),
                            "cross-validation: the network of fold {} has {} outputs, that of "
                            "fold 1 {}",
                            k + 1, width, result.outputs.cols());
    Batch<float> outputs;
    const Finding finding = run_experiment(experiment, run, &outputs);
    for (std::size_t i = 0; i < split.test.size(); ++i)
      result.outputs.row(split.test[i]) = outputs.row(static_cast<Index>(i));
    if (finding.status != Status::converged && result.status == Status::converged) {
      result.status = finding.status;
      result.reason = fmt::format("fold {}: {}", k + 1, finding.reason);
    }
    losses.push(finding.test.loss);
    if (finding.test.accuracy) accuracies.push(*finding.test.accuracy);
    result.folds.push_back(finding);
    run.progress.report(k + 1, folds.count);
  }
  result.loss = losses.mean();
  result.loss_sd = losses.standard_deviation();
  if (accuracies.count() == folds.count) {
    result.accuracy = accuracies.mean();
    result.accuracy_sd = accuracies.standard_deviation();
  }
  return result;
}

std::vector<Finding> learning_curve(const stats::Split& split, std::span<const Index> sizes,
                                    MakeExperiment make, std::uint64_t seed,
                                    const RunControl& run) {
  require(!sizes.empty() && sizes.front() >= 1 && sizes.back() <= std::ssize(split.train) &&
              std::is_sorted(sizes.begin(), sizes.end()),
          "learning curve: sizes must ascend from at least 1 to at most {}, the training part",
          split.train.size());
  std::vector<Index> order = split.train;
  math::Philox random(seed);
  math::shuffle(std::span(order), random);
  std::vector<Finding> findings;
  for (const Index size : sizes) {
    run.stop.check();
    stats::Split part{.train = {order.begin(), order.begin() + size}, .test = split.test};
    std::sort(part.train.begin(), part.train.end());
    Experiment experiment = make(part, std::ssize(findings));
    findings.push_back(run_experiment(experiment, run));
    run.progress.report(std::ssize(findings), std::ssize(sizes));
  }
  return findings;
}

}  // namespace mathtool::nn
