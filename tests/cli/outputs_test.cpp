#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"

// Several files of one run appear together or not at all.

using namespace mathtool::test;

TEST_CASE("outputs: all of them are there after a success", "[cli]") {
  const ScratchFolder folder;
  const Outcome outcome = run_pca({iris, "--scores", folder / "s", "--loadings", folder / "l",
                                   "--save", folder / "m", "-o", folder / "o"});
  CHECK(outcome.status == 0);
  for (const char* name : {"s", "l", "m", "o"}) CHECK_FALSE(folder.content(name).empty());
}

TEST_CASE("outputs: when one cannot be written, none is left", "[cli]") {
  const ScratchFolder folder;
  const std::string nowhere = folder / "no/such/folder/file";
  for (const char* failing : {"--scores", "--loadings", "--save", "-o"}) {
    std::vector<std::string> words{iris};
    for (const char* option : {"--scores", "--loadings", "--save", "-o"})
      words.insert(words.end(), {option, std::string_view(option) == failing
                                             ? nowhere
                                             : folder / std::string("f").append(option)});
    INFO(failing);
    CHECK(run_pca(words).status == 1);
    CHECK(folder.is_empty());
  }
}

TEST_CASE("outputs: a picture that cannot be drawn leaves no file and no output", "[cli]") {
  const ScratchFolder folder;
  const Outcome outcome = run_mathtool(
      {"pca", iris, "--save", folder / "m", "--scores", folder / "s", "--plot", folder / "f.svg"},
      {.environment = {"PATH=/nowhere"}});
  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  CHECK(folder.is_empty());
}

TEST_CASE("outputs: a full disk under the report leaves no file", "[cli]") {
  const ScratchFolder folder;
  const Outcome outcome =
      shell("$MATHTOOL pca '" + iris + "' --save '" + (folder / "m") + "' > /dev/full");
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, ContainsSubstring("cannot write standard output: no space left"));
  CHECK(folder.is_empty());
}

TEST_CASE("outputs: a full disk under one file leaves none of the others", "[cli]") {
  const ScratchFolder folder;
  CHECK(run_pca({iris, "--loadings", folder / "l", "--save", "/dev/full"}).status == 1);
  CHECK(folder.is_empty());
}

TEST_CASE("outputs: whoever closes the pipe has the files nevertheless", "[cli]") {
  const ScratchFolder folder;
  const Outcome outcome = shell("{ sleep 0.3; $MATHTOOL pca '" + iris + "' -q --save '" +
                                (folder / "m") + "'; echo $? >&2; } | true");
  CHECK(outcome.err == "0\n");
  CHECK_FALSE(folder.content("m").empty());
}

TEST_CASE("outputs: two of them cannot be one file", "[cli]") {
  const ScratchFolder folder;
  const std::vector<std::string> pairs[] = {
      {"--scores", folder / "f", "--loadings", folder / "f"},
      {"--save", folder / "f", "-o", folder / "./f"},
      {"--save", folder / "f.svg", "--plot", folder / "f.svg"},
      {"-o", folder / "f", "--scores", "-", "--loadings", "-"}};
  for (const auto& pair : pairs) {
    std::vector<std::string> words{iris};
    words.insert(words.end(), pair.begin(), pair.end());
    const Outcome outcome = run_pca(words);
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, ContainsSubstring("would both write"));
    CHECK(folder.is_empty());
  }
}
