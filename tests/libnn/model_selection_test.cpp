#include "mathtool/nn/model_selection.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "small_data.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// The network of a fold is untrained, and differs from fold to fold.
nn::Experiment untrained(const nn::Dataset& data, const stats::Split& split, Index number) {
  return {.network = {{2}, nn::parse_layers("dense 3"), static_cast<std::uint64_t>(number)},
          .train = data.subset(split.train),
          .test = data.subset(split.test),
          .training = {.loss = nn::CrossEntropy{}, .epochs = 0}};
}

nn::Experiment three_epochs(const nn::Dataset& data, const stats::Split& split, Index number) {
  nn::Experiment experiment = untrained(data, split, number);
  experiment.training.rule = opt::Adam{.learning_rate = 0.05};
  experiment.training.epochs = 3;
  return experiment;
}

}  // namespace

TEST_CASE("cross-validation: each observation is predicted by the network of its fold", "[nn]") {
  const nn::Dataset data = test::three_clouds(31);
  const stats::Folds folds = nn::make_folds(data, {.folds = 4, .seed = 5});
  const auto result = nn::cross_validate(
      folds, [&](const stats::Split& split, Index k) { return untrained(data, split, k); });
  REQUIRE(result.folds.size() == 4);
  for (Index i = 0; i < 31; ++i) {
    const Index fold = folds.fold[static_cast<std::size_t>(i)];
    const nn::Sequential<> network({2}, nn::parse_layers("dense 3"),
                                   static_cast<std::uint64_t>(fold));
    const nn::Batch<float> x = std::get<nn::Batch<float>>(data.features).row(i);
    const nn::Batch<float> z = network.predict(x);
    for (Index j = 0; j < 3; ++j) CHECK_NEAR(result.outputs(i, j), z(0, j), 1e-6);
  }
}

TEST_CASE("cross-validation: its figures are those of the folds", "[nn]") {
  const nn::Dataset data = test::three_clouds(90);
  std::vector<std::int64_t> counted;
  const auto result = nn::cross_validate(
      nn::make_folds(data, {.folds = 3}),
      [&](const stats::Split& split, Index k) { return three_epochs(data, split, k); },
      {.progress = {[&](std::int64_t done, std::int64_t total) {
         CHECK(total == 3);
         counted.push_back(done);
       }}});
  CHECK(counted == std::vector<std::int64_t>{1, 2, 3});
  CHECK(result.status == Status::converged);
  stats::Moments losses, accuracies;
  for (const nn::Finding& fold : result.folds) {
    CHECK(fold.train_size == 60);
    CHECK(fold.test_size == 30);
    CHECK(fold.epochs == 3);
    losses.push(fold.test.loss);
    accuracies.push(*fold.test.accuracy);
  }
  CHECK(result.loss == losses.mean());
  CHECK(result.loss_sd == losses.standard_deviation());
  CHECK(result.accuracy == accuracies.mean());
  // Folds of one size: the mean of their accuracies is that over all observations.
  double right = 0;
  for (Index i = 0; i < 90; ++i) {
    Index predicted = 0;
    result.outputs.row(i).maxCoeff(&predicted);
    right += predicted == static_cast<Index>(data.targets(i, 0));
  }
  CHECK_NEAR(*result.accuracy, right / 90, 1e-12);
}

TEST_CASE("cross-validation: folds of classes are stratified, others are not", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  const stats::Folds folds = nn::make_folds(data, {.folds = 5, .seed = 1});
  for (Index k = 0; k < 5; ++k) {
    std::vector<int> of_class(3);
    for (const Index i : folds.split(k).test)
      ++of_class[static_cast<std::size_t>(data.targets(i, 0))];
    CHECK(of_class == std::vector<int>{2, 2, 2});
  }
  CHECK(nn::make_folds(test::straight_line(7), {.folds = 7}).count == 7);
  CHECK_THROWS_AS(nn::make_folds(data, {.folds = 31}), DomainError);
}

TEST_CASE("cross-validation: standardised targets are predicted in their own units", "[nn]") {
  const nn::Dataset data = test::straight_line(20);
  const auto result =
      nn::cross_validate(nn::make_folds(data), [&](const stats::Split& split, Index) {
        nn::Experiment experiment{.network = {{1}, nn::parse_layers("dense 1")},
                                  .train = data.subset(split.train),
                                  .test = data.subset(split.test),
                                  .training = {.epochs = 0},
                                  .target_center = 10,
                                  .target_scale = 4};
        experiment.network.parameters() << 1, 2;
        return experiment;
      });
  for (Index i = 0; i < 20; ++i) {
    const float x = std::get<nn::Batch<float>>(data.features)(i, 0);
    CHECK_NEAR(result.outputs(i, 0), 10 + 4 * (2 + x), 1e-5);
  }
}

