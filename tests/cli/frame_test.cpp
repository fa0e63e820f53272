#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/support/process.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using mathtool::test::ScratchFolder;
using mathtool::test::shell;

namespace {

const std::string three_rows = "a,b,name\n1,2,u\n2,1,v\n4,7,w\n";

Outcome pca(std::vector<std::string> arguments, const std::string& input = three_rows) {
  arguments.insert(arguments.begin(), "pca");
  return run_mathtool(std::move(arguments), {.input = input});
}

bool is_one_line(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n') == 1 && text.back() == '\n';
}

}  // namespace

TEST_CASE("frame: without a command, the help page is shown", "[cli]") {
  const Outcome plain = run_mathtool({});
  CHECK(plain.status == 0);
  CHECK(plain.err.empty());
  for (const char* command : {"pca", "apply", "verify", "help"})
    CHECK_THAT(plain.out, ContainsSubstring(std::string("\n  ") + command + " "));
  CHECK(run_mathtool({"help"}).out == plain.out);
  CHECK(run_mathtool({"--help"}).out == plain.out);
}

TEST_CASE("frame: every command explains itself, examples before options", "[cli]") {
  for (const char* command : {"pca", "apply", "verify", "help"}) {
    const Outcome page = run_mathtool({command, "--help"});
    INFO(command);
    CHECK(page.status == 0);
    CHECK(page.err.empty());
    CHECK(page.out == run_mathtool({"help", command}).out);
    CHECK(page.out.find("Usage: mathtool " + std::string(command)) < page.out.find("Example"));
    CHECK(page.out.find("Example") < page.out.find("--format"));
  }
}

TEST_CASE("frame: a family of commands lists its members, and each explains itself", "[cli]") {
  const Outcome family = run_mathtool({"nn"});
  CHECK(family.status == 0);
  CHECK(family.out == run_mathtool({"nn", "--help"}).out);
  CHECK(family.out == run_mathtool({"help", "nn"}).out);
  for (const char* member : {"train", "evaluate", "predict", "summary", "check", "search"}) {
    CHECK_THAT(family.out, ContainsSubstring("\n  nn " + std::string(member) + " "));
    const Outcome page = run_mathtool({"nn", member, "--help"});
    CHECK(page.status == 0);
    CHECK(page.out == run_mathtool({"help", "nn", member}).out);
    CHECK_THAT(page.out, ContainsSubstring("Usage: mathtool nn " + std::string(member) + " "));
    CHECK(page.out.find("Example") < page.out.find("--format"));
  }
  CHECK_THAT(run_mathtool({"nn", "--data", "t.csv"}).err,
             ContainsSubstring("mathtool nn: options stand behind the whole command"));
}

TEST_CASE("frame: the version page names what results and speed depend on", "[cli]") {
  const Outcome page = run_mathtool({"--version"});
  CHECK(page.status == 0);
  for (const char* word : {"mathtool ", "compiler", "linear algebra", "threads"})
    CHECK_THAT(page.out, ContainsSubstring(word));
}

TEST_CASE("frame: what cannot be understood is one line, exit 2, and a suggestion", "[cli]") {
  struct Case {
    std::vector<std::string> arguments;
    std::string message;
  };
  const Case cases[] = {
      {{"pac"}, "mathtool: no command 'pac' (did you mean 'pca'?)"},
      {{"help", "pac"}, "did you mean 'pca'?"},
      {{"help", "pca", "more"}, "one operand too many: 'more'"},
      {{"nn", "trian"}, "mathtool nn: no command 'nn trian' (did you mean 'nn train'?)"},
      {{"nn", "train", "--epoch", "3"}, "mathtool nn train: unknown option '--epoch'"},
      {{"--json", "pca"}, "options stand behind the command"},
      {{"--versoin"}, "did you mean '--version'"},
      {{"pca", "--standardise"}, "unknown option '--standardise' (did you mean '--standardize'?)"},
      {{"pca", "--stand"}, "unknown option '--stand'"},
      {{"pca", "--quiet=yes"}, "--quiet takes no value, got 'yes'"},
      {{"pca", "--digits"}, "--digits needs a value"},
      {{"pca", "--digits", "0"}, "mathtool pca: --digits must be between 1 and 17, got 0"},
      {{"pca", "--digits", "3.5"}, "--digits must be a whole number, got '3.5'"},
      {{"pca", "--threads", "99999999999"},
       "--threads must be between 1 and 4096, got 99999999999"},
      {{"pca", "-j0"}, "--threads must be between 1 and 4096, got 0"},
      {{"pca", "--format", "jsn"}, "--format must be table, csv, tsv, json, md or latex"},
      {{"pca", "--format", "jsn"}, "did you mean 'json'?"},
      {{"pca", "--seed", "-1"}, "--seed must be a whole number"},
      {{"pca", "--memory", "12X"}, "--memory must be a size such as 64M"},
      {{"pca", "--plot=f.gif"}, "--plot writes files that end in .svg, .png, .pdf or .html"},
      {{"pca", "-d", "ab"}, "--delimiter must be one character"},
      {{"pca", "--header", "--no-header"}, "exclude each other"},
      {{"pca", "one.csv", "two.csv"}, "one operand too many: 'two.csv'"},
      {{"pca", "-z", "two.csv"}, "unknown option '-z'"},
  };
  for (const Case& c : cases) {
    const Outcome outcome = run_mathtool(c.arguments, {.input = three_rows});
    INFO(c.message);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(is_one_line(outcome.err));
    CHECK_THAT(outcome.err, ContainsSubstring(c.message));
  }
}

