#include <numeric>

#include "array_bytes.hpp"
#include "fed_pipe.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/scratch_folder.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using data::Input;
using test::bytes_of;
using test::idx;
using test::npy;

namespace {

test::WholeTable table_of(const std::string& bytes, const data::ReadOptions& options = {}) {
  return test::read_whole(Input::from_text(bytes, "x.npy"), options);
}

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A table of random numbers as an NPY file in either order.
std::string random_npy(Index rows, Index columns, bool fortran_order) {
  const Mat X = test::random_matrix(rows, columns, 1);
  const RowMat by_rows = X;
  const double* first = fortran_order ? X.data() : by_rows.data();
  return npy("<f8", fmt::format("({}, {})", rows, columns),
             bytes_of(std::vector<double>(first, first + X.size())), fortran_order);
}

std::string csv(const Mat& X) {
  std::string text;
  for (Index i = 0; i < X.rows(); ++i)
    for (Index j = 0; j < X.cols(); ++j)
      text += data::format_number(X(i, j)) + (j + 1 < X.cols() ? "," : "\n");
  return text;
}

}  // namespace

TEST_CASE("array tables: columns are x1 to xp, lines are rows", "[data][array]") {
  const auto table = table_of(npy("<f8", "(2, 3)", bytes_of<double>({1, 2, 3, 4, missing, 6.5})));
  CHECK_FALSE(table.schema.has_header);
  CHECK(table.schema.names() == std::vector<std::string>{"x1", "x2", "x3"});
  CHECK(table.schema.columns_of(data::ColumnType::numeric).size() == 3);
  CHECK(table.schema.sample_rows == 2);
  CHECK(table.schema.columns[1].sample_present == 1);
  CHECK(table.lines == std::vector<std::int64_t>{1, 2});
  CHECK(table.numbers.row(0) == (RowMat(1, 3) << 1, 2, 3).finished());
  CHECK(std::isnan(table.numbers(1, 1)));
  CHECK(table.texts == std::vector<std::vector<std::string>>{{"1", "2", "3"}, {"4", "", "6.5"}});
}

TEST_CASE("array tables: one dimension is a column, more than two are rows by the rest",
          "[data][array]") {
  const auto column = table_of(npy("<i4", "(4,)", bytes_of<std::int32_t>({1, 2, 3, 4})));
  CHECK(column.numbers == (RowMat(4, 1) << 1, 2, 3, 4).finished());
  CHECK(column.schema.columns[0].counts_rows);
  const auto images = table_of(idx(0x08, {2, 2, 2}, "\1\2\3\4\5\6\7\x08"));
  CHECK(images.numbers == (RowMat(2, 4) << 1, 2, 3, 4, 5, 6, 7, 8).finished());
  CHECK_FALSE(images.schema.columns[0].counts_rows);
  // Element (i, j, k) is 100 i + 10 j + k.
  const auto fortran = table_of(
      npy("|u1", "(2, 2, 2)", bytes_of<std::uint8_t>({0, 100, 10, 110, 1, 101, 11, 111}), true));
  CHECK(fortran.numbers == (RowMat(2, 4) << 0, 1, 10, 11, 100, 101, 110, 111).finished());
}

TEST_CASE("array tables: the same numbers as from text, in the same blocks", "[data][array]") {
  const Index columns = GENERATE(Index{3}, Index{700});
  const Index rows = columns == 3 ? 5000 : 1500;
  const bool fortran_order = GENERATE(false, true);
  const bool compressed = GENERATE(false, true);
  const Mat X = test::random_matrix(rows, columns, 1);
  std::string bytes = random_npy(rows, columns, fortran_order);
  if (compressed) bytes = test::gzip(bytes);

  const data::ColumnSelection all = [&] {
    data::ColumnSelection selection;
    selection.numbers.resize(static_cast<std::size_t>(columns));
    std::iota(selection.numbers.begin(), selection.numbers.end(), Index{0});
    return selection;
  }();
  data::TableReader text(Input::from_text(csv(X)));
  const test::FedPipe pipe(bytes);
  data::TableReader array(Input::open(pipe.path(), {.memory = 1000}));
  CHECK(array.rows_per_block() == text.rows_per_block());
  for (int pass = 0; pass < 2; ++pass) {
    if (pass == 0) array.expect_another_pass();
    std::vector<RowMat> expected;
    text.read(all, [&](data::RowBlock&& block) { expected.push_back(std::move(block.numbers)); });
    std::size_t i = 0;
    array.read(all,
               [&](data::RowBlock&& block) {
                 REQUIRE(i < expected.size());
                 REQUIRE(block.numbers == expected[i++]);
               },
               {.threads = 2});
    CHECK(i == expected.size());
  }
}

