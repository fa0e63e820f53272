#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/networks.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

TEST_CASE("nn: what cannot be understood is refused in one line", "[cli]") {
  struct Case {
    std::vector<std::string> words;
    std::string message;
  };
  const std::vector<Case> cases{
      {{"--target", "Speces"}, "did you mean 'Species'"},
      {{"--layers", "dense 5"}, "'Species' has 3 classes: end the layers with 'dense 3'"},
      {{"--layers", "dens 5"}, "--layers"},
      {{"--layers", ""}, "--layers needs a value"},
      {{"--layers", "dense 3", "--model", "m.json"}, "both name the layers"},
      {{"--loss", "mse"}, "'Species' holds text"},
      {{"--loss", "bce"}, "take cross_entropy"},
      {{"--loss", "crossentropy"}, "--loss"},
      {{"--label-smoothing", "1"}, "[0, 1)"},
      {{"--class-weights", "heavy"}, "--class-weights takes 'balanced'"},
      {{"--class-weights", "setsoa=2"}, "did you mean 'setosa'"},
      {{"--class-weights", "setosa=-1"}, "must be in [0, "},
      {{"--optimizer", "adma"}, "did you mean 'adam'"},
      {{"--set", "beta=0.5"}, "did you mean 'beta1'"},
      {{"--learning-rate", "0"}, "learning_rate"},
      {{"--learning-rate", "fast"}, "--learning-rate"},
      {{"--schedule", "step:30"}, "--schedule"},
      {{"--schedule", "warmup:4000+cosine"}, "--schedule"},
      {{"--weight-decay", "-1"}, "--weight-decay must be >= 0"},
      {{"--clip", "0"}, "--clip must be > 0"},
      {{"--clip", "size:1"}, "--clip takes C, norm:C or value:C"},
      {{"--epochs", "1.5"}, "--epochs takes a whole number"},
      {{"--epochs", "1e12"}, "--epochs takes a whole number"},
      {{"--batch", "0"}, "--batch takes a whole number from 1"},
      {{"--validation", "1"}, "--validation must be in [0, 1)"},
      {{"--validation", "0", "--early-stop", "3"}, "--early-stop needs a part"},
      {{"--folds", "151"}, "--folds must be between 2 and the 150 observations"},
      {{"--freeze", "4"}, "there is no layer 4; there are 3"},
      {{"--freeze", "all"}, "--freeze takes numbers of layers"},
      {{"--images", "i.gz"}, "--data and --images are two sources"},
      {{"--labels", "l.gz"}, "go with --images"},
      {{"--missing", "mean"}, "--missing drop or error"},
      {{"--log", "log.txt"}, ".csv or .jsonl"},
      {{"--save", "m", "--log", "m"}, "would both write"},
      {{"--save", iris}, "would write over"},
      {{"--schedule", "step:9000000000000000000:0.5"}, "more epochs than"},
      {{"--layers", "lstm 9000000000000000000"}, "--layers"},
  };
  for (const Case& c : cases) {
    INFO(c.message);
    CHECK_THAT(networks.refusal(2, iris_training(c.words)), ContainsSubstring(c.message));
  }
  CHECK_THAT(networks.refusal(2, {"train"}), ContainsSubstring("name the data"));
  CHECK_THAT(networks.refusal(2, {"train", "--data", iris}), ContainsSubstring("--target"));
  CHECK_THAT(networks.refusal(2, {"train", "--images", "i.gz"}), ContainsSubstring("--labels"));
  CHECK_THAT(networks.refusal(2, {"trian"}), ContainsSubstring("did you mean 'nn train'"));
  CHECK_THAT(networks.refusal(2, {"predict"}), ContainsSubstring("MODEL is missing"));
}