TEST_CASE("frame: an argument that only looks like an option is an operand", "[cli]") {
  for (const char* word : {"-.5", "-inf", "-x1*x2", "-zero.csv"}) {
    const Outcome outcome = pca({word});
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("cannot open '" + std::string(word) + "'"));
  }
  CHECK_THAT(pca({"--", "--json"}).err, ContainsSubstring("cannot open '--json'"));
}

TEST_CASE("frame: a dash, and nothing, are standard input", "[cli]") {
  CHECK(pca({"-", "--csv"}).out == pca({"--csv"}).out);
  CHECK(pca({"-", "--csv"}).status == 0);
}

TEST_CASE("frame: options may follow operands, and the last value wins", "[cli]") {
  const ScratchFolder folder;
  const std::string path = folder.write("t.csv", three_rows);
  const Outcome outcome = pca({path, "--csv", "--format=tsv", "--json", "-q"});
  CHECK(outcome.status == 0);
  CHECK(nlohmann::json::parse(outcome.out).at("command") == "pca");
}

TEST_CASE("frame: the exit status tells what kind of failure it was", "[cli]") {
  CHECK(pca({"nowhere.csv"}).status == 1);
  CHECK(pca({"/"}).status == 1);
  CHECK(pca({}, "a,b\n1,2\n3\n").status == 1);
  CHECK(pca({"-c", "c"}).status == 2);
  CHECK(pca({}, "").status == 3);
  CHECK(pca({}, "a,b\n").status == 3);
  CHECK(pca({}, "a,b\nx,y\n").status == 3);
  CHECK(pca({}, "a,b\n1,inf\n2,3\n").status == 3);
}

TEST_CASE("frame: a name with a line break does not break the line of an error", "[cli]") {
  const Outcome outcome = pca({"no\nwhere\x1b.csv"});
  CHECK(outcome.status == 1);
  CHECK(is_one_line(outcome.err));
  CHECK_THAT(outcome.err, ContainsSubstring("no\\nwhere\\x1b.csv"));
}

TEST_CASE("frame: notes go to stderr unless quiet, decisions only when asked", "[cli]") {
  const std::string skipped = "note: skipped 'name': text (0 of 3 cells are numbers; line 2 has";
  CHECK_THAT(pca({}).err, ContainsSubstring(skipped));
  CHECK(pca({"-q"}).err.empty());
  CHECK_THAT(pca({"-qv"}).err, ContainsSubstring("cannot open '-qv'"));
  CHECK_THAT(pca({"-q", "-v"}).err, ContainsSubstring("decided: delimiter ','"));
  CHECK(pca({}).err.find("decided") == std::string::npos);
  CHECK(pca({}).err.find("hint") == std::string::npos);
}

TEST_CASE("frame: -o writes the file that would have gone to stdout", "[cli]") {
  const ScratchFolder folder;
  const Outcome outcome = pca({"--csv", "-o", folder / "out.csv"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK(folder.content("out.csv") == pca({"--csv"}).out);
  CHECK(pca({"-o", folder / "no/such/folder.csv"}).status == 1);
}

TEST_CASE("frame: a closed pipe is silent", "[cli]") {
  const Outcome outcome =
      shell("{ seq 100000 | \"$MATHTOOL\" pca --no-header --csv 2>&1; echo $? >&2; } | true");
  CHECK(outcome.err == "0\n");
}

TEST_CASE("frame: an interrupt ends with 130 and leaves no file", "[cli]") {
  const ScratchFolder folder;
  const Outcome outcome = shell(
      "{ echo a,b; sleep 1.5; } | timeout --preserve-status -s INT 0.2 "
      "\"$MATHTOOL\" pca -o " +
      folder / "out.txt");
  CHECK(outcome.status == 130);
  CHECK(outcome.out.empty());
  CHECK(folder.is_empty());
}

TEST_CASE("frame: colour comes when it is asked for and never against NO_COLOR", "[cli]") {
  const auto colored = [](const Outcome& outcome) {
    return outcome.out.find('\x1b') != std::string::npos;
  };
  CHECK_FALSE(colored(pca({})));
  CHECK(colored(pca({"--color", "always"})));
  CHECK(colored(run_mathtool(
      {"pca"}, {.input = three_rows, .environment = {"NO_COLOR=", "CLICOLOR_FORCE=1"}})));
  CHECK_FALSE(colored(run_mathtool(
      {"pca"}, {.input = three_rows, .environment = {"CLICOLOR_FORCE=1", "NO_COLOR=1"}})));
}

TEST_CASE("frame: seconds are in JSON only when asked for", "[cli]") {
  CHECK_FALSE(nlohmann::json::parse(pca({"--json"}).out).contains("seconds"));
  const Outcome timed = pca({"--json", "--timing"});
  CHECK(nlohmann::json::parse(timed.out).at("seconds").get<double>() > 0);
  CHECK_THAT(timed.err, ContainsSubstring("time: "));
}

TEST_CASE("frame: the envelope says what was read, used, dropped and skipped", "[cli]") {
  const Outcome outcome = pca({"--json"}, "a,b,name\n1,2,u\n2,,v\n4,7,w\nNA,3,x\n5,5,y\n");
  const auto input = nlohmann::json::parse(outcome.out).at("input");
  CHECK(input.at("path") == "-");
  CHECK(input.at("rows") == 5);
  CHECK(input.at("used") == 3);
  CHECK(input.at("dropped") == nlohmann::json{{"a", 1}, {"b", 1}});
  CHECK(input.at("skipped").at(0).at("column") == "name");
  CHECK_THAT(outcome.err, ContainsSubstring("2 of 5 rows dropped for missing values: a 1, b 1"));
}