TEST_CASE("array tables: a file keeps its bytes in place", "[data][array]") {
  const bool fortran_order = GENERATE(false, true);
  const test::ScratchFolder folder;
  const std::string plain = random_npy(3000, 4, fortran_order);
  const RowMat expected = test::random_matrix(3000, 4, 1);
  const auto zipped = GENERATE(-1, 0, 1);
  const std::string bytes = zipped < 0 ? plain : test::zip({{"a.npy", plain, zipped == 1}});
  data::TableReader reader(Input::open(folder.write("x", bytes)));
  reader.expect_another_pass();
  for (int pass = 0; pass < 2; ++pass)
    reader.read({.numbers = {2, 0}}, [&](data::RowBlock&& block) {
      REQUIRE(block.numbers.col(0) == expected.col(2).middleRows(block.first_row, block.rows()));
      REQUIRE(block.numbers.col(1) == expected.col(0).middleRows(block.first_row, block.rows()));
    });
}

TEST_CASE("array tables: a pipe that need not remember does not", "[data][array]") {
  const test::FedPipe pipe(random_npy(100'000, 4, false));
  data::TableReader reader(Input::open(pipe.path(), {.memory = 0}));
  Index rows = 0;
  reader.read({.numbers = {1}}, [&](data::RowBlock&& block) { rows += block.rows(); });
  CHECK(rows == 100'000);
  CHECK_THROWS_AS(reader.read({.numbers = {1}}, [](data::RowBlock&&) {}), DomainError);
}

TEST_CASE("array tables: an infinity in a column that is read is named", "[data][array]") {
  std::vector<double> numbers(6000, 1);
  numbers[5001] = -std::numeric_limits<double>::infinity();
  const std::string bytes = npy("<f8", "(3000, 2)", bytes_of(numbers));
  const auto read_column = [&](Index column) {
    data::TableReader reader(Input::from_text(bytes, "x.npy"));
    reader.read({.numbers = {column}}, [](data::RowBlock&&) {});
  };
  CHECK_THROWS_AS(read_column(1), InsufficientDataError);
  CHECK_THROWS_WITH(read_column(1),
                    "x.npy:2501: column 'x2' has the infinite value \"-inf\"; exclude it with -c "
                    "'!x2'");
  CHECK_NOTHROW(read_column(0));
}

TEST_CASE("array tables: what cannot be a table is refused", "[data][array]") {
  CHECK_THROWS_AS(table_of(npy("<f8", "(0, 3)", "")), InsufficientDataError);
  CHECK_THROWS_WITH(table_of(npy("<f8", "(0, 3)", "")), "x.npy is empty: its array is 0 x 3");
  CHECK_THROWS_AS(table_of(npy("<f8", "(3, 0)", "")), InsufficientDataError);
  CHECK_THROWS_AS(table_of(npy("<f8", "()", bytes_of<double>({1}))), InsufficientDataError);
  CHECK_THROWS_AS(table_of(npy("<c16", "(1,)", std::string(16, '\0'))), DataError);
}

TEST_CASE("array tables: an array that ends early fails behind its whole rows", "[data][array]") {
  const std::string bytes = random_npy(5000, 3, false);
  const test::FedPipe pipe(bytes.substr(0, bytes.size() - 1));
  data::TableReader reader(Input::open(pipe.path()));
  Index rows = 0;
  CHECK_THROWS_WITH(
      reader.read({.numbers = {0}}, [&](data::RowBlock&& block) { rows += block.rows(); }),
      ContainsSubstring("the file ends 1 bytes before its array of 120000 does"));
  CHECK(rows == 4 * 1024);
}

TEST_CASE("array tables: columns of a header alone take no memory", "[data][array]") {
  const std::string lie = test::gzip(npy("<f8", "(2, 1000000000000)", "abc"));
  CHECK_THROWS_AS(table_of(lie), DataError);
  CHECK_THROWS_WITH(table_of(lie),
                    ContainsSubstring("bytes before its array of 16000000000000 does"));
}

TEST_CASE("array tables: options for text do not matter", "[data][array]") {
  const auto table = table_of(npy("<f8", "(2,)", bytes_of<double>({-9, 2})),
                              {.delimiter = ';', .header = true, .missing = {"-9"}});
  CHECK(table.numbers == (RowMat(2, 1) << -9, 2).finished());
}