TEST_CASE("cross-validation: a fold that fell short is named", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  const auto result = nn::cross_validate(
      nn::make_folds(data, {.folds = 3}), [&](const stats::Split& split, Index k) {
        nn::Experiment experiment = three_epochs(data, split, k);
        if (k == 1) experiment.training.rule = opt::Adam{.learning_rate = 1e9};
        return experiment;
      });
  CHECK(result.status == Status::divergent);
  CHECK_THAT(result.reason, ContainsSubstring("fold 2: the loss is"));
  CHECK(result.folds[0].status == Status::converged);
}

TEST_CASE("cross-validation: a validation set of its own stops a fold early", "[nn]") {
  const nn::Dataset data = test::noise(60, 10, 2);
  const auto result =
      nn::cross_validate(nn::make_folds(data, {.folds = 2}), [&](const stats::Split& split, Index) {
        const stats::Split inner = stats::train_test_split(std::ssize(split.train));
        const nn::Dataset rest = data.subset(split.train);
        return nn::Experiment{.network = {{10}, nn::parse_layers("dense 32 tanh, dense 2"), 1},
                              .train = rest.subset(inner.train),
                              .test = data.subset(split.test),
                              .validation = rest.subset(inner.test),
                              .training = {.loss = nn::CrossEntropy{},
                                           .rule = opt::Adam{.learning_rate = 0.05},
                                           .epochs = 500,
                                           .early_stop = 3}};
      });
  for (const nn::Finding& fold : result.folds) CHECK(fold.epochs == fold.best_epoch + 3);
}

TEST_CASE("cross-validation: experiments that do not fit their folds are refused", "[nn]") {
  const nn::Dataset data = test::three_clouds(30);
  const stats::Folds folds = nn::make_folds(data, {.folds = 3});
  CHECK_THROWS_WITH(nn::cross_validate(folds,
                                       [&](const stats::Split& split, Index k) {
                                         nn::Experiment experiment = untrained(data, split, k);
                                         experiment.test = data;
                                         return experiment;
                                       }),
                    ContainsSubstring("fold 1 tests 10 observations, its experiment 30"));
  std::atomic<bool> flag = true;
  CHECK_THROWS_AS(
      nn::cross_validate(
          folds, [&](const stats::Split& split, Index k) { return untrained(data, split, k); },
          {.stop = StopToken(flag)}),
      Stopped);
}

TEST_CASE("learning curve: each training has the observations of those before it", "[nn]") {
  const nn::Dataset data = test::three_clouds(80);
  const stats::Split split = stats::train_test_split(80, {.test_share = 0.25, .seed = 3});
  std::vector<std::set<Index>> seen;
  const std::vector<Index> sizes = {6, 20, 60};
  const auto curve = nn::learning_curve(split, sizes, [&](const stats::Split& part, Index number) {
    CHECK(number == std::ssize(seen));
    CHECK(part.test == split.test);
    seen.emplace_back(part.train.begin(), part.train.end());
    return three_epochs(data, part, 0);
  });
  REQUIRE(curve.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(curve[i].train_size == sizes[i]);
    CHECK(std::ssize(seen[i]) == sizes[i]);
    if (i > 0)
      CHECK(std::includes(seen[i].begin(), seen[i].end(), seen[i - 1].begin(), seen[i - 1].end()));
  }
  CHECK(seen[2] == std::set<Index>(split.train.begin(), split.train.end()));
}

TEST_CASE("learning curve: what is learnt by heart from few is known of more", "[nn]") {
  const nn::Dataset data = test::three_clouds(400);
  const stats::Split split = stats::train_test_split(400, {.test_share = 0.5, .seed = 1});
  const std::vector<Index> sizes = {8, 200};
  const auto curve = nn::learning_curve(split, sizes, [&](const stats::Split& part, Index) {
    nn::Experiment experiment = untrained(data, part, 1);
    experiment.network = {{2}, nn::parse_layers("dense 32 tanh, dense 3"), 1};
    experiment.training.rule = opt::Adam{.learning_rate = 0.05};
    experiment.training.epochs = 1600 / std::ssize(part.train);  // as many steps of 8
    experiment.training.batch = 8;
    return experiment;
  });
  const auto gap = [&](std::size_t i) { return curve[i].test.loss - curve[i].train.loss; };
  CHECK(gap(0) > 0);
  CHECK(gap(1) < gap(0));
  CHECK(curve[1].test.loss < curve[0].test.loss);
}

TEST_CASE("learning curve: sizes must ascend within the training part", "[nn]") {
  const nn::Dataset data = test::three_clouds(20);
  const stats::Split split = stats::train_test_split(20);
  const auto curve = [&](const std::vector<Index>& sizes) {
    return nn::learning_curve(
        split, sizes, [&](const stats::Split& part, Index) { return untrained(data, part, 0); });
  };
  CHECK_THROWS_WITH(curve({5, 16}), ContainsSubstring("at most 15"));
  CHECK_THROWS_AS(curve({5, 4}), DomainError);
  CHECK_THROWS_AS(curve({0, 4}), DomainError);
  CHECK_THROWS_AS(curve({}), DomainError);
}
