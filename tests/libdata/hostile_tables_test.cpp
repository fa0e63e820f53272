#include <unistd.h>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using namespace std::string_literals;
using data::BadRows;
using test::read_text;

namespace {

const std::string rows_expected = "; fix the row or skip such rows with --bad-rows skip";

/// n rows of "1,2,...": enough to put several blocks before what follows.
std::string many_rows(int n) {
  std::string text = "a,b\n";
  for (int i = 0; i < n; ++i) text += "1.5,2.5\n";
  return text;
}

}  // namespace

TEST_CASE("reader: an empty file is named as such", "[data]") {
  CHECK_THROWS_AS(read_text(""), InsufficientDataError);
  CHECK_THROWS_WITH(read_text(""), "data.csv is empty");
  CHECK_THROWS_AS(read_text(" \n\n\t\r\n"), InsufficientDataError);
  CHECK_THROWS_WITH(read_text("\n\n"), ContainsSubstring("data.csv is empty"));
  CHECK_THROWS_AS(read_text("\xEF\xBB\xBF"), InsufficientDataError);
}

TEST_CASE("reader: a header alone is a table without rows", "[data]") {
  const auto table = read_text("a,b,c\n");
  CHECK(table.schema.names() == std::vector<std::string>{"a", "b", "c"});
  CHECK(table.texts.empty());
}

TEST_CASE("reader: one row without a line end is a row", "[data]") {
  const auto table = read_text("1,2");
  CHECK_FALSE(table.schema.has_header);
  CHECK(table.numbers == (RowMat(1, 2) << 1, 2).finished());
}

TEST_CASE("reader: one column needs no delimiter", "[data]") {
  const auto table = read_text("age\n1\n2\n\n3\n");
  CHECK(table.schema.names() == std::vector<std::string>{"age"});
  CHECK(table.numbers == (RowMat(3, 1) << 1, 2, 3).finished());
  CHECK(table.lines == std::vector<std::int64_t>{2, 3, 5});
}

TEST_CASE("reader: a sentence with a comma does not make two columns", "[data]") {
  const auto table = read_text("remark\nnone\nnone\nwell, perhaps\n");
  REQUIRE(table.texts.size() == 3);
  CHECK(table.texts[2] == std::vector<std::string>{"well, perhaps"});
}

TEST_CASE("reader: 100,000 columns read in small blocks", "[data]") {
  constexpr int columns = 100'000;
  std::string row;
  for (int i = 0; i < columns; ++i) row += fmt::format("{}{}", i ? "," : "", i % 10);
  std::string text;
  for (int i = 0; i < 9; ++i) text += row + "\n";
  data::TableReader reader(data::Input::from_text(text));
  CHECK(reader.rows_per_block() == 1);
  CHECK(reader.schema().columns.back().name == "x100000");
  const auto numeric = reader.schema().columns_of(data::ColumnType::numeric);
  REQUIRE(std::ssize(numeric) == columns);
  Index rows = 0;
  double sum = 0;
  reader.read({.numbers = numeric}, [&](data::RowBlock&& block) {
    CHECK(block.rows() <= 4);
    rows += block.rows();
    sum += block.numbers.sum();
  });
  CHECK(rows == 9);
  CHECK(sum == 9 * 4.5 * columns);
}

TEST_CASE("reader: a ragged row is named with its line", "[data]") {
  CHECK_THROWS_WITH(read_text("a,b,c\n1,2,3\n\n4,5\n"),
                    "data.csv:4: 2 fields where 3 are expected" + rows_expected);
  CHECK_THROWS_WITH(read_text("a,b,c\n1,2,3\n4,5,6,7\n"),
                    "data.csv:3: 4 fields where 3 are expected" + rows_expected);
  CHECK_THROWS_AS(read_text("a,b\n1\n"), DataError);
}

TEST_CASE("reader: a ragged row is ragged even where its cells do not fit either", "[data]") {
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n1,2\nx,y,3\n"),
                    ContainsSubstring("data.csv:4: 3 fields where 2 are expected"));
}

TEST_CASE("reader: bad rows are skipped and counted on request", "[data]") {
  const auto table = read_text("a,b\n1,2\n3\n\"4\"x,5\n6,7\n", {.bad_rows = BadRows::skip});
  CHECK(table.numbers == (RowMat(2, 2) << 1, 2, 6, 7).finished());
  CHECK(table.lines == std::vector<std::int64_t>{2, 5});
  CHECK(table.bad_rows == 2);
  CHECK(table.first_bad_row == "data.csv:3: 1 field where 2 are expected");
}

TEST_CASE("reader: a quote that never closes is named with its line", "[data]") {
  const std::string fault = "data.csv:3: a quote opens here and never closes";
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n3,\"4\n5,6\n"), fault);
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n3,\"4"), fault);
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n\"x\ny\",\"", {.bad_rows = BadRows::skip}),
                    "data.csv:4: a quote opens here and never closes");
  CHECK_THROWS_WITH(read_text("\"a,b\n1,2\n"), "data.csv:1: a quote opens here and never closes");
  CHECK_THROWS_WITH(read_text(many_rows(5000) + "1,\"\n1,2\n"),
                    "data.csv:5002: a quote opens here and never closes");
}

TEST_CASE("reader: text behind a closing quote is an error", "[data]") {
  CHECK_THROWS_WITH(read_text("a,b\n\"x\"y,2\n"),
                    "data.csv:2: text follows the closing quote of \"x\"" + rows_expected);
  CHECK(read_text("a,b\n\"x\" ,2\n").texts[0][0] == "x");
}

