#include <cmath>
#include <limits>

#include "cli/render/csv.hpp"
#include "cli/render/json.hpp"
#include "cli/render/latex.hpp"
#include "cli/render/markdown.hpp"
#include "cli/render/number_text.hpp"
#include "cli/render/screen_table.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using namespace mathtool::cli;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
const double missing = std::nan("");

using Texts = std::vector<std::string>;

Texts aligned(const std::vector<double>& column, int digits) {
  return align_numbers(column, digits);
}

/// A table of stored cells.
Table table_of(std::vector<std::string> columns, std::vector<std::vector<Cell>> rows) {
  Table table{.columns = std::move(columns), .rows = std::ssize(rows)};
  table.cell = [rows = std::move(rows)](Index i, Index j) {
    return rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  };
  return table;
}

/// What a writer puts into a file.
template <class Write>
std::string written(Write&& write) {
  const test::ScratchFolder folder;
  data::OutputFile out(folder / "out");
  write(out);
  out.commit();
  return folder.content("out");
}

}  // namespace

TEST_CASE("numbers: significant digits, points below each other", "[cli]") {
  CHECK(aligned({4.228241706, 0.242670748, 0.0782095, 12.5}, 6) ==
        Texts{"4.22824  ", "0.242671 ", "0.0782095", "12.5000   "});
  CHECK(aligned({123.456, 5, 0.5}, 4) == Texts{"123.5", "5.0", "0.5"});
}

TEST_CASE("numbers: zeros at the end stand only where a neighbour needs the place", "[cli]") {
  CHECK(aligned({0.5, 0.25}, 6) == Texts{"0.50", "0.25"});
  CHECK(aligned({2, 4, -1}, 6) == Texts{"2", "4", "-1"});
  CHECK(aligned({92.4616, 100}, 4) == Texts{"92.46", "100.0 "});
}

TEST_CASE("numbers: whole ones are written in full, extremes with an exponent", "[cli]") {
  CHECK(aligned({1234567890123, 7}, 3) == Texts{"1234567890123", "7"});
  CHECK(aligned({1.5e300}, 6) == Texts{"1.5e+300"});
  CHECK(aligned({-2.5e-9}, 6) == Texts{"-2.5e-09"});
  CHECK(aligned({9.99999999}, 6) == Texts{"10"});
}

TEST_CASE("numbers: what is missing is empty, zero has no sign", "[cli]") {
  CHECK(aligned({missing, inf, -inf}, 6) == Texts{"", "inf", "-inf"});
  CHECK(aligned({-0.0, 0.5}, 6) == Texts{"0  ", "0.5"});
  CHECK(aligned({}, 6).empty());
}

TEST_CASE("screen table: numbers stand right, text left, no blanks at line ends", "[cli]") {
  const Table table =
      table_of({"name", "x", "\u00b5"}, {{std::string("a"), 1.5, std::int64_t{10}},
                                         {std::string("long"), missing, std::int64_t{7}},
                                         {std::monostate{}, -22.25, missing}});
  CHECK(screen_table(table, {}) ==
        "name       x   \u00b5\n"
        "a       1.50  10\n"
        "long           7\n"
        "      -22.25\n");
}

TEST_CASE("screen table: the title comes first, bold only when asked", "[cli]") {
  Table table = table_of({"x"}, {{1.0}});
  table.title = "Title";
  CHECK(screen_table(table, {}) == "Title\nx\n1\n");
  CHECK(screen_table(table, {.bold = true}) == "\x1b[1mTitle\x1b[0m\n\x1b[1mx\x1b[0m\n1\n");
}

TEST_CASE("screen table: a wide one continues below with its first column", "[cli]") {
  const Table table = table_of({"k", "aaaa", "bbbb", "cccc"}, {{1.0, 2.0, 3.0, 4.0}});
  CHECK(screen_table(table, {.width = 13}) ==
        "k  aaaa  bbbb\n"
        "1     2     3\n"
        "\n"
        "k  cccc\n"
        "1     4\n");
}

TEST_CASE("screen table: a cell cannot command the terminal", "[cli]") {
  const Table table = table_of({"a\nb"}, {{std::string("\x1b[2J")}});
  CHECK(screen_table(table, {}) == "a\\nb\n\\x1b[2J\n");
}

TEST_CASE("csv: numbers round-trip, fields are quoted where they must be", "[cli]") {
  const Table table =
      table_of({"n", "x", "a,b"}, {{std::int64_t{1}, 0.1 + 0.2, std::string("\"q\"")},
                                   {std::monostate{}, missing, std::string("l\nm")}});
  CHECK(written([&](data::OutputFile& out) { write_csv(table, ',', out); }) ==
        "n,x,\"a,b\"\n"
        "1,0.30000000000000004,\"\"\"q\"\"\"\n"
        ",,\"l\nm\"\n");
  CHECK(written([&](data::OutputFile& out) {
          write_csv(table, '\t', out);
        }).starts_with("n\tx\ta,b\n1\t0.30000000000000004\t"));
}

