#include "mathtool/data/table_schema.hpp"

#include <limits>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using data::ColumnType;
using test::read_text;

namespace {

using Strings = std::vector<std::string>;

data::TableSchema schema_of(std::string text, const data::ReadOptions& options = {}) {
  return data::TableReader(data::Input::from_text(std::move(text)), options).schema();
}

}  // namespace

TEST_CASE("schema: the first row is a header when none of its cells is a number", "[data]") {
  CHECK(schema_of("a,b\n1,2\n").has_header);
  CHECK(schema_of("a,NA,\n1,2,3\n").has_header);
  CHECK_FALSE(schema_of("a,1\nb,2\n").has_header);
  CHECK(schema_of("a,1\nb,2\n").names() == Strings{"x1", "x2"});
  CHECK(schema_of("1990,1991\n1,2\n", {.header = true}).names() == Strings{"1990", "1991"});
  CHECK_FALSE(schema_of("a,b\nc,d\n", {.header = false}).has_header);
}

TEST_CASE("schema: names lose their blanks unless they are quoted", "[data]") {
  CHECK(schema_of(" a ,\t\"b\",\" c \"\n1,2,3\n").names() == Strings{"a", "\"b\"", " c "});
}

TEST_CASE("schema: repeated and empty names become unique, with a note", "[data]") {
  const auto schema = schema_of("a,a,,a_2,a\n1,2,3,4,5\n");
  CHECK(schema.names() == Strings{"a", "a_3", "x3", "a_2", "a_4"});
  REQUIRE(schema.notes.size() == 1);
  CHECK(schema.notes[0] == "repeated column names are told apart as 'a_3', 'a_4'");
  CHECK(schema_of("a,b,a\n1,2,3\n").names() == Strings{"a", "b", "a_2"});
  CHECK(schema_of("a,b\n1,2\n").notes.empty());
}

TEST_CASE("schema: a column is numeric when half of its values are numbers", "[data]") {
  const auto schema = schema_of("half,less,none,words\n1,1,,x\nx,x,,y\nNA,y,NA,1\n");
  CHECK(schema.columns[0].type == ColumnType::numeric);
  CHECK(schema.columns[1].type == ColumnType::text);
  CHECK(schema.columns[2].type == ColumnType::text);
  CHECK(schema.columns[3].type == ColumnType::text);
  CHECK(schema.columns_of(ColumnType::numeric) == std::vector<Index>{0});
  CHECK(schema.columns_of(ColumnType::text) == std::vector<Index>{1, 2, 3});
}

TEST_CASE("schema: a text column tells how many cells are numbers and which is not", "[data]") {
  const auto column = schema_of("a,b\n1,2\n\"x\ny\",3\n\"it\"\"s\",3\n").columns[0];
  CHECK(column.type == ColumnType::text);
  CHECK(column.sample_present == 3);
  CHECK(column.sample_numbers == 1);
  CHECK(column.first_text_line == 3);
  CHECK(column.first_text == "x\\ny");
}

TEST_CASE("schema: a column that reads 1, 2, 3 counts rows", "[data]") {
  const auto schema = schema_of("id,x,y,z\n1,1,2,1\n2,2,3,\n3,4,4,3\n");
  CHECK(schema.columns[0].counts_rows);
  CHECK_FALSE(schema.columns[1].counts_rows);
  CHECK_FALSE(schema.columns[2].counts_rows);
  CHECK_FALSE(schema.columns[3].counts_rows);
  CHECK_FALSE(schema_of("id,x\n1,5\n2,6\n").columns[0].counts_rows);
}

TEST_CASE("schema: only the sample decides", "[data]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) text += i < 500 ? "x,1\n" : "1,1\n";
  for (int i = 0; i < 1000; ++i) text += "x,1\n";
  const auto schema = schema_of(text);
  CHECK(schema.sample_rows == 1000);
  CHECK(schema.columns[0].type == ColumnType::numeric);
  CHECK(schema_of(text, {.sample_rows = 999}).columns[0].type == ColumnType::text);
  CHECK(schema_of("a\n1\n").sample_rows == 1);
  CHECK_THROWS_AS(schema_of("a\n1\n", {.sample_rows = 0}), DomainError);
}

TEST_CASE("schema: a sample larger than the first read is still whole", "[data]") {
  std::string text = "a,b\n";
  const std::string wide(1000, 'w');
  for (int i = 0; i < 1000; ++i) text += wide + (i < 499 ? ",x\n" : ",1\n");
  const auto schema = schema_of(text);
  CHECK(schema.sample_rows == 1000);
  CHECK(schema.columns[1].sample_numbers == 501);
}

TEST_CASE("schema: any number of sample rows may be asked for, 32 MiB are looked at", "[data]") {
  const std::string row = std::string(1 << 16, 'x') + ",1\n";
  std::string text = "a,b\n";
  constexpr int rows = 600;  // 37.5 MiB
  for (int i = 0; i < rows; ++i) text += row;
  const auto schema = schema_of(std::move(text), {.sample_rows = std::numeric_limits<int>::max()});
  CHECK(schema.sample_rows > 500);
  CHECK(schema.sample_rows < rows);
}
