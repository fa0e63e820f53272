#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/networks.hpp"
#include "support/reference_data.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

double accuracy(const Json& result) { return result.at("test").at("accuracy").get<double>(); }

/// Sums of a confusion matrix: of the diagonal, and of all.
std::pair<double, double> counts(const Json& confusion) {
  double right = 0, all = 0;
  const Json& matrix = confusion.at("matrix");
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      all += matrix.at(i).at(j).get<double>();
      if (i == j) right += matrix.at(i).at(j).get<double>();
    }
  return {right, all};
}

void check_curve(const Json& roc) {
  REQUIRE(roc.size() >= 2);
  CHECK(roc.front().at("fpr") == 0);
  CHECK(roc.front().at("tpr") == 0);
  CHECK(roc.back().at("fpr") == 1);
  CHECK(roc.back().at("tpr") == 1);
  for (std::size_t i = 1; i < roc.size(); ++i) {
    CHECK(roc.at(i).at("fpr") >= roc.at(i - 1).at("fpr"));
    CHECK(roc.at(i).at("tpr") >= roc.at(i - 1).at("tpr"));
  }
}

}  // namespace

TEST_CASE("nn train: iris by five folds, with confusion matrix and ROC, is 95 % right", "[cli]") {
  const Json result = networks.result(iris_training({"--folds", "5"}));
  CHECK(accuracy(result) >= 0.95);
  CHECK(result.at("folds").size() == 5);
  CHECK(result.at("test").at("observations") == 150);
  const auto [right, all] = counts(result.at("confusion"));
  CHECK(all == 150);
  CHECK(right / all == Approx(accuracy(result)));
  CHECK(result.at("confusion").at("labels") == Json{"setosa", "versicolor", "virginica"});
  check_curve(result.at("roc"));
  CHECK(result.at("auc_by_class").size() == 3);
}

TEST_CASE("nn train: handwritten digits by five folds are 95 % right", "[cli]") {
  REQUIRE_REFERENCE_DATA(folder);
  const std::string path = (folder / "tabular" / "digits_optdigits.csv").string();
  const Json result = networks.result(
      {"train", "--data", path, "--target", "x65", "--folds", "5", "--epochs", "30"});
  CHECK(accuracy(result) >= 0.95);
  CHECK(result.at("confusion").at("labels").size() == 10);
  check_curve(result.at("roc"));
}

TEST_CASE("nn train: every epoch is reported, with figures of both parts", "[cli]") {
  const Json report = networks.report(iris_training({"--epochs", "3"}));
  CHECK(report.at("command") == "nn train");
  CHECK(report.at("status") == "converged");
  CHECK(report.at("seed") == 0);
  CHECK(report.at("input").at("rows") == 150);
  const Json& result = report.at("result");
  REQUIRE(result.at("epochs").size() == 3);
  int number = 1;
  for (const Json& epoch : result.at("epochs")) {
    CHECK(epoch.at("epoch") == number++);
    for (const char* key : {"loss", "accuracy", "val_loss", "val_accuracy"})
      CHECK(epoch.at(key).is_number());
  }
  // A tenth of each class of 50 is set aside; 4 inputs, 64 units, 3 classes.
  CHECK(result.at("test").at("on") == "validation part");
  CHECK(result.at("test").at("observations") == 15);
  CHECK(result.at("parameters") == 4 * 64 + 64 + 64 * 3 + 3);
  CHECK(result.at("layers") == "dense 64, relu, dense 3");
}

TEST_CASE("nn train: numbers are predicted in their own units", "[cli]") {
  std::string table = "x,y\n";
  for (int i = 0; i < 200; ++i)
    table += std::to_string(i) + "," + std::to_string(1000.0 + 5.0 * i + 0.5) + "\n";
  const Json result = networks.result({"train", "--data", "-", "--target", "y", "--layers",
                                       "dense 1", "--learning-rate", "0.05", "--epochs", "60"},
                                      table);
  CHECK(result.at("loss") == "mse");
  // A line through points of a line: what is left is small beside the spread of 1000.
  CHECK(result.at("test").at("rmse").get<double>() < 5);
  CHECK(result.at("test").at("r_squared").get<double>() > 0.999);
  CHECK_FALSE(result.contains("confusion"));
  CHECK_FALSE(result.at("epochs").at(0).contains("accuracy"));
}