TEST_CASE("csv: an empty cell alone in its row is not a blank line", "[cli]") {
  const Table table = table_of({"x"}, {{1.0}, {missing}, {3.0}});
  CHECK(written([&](data::OutputFile& out) { write_csv(table, ',', out); }) == "x\n1\n\"\"\n3\n");
}

TEST_CASE("csv, markdown, latex: a table without columns is nothing at all", "[cli]") {
  const Table none;
  CHECK(written([&](data::OutputFile& out) { write_csv(none, ',', out); }).empty());
  CHECK(written([&](data::OutputFile& out) { write_markdown(none, out); }).empty());
  CHECK(written([&](data::OutputFile& out) { write_latex(none, out); }).empty());
}

TEST_CASE("markdown: pipes and line breaks stay in their cells", "[cli]") {
  const Table table =
      table_of({"name", "x"}, {{std::string("a|b\nc"), 2.5}, {std::string(), missing}});
  CHECK(written([&](data::OutputFile& out) { write_markdown(table, out); }) ==
        "| name | x |\n"
        "| :--- | ---: |\n"
        "| a\\|b<br>c | 2.5 |\n"
        "|  |  |\n");
}

TEST_CASE("latex: a booktabs table with its special characters escaped", "[cli]") {
  const Table table = table_of(
      {"50% & more_", "x"},
      {{std::string("a\\b^{2}~#$"), -2.5}, {std::string("inf"), -inf}, {std::string(), 1e-20}});
  CHECK(written([&](data::OutputFile& out) { write_latex(table, out); }) ==
        "\\begin{tabular}{lr}\n"
        "\\toprule\n"
        "50\\% \\& more\\_ & x \\\\\n"
        "\\midrule\n"
        "a\\textbackslash{}b\\textasciicircum{}\\{2\\}\\textasciitilde{}\\#\\$ & $-2.5$ \\\\\n"
        "inf & $-\\infty$ \\\\\n"
        " & $1 \\times 10^{-20}$ \\\\\n"
        "\\bottomrule\n"
        "\\end{tabular}\n");
}

TEST_CASE("json: numbers round-trip; NaN is null, infinities are words", "[cli]") {
  CHECK(write_json(Json::array({0.1 + 0.2, 1e300, -0.0, missing, inf, -inf, 3, true, nullptr})) ==
        "[\n  0.30000000000000004,\n  1e+300,\n  -0,\n  null,\n  \"inf\",\n  \"-inf\",\n  3,\n"
        "  true,\n  null\n]\n");
}

TEST_CASE("json: lists of numbers and small objects stand on one line", "[cli]") {
  const Json json = {{"list", to_json(Vec::LinSpaced(3, 1, 3))},
                     {"rows", rows_to_json(Mat::Identity(2, 2))},
                     {"none", Json::array()},
                     {"object", {{"a", 1}, {"b", "x"}}}};
  CHECK(write_json(json) ==
        "{\n"
        "  \"list\": [1, 2, 3],\n"
        "  \"rows\": [\n    [1, 0],\n    [0, 1]\n  ],\n"
        "  \"none\": [],\n"
        "  \"object\": {\"a\": 1, \"b\": \"x\"}\n"
        "}\n");
}

TEST_CASE("json: strings are escaped, and are UTF-8 whatever came in", "[cli]") {
  const Json json = {{"k\"", Json::array({"\xe9t\xe9", "\\\n\t\x01", "\u00b5\U0001F600"})}};
  const std::string text = write_json(json);
  CHECK(text ==
        "{\n  \"k\\\"\": [\"\uFFFDt\uFFFD\", \"\\\\\\n\\t\\u0001\", \"\u00b5\U0001F600\"]\n}\n");
  CHECK(Json::accept(text));
}

TEST_CASE("json: the envelope holds what is there, in a fixed order", "[cli]") {
  Report report{.command = "pca"};
  report.result = [] { return Json{{"value", 1}}; };
  const auto keys = [&](std::optional<double> seconds) {
    std::string joined;
    const Json json = envelope(report, seconds);
    for (const auto& item : json.items()) joined += item.key() + " ";
    return joined;
  };
  CHECK(keys(std::nullopt) == "command version result notes ");
  report.input = InputSummary{.path = "x.csv", .rows = 3, .used = 2, .dropped = {{"a", 1}}};
  report.status = Status::out_of_budget;
  report.reason = "why";
  report.seed = 7;
  CHECK(keys(0.5) == "command version input result status reason seed notes seconds ");
  const Json json = envelope(report, std::nullopt);
  CHECK(json["status"] == "out_of_budget");
  CHECK(json["input"]["dropped"]["a"] == 1);
}
