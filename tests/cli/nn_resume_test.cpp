#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "cli/support/networks.hpp"

using namespace mathtool::test;

namespace {

const std::vector<std::string> with_draws{"--layers",   "dense 16 relu, dropout 0.3, dense 3",
                                          "--schedule", "exponential:0.9",
                                          "--seed",     "7"};

std::vector<std::string> drawn(const std::vector<std::string>& more) {
  std::vector<std::string> words = iris_training(with_draws);
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("nn train: one thread and two write the same file", "[cli]") {
  const ScratchFolder folder;
  const Outcome one = networks(drawn({"--epochs", "5", "--save", folder / "m", "-j1", "--json"}));
  const std::string first = folder.content("m");
  const Outcome two = networks(drawn({"--epochs", "5", "--save", folder / "m", "-j2", "--json"}));
  REQUIRE(one.status == 0);
  CHECK(first.size() > 1000);
  CHECK(one.out == two.out);
  CHECK(first == folder.content("m"));
}

TEST_CASE("nn train: a training that goes on ends in the same file as one without a break",
          "[cli]") {
  const ScratchFolder folder;
  REQUIRE(networks(drawn({"--epochs", "6", "--save", folder / "whole"})).status == 0);
  // A cosine or a cycle would need to know the end; an exponential decay does not.
  REQUIRE(networks(drawn({"--epochs", "2", "--save", folder / "part"})).status == 0);
  CHECK(folder.content("part") != folder.content("whole"));
  const Outcome rest = networks(iris_training(
      {"--resume", folder / "part", "--epochs", "6", "--save", folder / "rest", "--json"}));
  INFO(rest.err);
  REQUIRE(rest.status == 0);
  CHECK(folder.content("rest") == folder.content("whole"));
  CHECK(nlohmann::json::parse(rest.out).at("result").at("epochs").size() == 6);
}

TEST_CASE("nn train: a log goes on where the checkpoint is", "[cli]") {
  const ScratchFolder folder;
  for (const char* ending : {".csv", ".jsonl"}) {
    const std::string name = std::string("log") + ending, model = folder / "m", log = folder / name;
    // Three epochs were logged, the checkpoint is of two, and the third line was cut short.
    REQUIRE(networks(iris_training({"--epochs", "2", "--save", model})).status == 0);
    REQUIRE(networks(iris_training({"--epochs", "3", "--log", log})).status == 0);
    std::vector<std::string> before = lines(folder.content(name));
    const std::size_t header = ending == std::string(".csv") ? 1 : 0;
    REQUIRE(before.size() == header + 3);
    folder.write(name, fmt::format("{}\n", fmt::join(before, "\n")) + "4,0.");
    REQUIRE(networks(iris_training({"--resume", model, "--epochs", "4", "--log", log})).status ==
            0);
    const std::vector<std::string> after = lines(folder.content(name));
    REQUIRE(after.size() == header + 4);
    for (std::size_t i = 0; i < header + 2; ++i) CHECK(after[i] == before[i]);
    CHECK_THAT(after[header + 3], ContainsSubstring("4"));
  }
}

TEST_CASE("nn train: what Ctrl-C interrupts goes on to the same end", "[cli]") {
  const ScratchFolder folder;
  const std::string command =
      "$MATHTOOL nn train --data " + iris + " --target Species --epochs 3000 --batch 8 ";
  // The signal comes once some epochs stand in the log.
  const Outcome stopped =
      shell(command + "--save " + (folder / "m") + " --log " + (folder / "log.csv") +
            " & pid=$!; i=0; until [ $(cat " + (folder / "log.csv") +
            " 2>/dev/null | wc -l) -gt 3 ] || [ $i -gt 2000 ]; do sleep 0.01; "
            "i=$((i+1)); done; kill -INT $pid; wait $pid");
  INFO(stopped.err);
  REQUIRE(stopped.status == 130);
  CHECK(stopped.out.empty());
  CHECK_THAT(stopped.err, ContainsSubstring("go on with the same command and --resume"));
  const Outcome rest =
      shell(command + "-q --resume " + (folder / "m") + " --save " + (folder / "m"));
  INFO(rest.err);
  REQUIRE(rest.status == 0);
  REQUIRE(shell(command + "-q --save " + (folder / "whole")).status == 0);
  CHECK(folder.content("m") == folder.content("whole"));
}

TEST_CASE("nn train: a training goes on only as what it is", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m";
  REQUIRE(networks(iris_training({"--epochs", "1", "--save", model})).status == 0);
  CHECK_THAT(networks.refusal(2, iris_training({"--resume", model, "--optimizer", "sgd"})),
             ContainsSubstring("leave --optimizer out"));
  CHECK_THAT(networks.refusal(2, iris_training({"--resume", model, "--layers", "dense 64, dense"})),
             ContainsSubstring("--layers"));
  CHECK_THAT(networks.refusal(2, iris_training({"--resume", model, "--seed", "4"})),
             ContainsSubstring("leave --seed out"));
  CHECK_THAT(networks.refusal(2, iris_training({"--resume", model, "--epochs", "0"})),
             ContainsSubstring("epochs trained so far: 1; --epochs 0"));
  CHECK_THAT(networks.refusal(1, training({"--resume", model}), two_classes),
             ContainsSubstring("other classes"));
  CHECK_THAT(
      networks.refusal(1, iris_training({"--resume", model, "--where", "`Sepal.Length` > 5"})),
      ContainsSubstring("other columns, levels or values"));
  CHECK_THAT(networks.refusal(1, iris_training({"--resume", iris})), ContainsSubstring(iris));
}

TEST_CASE("nn train: what changes on the way is told, what means the same is not", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "m";
  REQUIRE(networks(iris_training({"--epochs", "1", "--layers", "dense 8 relu,dense 3",
                                  "--learning-rate", "0.010", "--save", model}))
              .status == 0);
  const auto notes = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = iris_training({"--resume", model, "--epochs", "2"});
    words.insert(words.end(), more.begin(), more.end());
    return networks.report(words).at("notes").dump();
  };
  const std::string same =
      notes({"--optimizer", "adam", "--loss", "auto", "--seed", "0", "--layers",
             "dense 8,  relu, dense 3", "--learning-rate", "1e-2"});
  CHECK_THAT(same, !ContainsSubstring("from here on"));
  const std::string changed = notes({"--learning-rate", "0.001", "--clip", "1"});
  CHECK_THAT(changed, ContainsSubstring("--learning-rate 0.001 from here on") &&
                          ContainsSubstring("was trained with --learning-rate 0.010"));
  CHECK_THAT(changed, ContainsSubstring("was trained with the default of --clip"));
}
