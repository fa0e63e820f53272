#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using test::read_text;

namespace {

using Strings = std::vector<std::string>;

char delimiter_of(const std::string& text, const data::ReadOptions& options = {}) {
  return read_text(text, options).schema.delimiter;
}

}  // namespace

TEST_CASE("dialect: the delimiter is the one that divides the rows evenly", "[data]") {
  CHECK(delimiter_of("a,b\n1,2\n") == ',');
  CHECK(delimiter_of("a\tb\n1\t2\n") == '\t');
  CHECK(delimiter_of("a;b\n1;2\n") == ';');
  CHECK(delimiter_of("a|b\n1|2\n") == '|');
  CHECK(delimiter_of("a:b\n1:2\n") == ':');
  CHECK(delimiter_of("a b\n1 2\n") == ' ');
  CHECK(delimiter_of("a b, c;d\n1 2, 3\n") == ',');
}

TEST_CASE("dialect: of several delimiters the one between more numbers wins", "[data]") {
  CHECK(delimiter_of("1;2,3\n4;5,6\n7;8,9\n") == ',');
  CHECK(delimiter_of("x,a|1|2\ny,b|3|4\n") == '|');
}

TEST_CASE("dialect: a ragged row does not change the delimiter", "[data]") {
  CHECK_THROWS_WITH(read_text("a,b\n1,2\n3,4\n5\n6,7\n"),
                    ContainsSubstring("data.csv:4: 1 field where 2 are expected"));
}

TEST_CASE("dialect: words between blanks stay one column", "[data]") {
  const auto table = read_text("the title\nfirst line\nsecond line\n");
  CHECK(table.schema.columns.size() == 1);
  CHECK(table.texts[1][0] == "second line");
}

TEST_CASE("dialect: runs of blanks and tabs divide, those at the ends do not", "[data]") {
  const auto table = read_text("  a   b\t c  \n 1 2   3\n4\t5 6\t\n");
  CHECK(table.schema.names() == Strings{"a", "b", "c"});
  CHECK(table.numbers == (RowMat(2, 3) << 1, 2, 3, 4, 5, 6).finished());
}

TEST_CASE("dialect: quotes keep blanks together", "[data]") {
  const auto table = read_text("\"model\" \"mpg\"\n\"Mazda RX4\" 21\n\"Fiat 128\" 32.4\n");
  CHECK(table.schema.names() == Strings{"model", "mpg"});
  CHECK(table.texts[1] == Strings{"Fiat 128", "32.4"});
}

TEST_CASE("dialect: the ends of tab-separated rows may be empty", "[data]") {
  const auto table = read_text("a\tb\tc\n\t\t\n1\t\t3\n");
  REQUIRE(table.texts.size() == 2);
  CHECK(table.texts[0] == Strings{"", "", ""});
  CHECK(table.texts[1] == Strings{"1", "", "3"});
}

TEST_CASE("dialect: a name in .tsv prefers tabs", "[data]") {
  const std::string text = "1,2\t3,4\n5,6\t7,8\n";
  CHECK(test::read_whole(data::Input::from_text(text, "x.csv")).schema.delimiter == ',');
  CHECK(test::read_whole(data::Input::from_text(text, "x.tsv")).schema.delimiter == '\t');
}

TEST_CASE("dialect: any character can be asked for", "[data]") {
  CHECK(read_text("a#b\n1#2\n", {.delimiter = '#'}).numbers == (RowMat(1, 2) << 1, 2).finished());
  CHECK_THROWS_AS(read_text("a,b\n", {.delimiter = '"'}), DomainError);
  CHECK_THROWS_AS(read_text("a,b\n", {.delimiter = '.'}), DomainError);
  CHECK_THROWS_AS(read_text("a,b\n", {.decimal = ';'}), DomainError);
}

TEST_CASE("dialect: a decimal comma leaves the other delimiters", "[data]") {
  const auto table = read_text("a;b\n1,5;-2,25e1\n,5;3\n", {.decimal = ','});
  CHECK(table.schema.delimiter == ';');
  CHECK(table.numbers == (RowMat(2, 2) << 1.5, -22.5, 0.5, 3).finished());
  CHECK_THROWS_AS(read_text("a;b\n1;2\n3;4.5\n", {.decimal = ','}), DataError);
}

TEST_CASE("dialect: lines end in LF, CRLF or CR alone", "[data]") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    INFO(end.size());
    const auto table = read_text("a,b" + end + "1,\"x" + end + "y\"" + end + "2,z");
    CHECK(table.schema.names() == Strings{"a", "b"});
    REQUIRE(table.texts.size() == 2);
    CHECK(table.texts[0] == Strings{"1", "x" + end + "y"});
    CHECK(table.texts[1] == Strings{"2", "z"});
    CHECK(table.lines == std::vector<std::int64_t>{2, 4});
  }
}

TEST_CASE("dialect: a line feed inside quotes does not hide that lines end in CR", "[data]") {
  const auto table = read_text("a,b\r1,\"x\ny\"\r2,z\r");
  REQUIRE(table.texts.size() == 2);
  CHECK(table.texts[0][1] == "x\ny");
}

TEST_CASE("dialect: a byte order mark is no part of the first name", "[data]") {
  const auto table = read_text(
      "\xEF\xBB\xBF"
      "a,b\n1,2\n");
  CHECK(table.schema.names() == Strings{"a", "b"});
}