TEST_CASE("nn: files that are not there, or not what they should be, are exit 1", "[cli]") {
  const ScratchFolder folder;
  const std::string text = folder.write("t.txt", "no images");
  CHECK_THAT(networks.refusal(1, {"train", "--data", "nowhere.csv", "--target", "y"}),
             ContainsSubstring("nowhere.csv"));
  CHECK_THAT(networks.refusal(1, {"train", "--images", "nowhere.gz", "--labels", "l.gz"}),
             ContainsSubstring("nowhere.gz"));
  CHECK_THAT(networks.refusal(1, {"train", "--images", text, "--labels", text}),
             ContainsSubstring("t.txt"));
  for (const char* command : {"evaluate", "predict"})
    CHECK_THAT(networks.refusal(1, {command, text, "--data", iris}), ContainsSubstring("t.txt"));
  for (const char* command : {"summary", "check"})
    CHECK_THAT(networks.refusal(1, {command, text}), ContainsSubstring("t.txt"));
  CHECK_THAT(networks.refusal(1, iris_training({"--save", "/nowhere/m", "--epochs", "1"})),
             ContainsSubstring("/nowhere/m"));
  CHECK_THAT(networks.refusal(1, iris_training({"--log", "/nowhere/l.csv", "--epochs", "1"})),
             ContainsSubstring("/nowhere/l.csv"));
}

TEST_CASE("nn train: data that cannot support a network are exit 3", "[cli]") {
  CHECK_THAT(networks.refusal(3, training({}), "a,kind\n"), ContainsSubstring("no rows"));
  CHECK_THAT(networks.refusal(3, training({}), "a,kind\n1,x\n2,x\n3,x\n"),
             ContainsSubstring("kind"));
  CHECK_THAT(networks.refusal(3, training({}), "kind\nx\ny\n"), ContainsSubstring("no column"));
  CHECK_THAT(networks.refusal(3, training({}), "a,kind\n1,x\ninf,y\n3,x\n"),
             ContainsSubstring("infinite"));
  CHECK_THAT(networks.refusal(3, training({}), "a,kind\n,x\n,y\n,x\n"), ContainsSubstring("row"));
}

TEST_CASE("nn train: rows that lack a value are dropped and counted", "[cli]") {
  const Json report =
      networks.report(training({"--epochs", "1"}), two_classes + ",0.5,yes\n1,,no\n1,2,\n");
  CHECK(report.at("input").at("rows") == 63);
  CHECK(report.at("input").at("used") == 60);
  CHECK(report.at("input").at("dropped").at("a") == 1);
  CHECK(report.at("input").at("dropped").at("kind") == 1);
  CHECK_THAT(networks.refusal(1, training({"--missing", "error"}), two_classes + ",0.5,yes\n"),
             ContainsSubstring("column 'a'"));
}

TEST_CASE("nn train: a learning rate of 1e9 is an honest stop", "[cli]") {
  for (const char* optimizer : {"sgd", "adam"}) {
    const Outcome outcome = networks(iris_training(
        {"--optimizer", optimizer, "--learning-rate", "1e9", "--epochs", "50", "--json"}));
    INFO(outcome.err);
    CHECK(outcome.status == 4);
    const Json report = Json::parse(outcome.out);
    CHECK(report.at("status") != "converged");
    CHECK(report.at("reason").get<std::string>().size() > 20);
    CHECK(report.at("result").at("epochs").is_array());
  }
}

TEST_CASE("nn: an output does not write over what the command reads", "[cli]") {
  const ScratchFolder folder;
  const std::string table = folder.write("t.csv", two_classes), model = folder / "m";
  REQUIRE(networks({"train", "--data", table, "--target", "kind", "--epochs", "1", "--save", model})
              .status == 0);
  const std::string before = folder.content("m");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"predict", model, "--data", table, "-o", model},
        {"predict", model, "--data", table, "--csv", "-o", table},
        {"evaluate", model, "--data", table, "-o", folder / "./m"},
        {"summary", model, "--output=" + model},
        {"train", "--data", table, "--target", "kind", "--resume", model, "-o", model}})
    CHECK_THAT(networks.refusal(2, words), ContainsSubstring("is named twice"));
  CHECK(folder.content("m") == before);
  // A value that happens to be the name of a file reads none.
  const std::string word = folder.write("word", "");
  CHECK(networks({"train", "--data", table, "--target", "kind", "--na", word, "--epochs", "1", "-o",
                  word})
            .status == 0);
}