TEST_CASE("nn train: exclusive or needs a hidden layer", "[cli]") {
  const std::string table = "a,b,kind\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";
  const Json without = networks.result(
      training({"--layers", "dense 2", "--epochs", "300", "--learning-rate", "0.05"}), table);
  CHECK(accuracy(without) <= 0.75);
  const Json with = networks.result(training({"--layers", "dense 16 tanh, dense 2", "--epochs",
                                              "300", "--learning-rate", "0.05"}),
                                    table);
  CHECK(accuracy(with) == 1);
  CHECK(with.at("test").at("on") == "training data");
}

TEST_CASE("nn train: a final softmax and a final sigmoid are part of the loss", "[cli]") {
  const Json softmax =
      networks.report(training({"--epochs", "1", "--layers", "dense 2, softmax"}), two_classes);
  CHECK(softmax.at("result").at("layers") == "dense 2");
  CHECK_THAT(softmax.at("notes").dump(),
             ContainsSubstring("the final softmax is part of the loss"));
  const Json sigmoid =
      networks.report(training({"--epochs", "1", "--layers", "dense 1 sigmoid"}), two_classes);
  CHECK(sigmoid.at("result").at("layers") == "dense 1");
  CHECK(sigmoid.at("result").at("loss") == "bce");
}

TEST_CASE("nn train: two classes by one output or by two", "[cli]") {
  for (const char* layers : {"dense 1", "dense 2"}) {
    const Json result = networks.result(
        training({"--layers", layers, "--epochs", "100", "--learning-rate", "0.05"}), two_classes);
    CHECK(accuracy(result) == 1);
    CHECK(result.at("test").at("auc") == 1);
    check_curve(result.at("roc"));
  }
}

TEST_CASE("nn train: the layers may come from a file", "[cli]") {
  const ScratchFolder folder;
  const std::string one = folder.write("one.json", R"({"layers": ["dense 5 tanh, dense 3"]})");
  const std::string list =
      folder.write("list.json", R"({"input": [4], "layers": ["dense 5 tanh", "dense 3"]})");
  const Json a = networks.result(iris_training({"--epochs", "2", "--model", one}));
  const Json b = networks.result(iris_training({"--epochs", "2", "--model", list}));
  CHECK(a.at("layers") == "dense 5, tanh, dense 3");
  CHECK(a == b);
  const std::string wider = folder.write("wider.json", R"({"input": [5], "layers": ["dense 3"]})");
  CHECK_THAT(networks.refusal(1, iris_training({"--model", wider})),
             ContainsSubstring("is for inputs of 5, but these data are of 4"));
  const std::string broken = folder.write("broken.json", "{\"layers\": 5}");
  CHECK_THAT(networks.refusal(1, iris_training({"--model", broken})),
             ContainsSubstring("broken.json"));
}

TEST_CASE("nn train: an early stop ends a training that gets no better", "[cli]") {
  const Json result = networks.result(iris_training(
      {"--epochs", "2000", "--early-stop", "3", "--learning-rate", "0.05", "--validation", "0.3"}));
  CHECK(result.at("epochs").size() < 2000);
  CHECK(result.at("best_epoch").get<std::size_t>() + 3 == result.at("epochs").size());
}