TEST_CASE("reader: a quote inside a field is text", "[data]") {
  const auto table = read_text("a,b\n5\" pipe,1\n \"x\",2\nit\"s,3\n");
  CHECK(table.texts[0][0] == "5\" pipe");
  CHECK(table.texts[1][0] == " \"x\"");
  CHECK(table.texts[2][0] == "it\"s");
}

TEST_CASE("reader: a NUL byte is named with its line", "[data]") {
  const std::string fault = "data.csv:3: a NUL byte; is this a binary file?";
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n3,\0\n"s), fault);
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n\0"s, {.bad_rows = BadRows::skip}), fault);
  CHECK_THROWS_WITH(read_text("\0\1\2"s), "data.csv:1: a NUL byte; is this a binary file?");
}

TEST_CASE("reader: the first failure in the order of the rows wins", "[data]") {
  CHECK_THROWS_WITH(read_text("a,b\n1\n3,\0\n4,\"5"s), ContainsSubstring("data.csv:2: 1 field"));
  CHECK_THROWS_WITH(read_text(many_rows(3000) + "1\n" + many_rows(3000) + "\"1"),
                    ContainsSubstring("data.csv:3002: 1 field where 2 are expected"));
}

TEST_CASE("reader: rows that cannot be read do not pass for a table without numbers", "[data]") {
  const auto open = [](const std::string& text) {
    return data::TableReader(data::Input::from_text(text, "data.csv"));
  };
  CHECK_THROWS_WITH(open("a,b,c\n1,2\n3,4\n"),
                    "data.csv:2: 2 fields where 3 are expected" + rows_expected);
  CHECK_THROWS_WITH(open("a,b\n1,\"2\n"), "data.csv:2: a quote opens here and never closes");
  CHECK_THROWS_WITH(open("a\n\0\n"s), "data.csv:2: a NUL byte; is this a binary file?");
}

TEST_CASE("reader: a cell of three million quotes comes back", "[data]") {
  std::string text = "a,b\n1,\"";
  for (int i = 0; i < 3'000'000; ++i) text += "\"\"";
  CHECK(read_text(text + "\"\n").texts[0][1] == std::string(3'000'000, '"'));
}

TEST_CASE("reader: text in a numeric column is named with its place and the remedy", "[data]") {
  const std::string text = "id,age\n1,30\n2,40\n3,n/a?\n";
  CHECK_THROWS_AS(read_text(text), DataError);
  CHECK_THROWS_WITH(read_text(text),
                    "data.csv:4: column 'age' has text \"n/a?\"; add it with --na or exclude it "
                    "with -c '!age'");
  const auto table = read_text(text, {.missing = {"n/a?"}});
  CHECK(std::isnan(table.numbers(2, 1)));
}

TEST_CASE("reader: offending text is cut and its control characters are escaped", "[data]") {
  const std::string long_text(200, 'x');
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n3,4\n5,\"\t\n" + long_text + "\"\n"),
                    "data.csv:4: column 'b' has text \"\\t\\n" + std::string(38, 'x') +
                        "...\"; add it with --na or exclude it with -c '!b'");
}

TEST_CASE("reader: text may surprise behind the sample", "[data]") {
  CHECK_THROWS_WITH(read_text(many_rows(1200) + "x,1\n"),
                    ContainsSubstring("data.csv:1202: column 'a' has text \"x\""));
}

TEST_CASE("reader: infinite numbers and numbers beyond a double are data that cannot serve",
          "[data]") {
  const std::string remedy = "; add it with --na or exclude it with -c '!a'";
  const std::string inf = "a,b\n1,2\ninf,4\n", huge = "a,b\n1,2\n1e400,4\n";
  CHECK_THROWS_AS(read_text(inf), InsufficientDataError);
  CHECK_THROWS_WITH(read_text(inf),
                    "data.csv:3: column 'a' has the infinite value \"inf\"" + remedy);
  CHECK_THROWS_AS(read_text(huge), InsufficientDataError);
  CHECK_THROWS_WITH(
      read_text(huge),
      "data.csv:3: column 'a' has \"1e400\", which is too large for a double" + remedy);
}

TEST_CASE("reader: infinity in a column that is not read is no matter", "[data]") {
  data::TableReader reader(data::Input::from_text("a,b\n1,2\ninf,4\n"));
  double sum = 0;
  reader.read({.numbers = {1}}, [&](data::RowBlock&& block) { sum += block.numbers.sum(); });
  CHECK(sum == 6);
}

TEST_CASE("reader: other formats are refused by name", "[data]") {
  CHECK_THROWS_AS(read_text("\xFD\x37zXZ\0"s), DataError);
  CHECK_THROWS_WITH(read_text("\xFD\x37zXZ\0"s), ContainsSubstring("data.csv is xz-compressed"));
  CHECK_THROWS_WITH(read_text("\xFF\xFE"
                              "a\0"s),
                    ContainsSubstring("UTF-16 (little endian)"));
  CHECK_THROWS_WITH(read_text("\xFE\xFF\0a"s), ContainsSubstring("UTF-16 (big endian)"));
  CHECK_THROWS_WITH(read_text("PK\x03\x04"), ContainsSubstring("zip archive"));
}

TEST_CASE("reader: bytes that are not UTF-8 pass through", "[data]") {
  CHECK(read_text("name,x\nZ\xFCrich,1\n").texts[0][0] == "Z\xFCrich");
}

TEST_CASE("reader: a column cannot be asked for twice or where there is none", "[data]") {
  data::TableReader reader(data::Input::from_text("a,b\n1,2\n"));
  CHECK_THROWS_AS(reader.read({.numbers = {1, 1}}, [](data::RowBlock&&) {}), DomainError);
  CHECK_THROWS_AS(reader.read({.numbers = {2}}, [](data::RowBlock&&) {}), DimensionError);
}
