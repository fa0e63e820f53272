#include <nlohmann/json.hpp>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"

// An option either has an effect or is refused; none is passed over in silence.

using namespace mathtool::test;
using Json = nlohmann::json;

namespace {

/// Runs what has to be refused; returns the one line about it.
std::string refusal(const std::vector<std::string>& arguments, int status = 2,
                    const std::string& input = "") {
  const Outcome outcome = run_mathtool(arguments, {.input = input});
  INFO(outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK(lines(outcome.err).size() == 1);
  return outcome.err;
}

/// The scores of the first two columns of iris, as NPY.
std::string small_array(const ScratchFolder& folder) {
  std::string path = folder / "scores.npy";
  REQUIRE(run_pca({iris, "-k", "2", "--scores", path, "-q"}).status == 0);
  return path;
}

}  // namespace

TEST_CASE("options: --range is of an expression and refused for a table", "[cli]") {
  for (const char* kind : {"auto", "line", "bar", "box", "heatmap"})
    CHECK_THAT(refusal({"plot", iris, "--range", "0:5", "--kind", kind}),
               ContainsSubstring("--where"));
  CHECK(run_mathtool({"plot", "x", "--range", "0:5", "--json"}).status == 0);
}

TEST_CASE("options: what is about a table is refused for an expression", "[cli]") {
  const std::vector<std::vector<std::string>> options = {
      {"--columns", "a"},   {"--delimiter", ";"}, {"--header"},           {"--no-header"},
      {"--decimal", ","},   {"--na", "x"},        {"--missing", "error"}, {"--bad-rows", "skip"},
      {"--where", "x > 1"}, {"--group", "g"},     {"--weights", "w"}};
  for (const auto& option : options) {
    std::vector<std::string> words{"plot", "x^2"};
    words.insert(words.end(), option.begin(), option.end());
    CHECK_THAT(refusal(words), ContainsSubstring(option[0] + " is about a table"));
  }
}

TEST_CASE("options: what a kind of picture cannot show is refused", "[cli]") {
  CHECK_THAT(refusal({"plot", iris, "--kind", "heatmap", "-g", "Species"}),
             ContainsSubstring("--group"));
  for (const char* kind : {"bar", "box", "line", "heatmap"})
    CHECK_THAT(refusal({"plot", iris, "--kind", kind, "--missing", "mean"}),
               ContainsSubstring("--missing"));
  CHECK_THAT(refusal({"plot", iris, "--kind", "line", "--weights", "1"}),
             ContainsSubstring("--weights"));
}

TEST_CASE("options: an empty value is refused, as a script's forgotten variable makes one",
          "[cli]") {
  for (const char* option : {"--where", "--group", "--weights", "--columns", "--output"})
    CHECK_THAT(refusal({"describe", iris, option, ""}),
               ContainsSubstring(std::string(option) + " needs a value"));
  CHECK_THAT(refusal({"pca", iris, "--scores", ""}), ContainsSubstring("--scores"));
}

TEST_CASE("options: an array has no delimiter, header or words for missing values", "[cli]") {
  const ScratchFolder folder;
  const std::string array = small_array(folder);
  const std::vector<std::vector<std::string>> options = {
      {"--delimiter", ";"}, {"--decimal", ","}, {"--header"}, {"--na", "-999"}};
  for (const auto& option : options) {
    std::vector<std::string> words{"describe", array};
    words.insert(words.end(), option.begin(), option.end());
    CHECK_THAT(refusal(words), ContainsSubstring(option[0] + " is about text"));
  }
}

TEST_CASE("options: -v names type, order and shape of an array instead of a delimiter", "[cli]") {
  const ScratchFolder folder;
  const Outcome array = run_mathtool({"describe", small_array(folder), "-v"});
  CHECK_THAT(array.err,
             ContainsSubstring("decided: float64 in C order, 150 x 2: columns x1 to x2"));
  CHECK(array.err.find("delimiter") == std::string::npos);
  // IDX: two images of 1 x 3 bytes.
  const std::string images = folder.write(
      "i.idx", std::string("\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x03", 16) + "abcdef");
  CHECK_THAT(run_mathtool({"describe", images, "-v"}).err,
             ContainsSubstring("decided: uint8 in C order, 2 x 1 x 3: columns x1 to x3"));
  // NPY as NumPy writes np.asfortranarray(np.array([[1, 2], [3, 4]], '>i2')).
  std::string header = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 2), }";
  header += std::string(117 - header.size(), ' ') + '\n';
  const std::string npy = folder.write("f.npy", std::string("\x93NUMPY\x01\0\x76\0", 10) + header +
                                                    std::string("\0\x01\0\x03\0\x02\0\x04", 8));
  const Outcome swapped = run_mathtool({"describe", npy, "-v", "--csv"});
  CHECK_THAT(swapped.err, ContainsSubstring("big-endian int16 in Fortran order, 2 x 2"));
  CHECK_THAT(swapped.out, ContainsSubstring("x1,numeric,2,0,2,"));
  CHECK_THAT(run_mathtool({"describe", iris, "-v"}).err, ContainsSubstring("delimiter ','"));
}