TEST_CASE("nn train: folds judge numbers far from 0 in their own digits", "[cli]") {
  const auto rmse = [](double offset) {
    std::string table = "x,kind\n";
    for (int k = 0; k < 100; ++k) table += fmt::format("{},{}\n", k, offset + 40 * k);
    const std::vector<std::string> words =
        training({"--loss", "mse", "--epochs", "60", "--learning-rate", "0.01", "--folds", "5"});
    const Json test = networks.result(words, table).at("test");
    CHECK(test.at("r_squared").get<double>() > 0.99999);
    return test.at("rmse").get<double>();
  };
  CHECK(rmse(1'700'000'000) == Approx(rmse(0)).epsilon(1e-5));
}

TEST_CASE("nn train: the learning rate of the log follows the schedule, in epochs", "[cli]") {
  const ScratchFolder folder;
  const std::string log = folder / "log.jsonl";
  networks.result(iris_training({"--epochs", "4", "--schedule", "step:2:0.1", "--optimizer", "sgd",
                                 "--learning-rate", "0.5", "--log", log}));
  const std::vector<std::string> written = lines(folder.content("log.jsonl"));
  REQUIRE(written.size() == 4);
  const std::vector<double> rates{0.5, 0.5, 0.05, 0.05};
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(Json::parse(written[i]).at("learning_rate").get<double>() == Approx(rates[i]));
}

TEST_CASE("nn train: a log of CSV has a line for each epoch", "[cli]") {
  const ScratchFolder folder;
  networks.result(iris_training({"--epochs", "3", "--log", folder / "log.csv"}));
  const std::vector<std::string> written = lines(folder.content("log.csv"));
  REQUIRE(written.size() == 4);
  CHECK(written[0] ==
        "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,gradient_norm,seconds");
  CHECK(written[3].starts_with("3,"));
}

TEST_CASE("nn train: epochs on stderr under -v, and as CSV on stdout", "[cli]") {
  const Outcome verbose = networks(iris_training({"--epochs", "2", "-v", "--csv"}));
  CHECK(verbose.status == 0);
  CHECK_THAT(verbose.err, ContainsSubstring("epoch 2 of 2: loss "));
  const std::vector<std::string> written = lines(verbose.out);
  REQUIRE(written.size() == 3);
  CHECK(written[0] == "epoch,loss,accuracy,val_loss,val_accuracy");
}

TEST_CASE("nn train: a text column is a feature unless it names the rows", "[cli]") {
  std::string table = "color,name,kind\n";
  for (int i = 0; i < 40; ++i)
    table += std::string(i % 2 ? "red" : "blue") + ",row" + std::to_string(i) +
             (i % 2 ? ",yes\n" : ",no\n");
  const Json report = networks.report(
      training({"--epochs", "200", "--layers", "dense 2", "--learning-rate", "0.05"}), table);
  CHECK(accuracy(report.at("result")) == 1);
  CHECK(report.at("result").at("parameters") == 2 * 2 + 2);
  CHECK_THAT(report.at("notes").dump(), ContainsSubstring("'name' is left out"));
}

TEST_CASE("nn train: test data judge, and bring no class of their own", "[cli]") {
  const ScratchFolder folder;
  const std::string test = folder.write("test.csv", "b,a,kind\n0.1,3.2,yes\n0.2,0.1,no\n");
  const Json result = networks.result(
      training({"--test-data", test, "--epochs", "100", "--learning-rate", "0.05"}), two_classes);
  CHECK(result.at("test").at("on") == "test data");
  CHECK(result.at("test").at("observations") == 2);
  CHECK(accuracy(result) == 1);
  const std::string other = folder.write("other.csv", "a,b,kind\n1,2,maybe\n");
  CHECK_THAT(networks.refusal(1, training({"--test-data", other, "--epochs", "1"}), two_classes),
             ContainsSubstring("maybe"));
}

TEST_CASE("nn train: what a table cannot tell is said", "[cli]") {
  std::string table = "a,flat,kind,sum\n";
  for (int i = 0; i < 40; ++i)
    table += std::to_string(i % 5 + (i % 2 ? 9 : 0)) + ",3," + (i % 2 ? "yes" : "no") + ",7\n";
  const Json report = networks.report(training({"--epochs", "2", "--loss", "bce"}), table);
  CHECK_THAT(report.at("notes").dump(), ContainsSubstring("nothing can be learnt from it: 'flat'"));
  CHECK(report.at("result").at("layers") == "dense 64, relu, dense 1");
  CHECK_THAT(
      networks.refusal(3, {"train", "--data", "-", "--target", "sum", "--loss", "mse"}, table),
      ContainsSubstring("column 'sum' is 7 in every row"));
}

TEST_CASE("nn evaluate: lines are those of the file, and a target may be a feature", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m";
  REQUIRE(networks(training({"--epochs", "1", "--save", model}), two_classes).status == 0);
  const std::string odd = folder.write("odd.csv", "a,b,kind\n,2,yes\n1,2,no\n1,2,maybe\n");
  CHECK_THAT(networks.refusal(1, {"evaluate", model, "--data", odd}),
             ContainsSubstring("odd.csv:4"));
  CHECK_THAT(networks.refusal(1, {"evaluate", model, "--data", odd, "--target", "a"}),
             ContainsSubstring("column 'a' has"));
}
