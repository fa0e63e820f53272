#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/networks.hpp"
#include "support/reference_data.hpp"

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

const std::string lynx = MATHTOOL_SOURCE_DIR "/examples/lynx.csv";

std::string refrain() {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "the cat sat on the mat.\n";
  return text;
}

std::vector<std::string> text_training(const std::string& file, const std::string& epochs,
                                       const std::vector<std::string>& more) {
  std::vector<std::string> words{"train",
                                 "--text",
                                 file,
                                 "--window",
                                 "24",
                                 "--layers",
                                 "embedding 8, gru 24 all",
                                 "--learning-rate",
                                 "0.02",
                                 "--batch",
                                 "8",
                                 "--epochs",
                                 epochs};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<std::string> lynx_training(const std::string& epochs,
                                       const std::vector<std::string>& more) {
  std::vector<std::string> words{"train", "--series", lynx, "-c",       "lynx",   "--transform",
                                 "log",   "--season", "10", "--layers", "gru 12", "--learning-rate",
                                 "0.01",  "--batch",  "16", "--epochs", epochs};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("nn train: learns a text, and nn sample writes it", "[cli]") {
  const ScratchFolder folder;
  const std::string text = folder.write("cat.txt", refrain()), model = folder / "cat.model";
  const Json result = networks.result(text_training(text, "30", {"--save", model}));
  CHECK(result.at("epochs").size() == 30);
  CHECK(result.at("test").at("on") == "validation part");
  const double loss = result.at("test").at("loss").get<double>();
  CHECK(loss < 0.3);
  CHECK(result.at("test").at("perplexity").get<double>() == Approx(std::exp(loss)));
  CHECK(result.at("test").at("observations") == 96);  // a tenth of 960 characters
  CHECK(result.at("characters") == 12);

  const auto written =
      networks({"sample", model, "--prompt", "the cat", "--length", "17", "--temperature", "0"});
  CHECK(written.status == 0);
  CHECK(written.out == "the cat sat on the mat.\n");
  const auto again = [&](const char* seed) {
    return networks({"sample", model, "--length", "60", "--temperature", "3", "--seed", seed}).out;
  };
  CHECK(again("1") == again("1"));
  CHECK(again("1") != again("2"));
  const Json report =
      networks.report({"sample", model, "--prompt", "the", "--length", "3", "--seed", "5"});
  CHECK(report.at("seed") == 5);
  CHECK(report.at("result").at("prompt") == "the");
  CHECK(report.at("result").at("text").get<std::string>().size() == 6);
}

TEST_CASE("nn train: a text is learnt the same with any -j, and goes on where it stopped",
          "[cli]") {
  const ScratchFolder folder;
  const std::string text = folder.write("cat.txt", refrain());
  const auto train = [&](const std::string& name, const std::string& epochs,
                         const std::vector<std::string>& more) {
    std::vector<std::string> words = text_training(text, epochs, {"--save", folder / name});
    words.insert(words.end(), more.begin(), more.end());
    CHECK(networks(words).status == 0);
    return folder.content(name);
  };
  const std::string whole = train("whole", "4", {"-j1"});
  CHECK((train("parallel", "4", {"-j2"}) == whole));
  train("part", "2", {});
  CHECK((train("rest", "4", {"--resume", folder / "part"}) == whole));
}

TEST_CASE("nn train: forecasts of the lynx beat those of the season before", "[cli]") {
  const ScratchFolder folder;
  const std::string model = folder / "lynx.model";
  const Json result = networks.result(lynx_training("60", {"--save", model}));
  const Json& forecasts = result.at("forecasts").at(0);
  CHECK(forecasts.at("column") == "lynx");
  for (const char* error : {"mae", "rmse", "mase"})
    CHECK(forecasts.at("network").at(error) < forecasts.at("seasonal_naive").at(error));
  CHECK(result.at("test").at("mae") == forecasts.at("network").at("mae"));

  const Json ahead = networks.result({"forecast", model, lynx, "--steps", "15"});
  CHECK(ahead.at("columns") == Json{"lynx"});
  REQUIRE(ahead.at("rows").size() == 15);
  for (const Json& row : ahead.at("rows")) {
    CHECK(row.at(0) > 10);
    CHECK(row.at(0) < 20'000);
  }
  const Json less = networks.result({"forecast", model, lynx, "--steps", "4"});
  CHECK(less.at("rows").at(3) == ahead.at("rows").at(3));
  CHECK(networks({"forecast", model, lynx, "--csv"}).out.starts_with("step,lynx\n1,"));
}

TEST_CASE("nn train: several columns of a series are forecast together", "[cli]") {
  const ScratchFolder folder;
  std::string table = "t,a,b\n";
  for (int t = 0; t < 80; ++t)
    table += std::to_string(t) + "," + std::to_string(5 + std::sin(0.5 * t)) + "," +
             std::to_string(9 - 2 * std::cos(0.5 * t)) + "\n";
  const std::string file = folder.write("waves.csv", table), model = folder / "waves.model";
  const Json result = networks.result(
      {"train", "--series", file, "-c", "b,a", "--window", "6", "--horizon", "3", "--layers",
       "dense 16 tanh", "--learning-rate", "0.02", "--epochs", "100", "--save", model});
  REQUIRE(result.at("forecasts").size() == 2);
  CHECK(result.at("forecasts").at(0).at("column") == "b");
  for (const Json& column : result.at("forecasts"))
    CHECK(column.at("network").at("mae").get<double>() <
          0.2 * column.at("naive").at("mae").get<double>());
  const Json ahead = networks.result({"forecast", model, file, "--steps", "5"});
  CHECK(ahead.at("columns") == Json{"b", "a"});
  for (int h = 0; h < 5; ++h) {
    CHECK(ahead.at("rows").at(h).at(0).get<double>() ==
          Approx(9 - 2 * std::cos(0.5 * (80 + h))).margin(0.6));
    CHECK(ahead.at("rows").at(h).at(1).get<double>() ==
          Approx(5 + std::sin(0.5 * (80 + h))).margin(0.3));
  }
}

TEST_CASE("nn evaluate: of texts and series, the figures of the training", "[cli]") {
  const ScratchFolder folder;
  const std::string text = folder.write("cat.txt", refrain()), cat = folder / "cat.model";
  const Json trained =
      networks.result(text_training(text, "3", {"--save", cat, "--validation", "0"}));
  const Json judged = networks.result({"evaluate", cat, "--text", text});
  CHECK(judged.at("on") == text);
  for (const char* figure : {"observations", "loss", "accuracy", "perplexity"})
    CHECK(judged.at(figure) == trained.at("test").at(figure));
  CHECK(networks({"evaluate", cat, "--text", text, "--csv"})
            .out.starts_with("metric,value\nobservations,959\n"));
  CHECK_THAT(
      networks.refusal(1, {"evaluate", cat, "--text", folder.write("dog.txt", "the dog\nbarks")}),
      ContainsSubstring("dog.txt:1: character 'd'"));
  CHECK_THAT(networks.refusal(3, {"evaluate", cat, "--text", folder.write("no.txt", "")}),
             ContainsSubstring("there is no character"));

  const std::string hare = folder / "lynx.model";
  const Json learnt = networks.result(lynx_training("20", {"--save", hare}));
  const std::vector<std::string> words{"evaluate", hare, "--series", lynx, "--season", "10"};
  std::vector<std::string> held = words;
  held.insert(held.end(), {"--held-out", "0.2"});
  CHECK(networks.result(held).at("forecasts") == learnt.at("forecasts"));
  const Json all = networks.result(words);  // from the first step that has a window before it
  CHECK(all.at("on").get<std::string>().ends_with("lynx.csv from 13 on"));
  CHECK(all.at("mae") != learnt.at("test").at("mae"));
  CHECK(networks({"evaluate", hare, "--series", lynx, "--csv"})
            .out.starts_with("column,forecast,mae,rmse,mase\nlynx,network,"));
  const std::string few = folder.write("few.csv", "lynx\n1\n2\n3\n");
  CHECK_THAT(networks.refusal(3, {"evaluate", hare, "--series", few}),
             ContainsSubstring("3 steps, 3 of them to look back on; forecasts take 12"));
  held.back() = "0.99";
  CHECK_THAT(networks.refusal(3, held), ContainsSubstring("114 steps, 2 of them to look back on"));

  CHECK_THAT(networks.refusal(2, {"evaluate", hare, "--text", text}),
             ContainsSubstring("not trained on a text"));
  CHECK_THAT(networks.refusal(2, {"evaluate", cat, "--series", lynx}),
             ContainsSubstring("not trained on a series"));
  CHECK_THAT(networks.refusal(2, {"evaluate", cat, "--text", text, "--season", "2"}),
             ContainsSubstring("--season: only with --series"));
  CHECK_THAT(networks.refusal(2, {"evaluate", cat, "--text", text, "--where", "x > 1"}),
             ContainsSubstring("--where is about tables"));
  CHECK_THAT(networks.refusal(2, {"evaluate", cat, "--text", text, "--plot"}),
             ContainsSubstring("--plot"));
}

TEST_CASE("nn: what is no sequence, or does not go with one, is one helpful line", "[cli]") {
  const ScratchFolder folder;
  const std::string text = folder.write("short.txt", "hello"), empty = folder.write("no.txt", "");
  const std::string cat = folder.write("cat.txt", refrain());
  const std::string gap = folder.write("gap.csv", "t,y\n1,2\n2,\n3,4\n");
  const auto check = [](std::vector<std::string> words, int status, const std::string& complaint) {
    CHECK_THAT(networks.refusal(status, std::move(words)), ContainsSubstring(complaint));
  };
  check({"train", "--text", text}, 3, "5 characters to learn from are too few for a window");
  check({"train", "--text", empty}, 3, "there is no character in it");
  check({"train", "--text", folder.write("l.txt", "a\n\xff")}, 1, "l.txt:2: byte 0xff is not");
  check({"train", "--text", text, "--series", gap}, 2, "two sources of data");
  check({"train", "--text", text, "--data", gap}, 2, "--text is all the data there are");
  check({"train", "--text", text, "--horizon", "2"}, 2, "--horizon: only with --series");
  check({"train", "--text", cat, "--window", "2", "--loss", "mse"}, 2, "--loss mse");
  check({"train", "--text", cat, "--window", "2", "--layers", "embedding 2, gru 3"}, 2,
        "of 'all' its steps");
  check({"train", "--data", gap, "--target", "y", "--window", "2"}, 2,
        "--window: only with --text or --series");
  check({"train", "--series", gap}, 2, "name what is to be forecast with -c");
  check({"train", "--series", gap, "-c", "y"}, 1, "gap.csv:3: column 'y' has no value\n");
  check({"train", "--series", gap, "-c", "y", "--missing", "mean"}, 2,
        "--missing mean is not of series");
  check({"train", "--text", folder.write("a.txt", "aaaaaaaa"), "--window", "2"}, 3,
        "one character alone, 'a'");
  check({"train", "--series", gap, "-c", "x"}, 2, "'x'");
  check({"train", "--series", lynx, "-c", "lynx", "--window", "91"}, 3, "take at least 93");
  check({"train", "--series", lynx, "-c", "lynx", "--folds", "3"}, 2, "--folds");
  check({"train", "--series", lynx, "-c", "lynx", "--held-out", "2"}, 2, "--held-out");
}

TEST_CASE("nn: series beyond the range of numbers", "[cli]") {
  const ScratchFolder folder;
  std::string huge = "v\n", far = "v\n", flat = "v\n", growth = "v\n";
  for (int i = 0; i < 60; ++i) {
    huge += fmt::format("{:g}\n", 1e200 * (1 + i % 7));
    far += fmt::format("{:g}\n", i == 58 ? 1e200 : 1 + i % 7);
    flat += "5\n";
    growth += fmt::format("{:.17g}\n", std::exp(10 * i + (i % 3)));
  }
  const auto train = [&](const std::string& name, const std::string& table) {
    return std::vector<std::string>{"train",    "--series", folder.write(name, table), "-c", "v",
                                    "--epochs", "30"};
  };
  CHECK_THAT(networks.refusal(3, train("huge.csv", huge)), ContainsSubstring("spreads beyond"));
  CHECK_THAT(networks.refusal(3, train("flat.csv", flat)),
             ContainsSubstring("the same in every step"));
  CHECK_THAT(networks.refusal(1, train("far.csv", far)), ContainsSubstring("too far away"));
  std::vector<std::string> words = train("growth.csv", growth);
  words.insert(words.end(), {"--transform", "log", "--difference", "1", "--layers", "dense 1",
                             "--learning-rate", "0.05", "--save", folder / "m"});
  REQUIRE(networks(words).status == 0);
  const Outcome outcome =
      networks({"forecast", folder / "m", folder / "growth.csv", "--steps", "50", "--json"});
  CHECK(outcome.status == 4);
  const Json report = Json::parse(outcome.out);
  CHECK(report.at("status") == "not_finite");
  CHECK_THAT(report.at("reason").get<std::string>(),
             ContainsSubstring("leaves the range of numbers in step 1"));
}

TEST_CASE("nn: models of sequences are refused where they cannot be used", "[cli]") {
  const ScratchFolder folder;
  const std::string text = folder.write("cat.txt", refrain()), cat = folder / "cat.model";
  const std::string hare = folder / "lynx.model";
  REQUIRE(networks(text_training(text, "1", {"--save", cat})).status == 0);
  REQUIRE(networks(lynx_training("1", {"--save", hare})).status == 0);
  const auto refused = [](std::vector<std::string> words, const std::string& complaint,
                          int status = 2) {
    CHECK_THAT(networks.refusal(status, std::move(words)), ContainsSubstring(complaint));
  };
  refused({"sample", hare}, "was not trained on a text");
  refused({"forecast", cat, lynx}, "was not trained on a series");
  refused({"predict", cat, "--data", lynx}, "mathtool nn sample");
  refused({"evaluate", hare, "--data", lynx}, "mathtool nn forecast");
  refused({"sample", cat, "--temperature", "-1"}, "--temperature must be >= 0");
  refused({"sample", cat, "--prompt", "x"}, "character 'x' (U+0078) is none of the 12", 1);
  CHECK(networks({"summary", cat}).status == 0);
  CHECK(networks({"check", cat}).status == 0);
  CHECK(networks({"check", hare}).status == 0);
}
