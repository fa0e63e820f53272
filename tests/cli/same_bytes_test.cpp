#include <cmath>

#include "cli/support/runs.hpp"
#include "support/scratch_folder.hpp"

// Neither the number of threads nor the way the bytes arrive changes a result.

using namespace mathtool::test;

namespace {

/// A table with holes: every 13th cell is empty.
std::string table_with_holes(int n, int p) {
  const std::string full = table_text(n, p);
  std::string text;
  int cell = -p;  // names stay
  bool skipping = false;
  for (const char c : full) {
    if (c == ',' || c == '\n') {
      skipping = ++cell >= 0 && cell % 13 == 0;
      text += c;
    } else if (!skipping) {
      text += c;
    }
  }
  return text;
}

/// Standard output, from a file with one thread and with two, and from a pipe.
void check_same_bytes(const std::string& before, const std::string& after,
                      const std::string& file) {
  INFO(before << " " << after);
  const std::string program = "$MATHTOOL " + before + " ";
  // The path is a part of the output, so all three read standard input.
  const Outcome one = shell(program + "- -j1 " + after + " < '" + file + "'");
  const Outcome two = shell(program + "- -j2 " + after + " < '" + file + "'");
  const Outcome pipe = shell("cat '" + file + "' | " + program + "- " + after);
  INFO(one.err);
  REQUIRE(one.status == 0);
  CHECK_FALSE(one.out.empty());
  CHECK(one.out == two.out);
  CHECK(one.out == pipe.out);
}

}  // namespace

TEST_CASE("same bytes: every way to fit, narrow and wide", "[cli]") {
  const ScratchFolder folder;
  for (const int p : {5, 90, 300}) {
    const std::string file = folder.write("t.csv", table_with_holes(1500, p));
    for (const char* options :
         {"-k 5 --missing mean", "-k 3 --missing pairwise", "-k 5 --missing mean --solver svd",
          "-k 3 --missing mean --solver randomized --seed 3", "-k 5 --missing mean --diagnostics"})
      check_same_bytes("pca", std::string("--json -q ") + options, file);
  }
  const std::string narrow = folder.write("n.csv", table_text(3000, 5));
  check_same_bytes("pca", "--json -q -s -k parallel", narrow);
}

TEST_CASE("same bytes: scores to a file", "[cli]") {
  const ScratchFolder folder;
  for (const int p : {5, 90, 300}) {
    const std::string file = folder.write("t.csv", table_text(1500, p));
    INFO(p << " columns");
    const std::string line = "cat '" + file + "' | $MATHTOOL pca - --csv -k 5 --scores ";
    const Outcome one = run_pca({file, "--csv", "-k", "5", "-j", "1", "--scores", (folder / "1")});
    const Outcome two = run_pca({file, "--csv", "-k", "5", "-j", "2", "--scores", (folder / "2")});
    const Outcome pipe = shell(line + "'" + (folder / "3") + "'");
    REQUIRE(one.status == 0);
    CHECK(one.out == two.out);
    CHECK(one.out == pipe.out);
    CHECK(folder.content("1") == folder.content("2"));
    CHECK(folder.content("1") == folder.content("3"));
  }
}

TEST_CASE("same bytes: a saved model on new rows", "[cli]") {
  const ScratchFolder folder;
  const std::string file = folder.write("t.csv", table_with_holes(3000, 20));
  REQUIRE(run_pca({file, "-k", "4", "--missing", "mean", "--save", folder / "m.json"}).status == 0);
  const std::string apply = "apply '" + (folder / "m.json") + "'";
  for (const char* options : {"--csv", "--json", "--csv --missing mean --diagnostics"})
    check_same_bytes(apply, std::string("-q ") + options, file);
}

TEST_CASE("same bytes: describe, cov, corr, hist, by groups and conditions", "[cli]") {
  const ScratchFolder folder;
  std::string text = "g,w,a,b,c\n";
  for (int i = 0; i < 5000; ++i)
    text += std::string(1, static_cast<char>('p' + i % 3)) + ',' + std::to_string(i % 4) + ',' +
            std::to_string(std::sin(i * 0.7) * 100) + ',' + (i % 11 == 0 ? "" : std::to_string(i)) +
            ',' + std::to_string((i * i) % 97) + '\n';
  const std::string file = folder.write("t.csv", text);
  for (const char* options :
       {"", "-g g", "--weights w", "--where 'a > 0 && g != \"q\"'", "-g g --memory 16K"})
    for (const char* command : {"describe", "hist", "cov", "corr"})
      check_same_bytes(command, std::string("--json -q ") + options, file);
  for (const char* options : {"--missing pairwise", "--missing mean", "--shrink ledoit-wolf"})
    check_same_bytes("cov", std::string("--json -q ") + options, file);
  for (const char* options : {"--method spearman", "--method kendall --missing pairwise"})
    check_same_bytes("corr", std::string("--json -q ") + options, file);
}

TEST_CASE("same bytes: describe beyond --memory, where threads share the columns", "[cli]") {
  const ScratchFolder folder;
  const std::string file = folder.write("t.csv", table_with_holes(6000, 20));
  for (const char* options : {"--memory 100K", "--memory 10K"})
    for (const char* command : {"describe", "hist"})
      check_same_bytes(command, std::string("--json -q ") + options, file);
}

TEST_CASE("same bytes: from a gzip file as from the file", "[cli]") {
  const ScratchFolder folder;
  const std::string file = folder.write("t.csv", table_with_holes(3000, 20));
  REQUIRE(shell("gzip -k '" + file + "'").status == 0);
  for (const char* command : {"pca -k 3 --missing mean", "describe", "corr --missing pairwise"}) {
    INFO(command);
    const std::string line = std::string("$MATHTOOL ") + command + " --json -q - < '" + file;
    const Outcome plain = shell(line + "'"), compressed = shell(line + ".gz'");
    REQUIRE(plain.status == 0);
    CHECK(plain.out == compressed.out);
  }
}

TEST_CASE("same bytes: on every instruction set", "[cli]") {
  const ScratchFolder folder;
  for (const int p : {3, 20, 64}) {
    const std::string file = folder.write("t.csv", table_with_holes(1500, p));
    for (const char* command : {"pca -k 3 --missing mean", "describe", "corr --missing pairwise"}) {
      INFO(command << " of " << p << " columns");
      const auto output = [&](const char* level) {
        return shell(std::string("MATHTOOL_SIMD=") + level + " $MATHTOOL " + command +
                     " --json -q '" + file + "'")
            .out;
      };
      const std::string scalar = output("scalar");
      CHECK_FALSE(scalar.empty());
      CHECK(scalar == output("avx2"));
      CHECK(scalar == output("avx512"));
    }
  }
}