TEST_CASE("nn train: what says the same twice, or nothing at all, is refused", "[cli]") {
  const auto refused = [](std::vector<std::string> more) {
    return networks.refusal(2, iris_training(more));
  };
  CHECK_THAT(refused({"--loss", "cross_entropy:0.1", "--label-smoothing", "0.2"}),
             ContainsSubstring("leave --label-smoothing out"));
  CHECK_THAT(refused({"--loss", "cross_entropy:0:1,4,2", "--class-weights", "balanced"}),
             ContainsSubstring("leave --class-weights out"));
  CHECK_THAT(
      networks.refusal(
          2, training({"--loss", "bce:3", "--class-weights", "balanced", "--layers", "dense 1"}),
          two_classes),
      ContainsSubstring("leave --class-weights out"));
  CHECK_THAT(refused({"--class-weights", "setosa=1e308"}),
             ContainsSubstring("in [0, 1000000000000]"));
  CHECK_THAT(refused({"--freeze", "1-3"}), ContainsSubstring("nothing is left to learn"));
  CHECK_THAT(refused({"--folds", "3", "--test-data", iris}), ContainsSubstring("give one of them"));
}

TEST_CASE("nn train: columns that are all constant, or name rows", "[cli]") {
  std::string constant = "a,b,kind\n", named = "id,a,kind\n";
  for (int i = 0; i < 30; ++i) {
    constant += i % 2 == 0 ? "1,x,yes\n" : "1,x,no\n";
    named += fmt::format("row{},{},{}\n", i, i, i < 15 ? "yes" : "no");
  }
  CHECK_THAT(networks.refusal(3, training({"--epochs", "1"}), constant),
             ContainsSubstring("every column but 'kind' is constant"));
  const Json report = networks.report(training({"--epochs", "1"}), named);
  CHECK(report.at("input").at("skipped").at(0).at("column") == "id");
}

TEST_CASE("nn: levels and values that are not there", "[cli]") {
  const ScratchFolder folder;
  std::string table = "g,x,kind\n";
  for (int i = 0; i < 30; ++i)
    table += fmt::format("{},{},{}\n", i % 2 ? "red" : "blue", i, i % 3 ? "yes" : "no");
  const std::string data = folder.write("data.csv", table), model = folder / "m";
  const std::string other =
      folder.write("other.csv", "g,x,kind\nred,1,yes\ngreen,2,no\n,3,no\nblue,,no\n");
  const std::vector<std::string> words{"train", "--data",   data, "--target",
                                       "kind",  "--epochs", "1"};
  std::vector<std::string> more = words;
  more.insert(more.end(), {"--save", model});
  REQUIRE(networks(more).status == 0);
  more = words;
  more.insert(more.end(), {"--test-data", other});
  CHECK_THAT(networks.refusal(1, more), ContainsSubstring("column 'g' has 'green'"));
  CHECK_THAT(networks.refusal(1, {"evaluate", model, "--data", other}),
             ContainsSubstring("column 'g' has 'green'"));
  const Json report = networks.report({"predict", model, "--data", other});
  CHECK(report.at("input").at("used") == 1);
  CHECK(report.at("input").at("dropped") == Json{{"g", 1}, {"x", 1}});
  const Json& rows = report.at("result").at("rows");
  CHECK(rows.at(0).at(2).is_string());
  for (int i = 1; i < 4; ++i) CHECK(rows.at(i).at(2).is_null());
}

TEST_CASE("nn train: a training without result says why in spite of -q", "[cli]") {
  const Outcome outcome = networks(
      iris_training({"--optimizer", "sgd", "--learning-rate", "1e9", "--epochs", "50", "-q"}));
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.out, ContainsSubstring("smaller learning rate"));
}