TEST_CASE("options: -o chooses the form of text by its ending unless --format does", "[cli]") {
  const ScratchFolder folder;
  const std::pair<const char*, const char*> forms[] = {{"csv", "csv"},   {"tsv", "tsv"},
                                                       {"json", "json"}, {"md", "md"},
                                                       {"tex", "latex"}, {"txt", "table"}};
  for (const auto& [ending, form] : forms) {
    const std::string name = std::string("r.") + ending;
    REQUIRE(run_mathtool({"describe", iris, "-q", "-o", folder / name}).status == 0);
    INFO(name);
    CHECK(folder.content(name) == run_mathtool({"describe", iris, "-q", "--format", form}).out);
  }
  REQUIRE(run_mathtool({"describe", iris, "-q", "--json", "-o", folder / "j.csv"}).status == 0);
  CHECK(folder.content("j.csv").starts_with("{"));
}

TEST_CASE("options: -o takes no picture and no array from a command that writes text", "[cli]") {
  CHECK_THAT(refusal({"hist", iris, "-o", "h.png"}), ContainsSubstring("--plot=h.png draws"));
  CHECK_THAT(refusal({"cov", iris, "-o", "m.npy"}), ContainsSubstring("'m.npy'"));
  CHECK_THAT(refusal({"plot", iris, "-o", "m.npy"}), ContainsSubstring("'m.npy'"));
  CHECK_THAT(refusal({"plot", "x", "--json", "-o", "f.svg"}), ContainsSubstring("--format"));
}

TEST_CASE("options: what changes nothing that is shown is noted", "[cli]") {
  CHECK_THAT(run_mathtool({"corr", iris, "--adjust", "holm", "--csv"}).err,
             ContainsSubstring("note: --adjust changes p-values"));
  CHECK_THAT(run_pca({iris, "--whiten"}).err, ContainsSubstring("note: --whiten changes scores"));
}

TEST_CASE("options: --memory bounds what a box plot keeps", "[cli]") {
  std::string text = "x\n";
  for (int i = 0; i < 20'000; ++i) text += std::to_string((i * 7919) % 20'000) + "\n";
  const std::vector<std::string> words{"plot", "-", "--kind", "box", "--json"};
  const Outcome exact = run_mathtool(words, {.input = text});
  CHECK(exact.err.empty());
  const Json box = json_of(exact)["result"]["series"][0]["y"];
  CHECK(box[2] == 9999.5);
  std::vector<std::string> little = words;
  little.insert(little.end(), {"--memory", "16K"});
  CHECK_THAT(run_mathtool(little, {.input = text}).err, ContainsSubstring("approximate"));
}

TEST_CASE("options: -c of apply may not take away what the model needs", "[cli]") {
  const ScratchFolder folder;
  REQUIRE(run_pca({iris, "--save", folder / "m.json", "-q"}).status == 0);
  CHECK_THAT(refusal({"apply", folder / "m.json", iris, "-c", "1,2"}),
             ContainsSubstring("'Petal.Length', 'Petal.Width'"));
  CHECK(run_mathtool({"apply", folder / "m.json", iris, "-c", "!Species", "--csv"}).status == 0);
}
