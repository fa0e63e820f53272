#include "mathtool/nn/table_encoding.hpp"

#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using nn::Batch;
using nn::TableColumn;
using nn::TableData;
using nn::TargetKind;

namespace {

using Rows = std::vector<Index>;
using Names = std::vector<std::string>;

/// Two numeric columns, the second constant, and two of texts.
TableData garden() {
  return {.source = "garden.csv",
          .number_names = {"height", "legs"},
          .text_names = {"colour", "kind"},
          .numbers = {1, 4, 2, 4, 3, 4, 9, 4},
          .texts = {"red", "rose", "blue", "lily", "red", "lily", "white", "rose"},
          .lines = {2, 3, 4, 6}};
}

TableData target_only(const std::vector<double>& y) {
  TableData table{.source = "t.csv", .number_names = {"y", "x"}};
  for (std::size_t i = 0; i < y.size(); ++i)
    table.numbers.insert(table.numbers.end(), {y[i], static_cast<double>(i)});
  return table;
}

Names classes_of(const TableData& table, TargetKind kind = TargetKind::automatic) {
  return fit_table_encoding(table, "y", all_rows(table), {.target = kind}).classes;
}

}  // namespace

TEST_CASE("table encoding: numbers are standardised, texts become one feature a level",
          "[nn][table]") {
  const TableData table = garden();
  const auto encoding = fit_table_encoding(table, "kind", Rows{0, 1, 2});
  // Of 1, 2, 3 the mean is 2 and the standard deviation, with divisor n − 1, 1.
  CHECK(encoding.columns ==
        std::vector<TableColumn>{{.name = "height", .center = 2, .scale = 1},
                                 {.name = "legs", .center = 4, .scale = 0},
                                 {.name = "colour", .levels = {"blue", "red"}}});
  CHECK(feature_names(encoding.columns) == Names{"height", "legs", "colour[blue]", "colour[red]"});
  CHECK(encoding.classes == Names{"lily", "rose"});

  const nn::Dataset data = encode(encoding, table, Rows{2, 0, 1});
  data.validate();
  CHECK(data.shape == math::Shape{4});
  CHECK(std::get<Batch<float>>(data.features) ==
        (Batch<float>(3, 4) << 1, 0, 0, 1, -1, 0, 0, 1, 0, 0, 1, 0).finished());
  CHECK(data.labels() == Rows{0, 1, 0});
  CHECK(data.classes == Names{"lily", "rose"});
}

TEST_CASE("table encoding: rows that are not trained on change nothing of it", "[nn][table]") {
  TableData table = garden();
  const auto before = fit_table_encoding(table, "height", Rows{0, 1, 2}, {TargetKind::number});
  table.numbers[6] = -1e6;  // of the row left out
  const auto after = fit_table_encoding(table, "height", Rows{0, 1, 2}, {TargetKind::number});
  CHECK(after.columns == before.columns);
  CHECK(after.target_center == before.target_center);
  CHECK(after.target_scale == before.target_scale);
}

TEST_CASE("table encoding: a class that training rows lack is a class all the same",
          "[nn][table]") {
  TableData table = garden();
  table.texts = {"red", "rose", "blue", "rose", "red", "lily", "blue", "iris"};
  const auto encoding = fit_table_encoding(table, "kind", Rows{0, 1});
  CHECK(encoding.classes == Names{"iris", "lily", "rose"});
}

TEST_CASE("table encoding: a number is predicted in units of its standard deviation",
          "[nn][table]") {
  const TableData table = target_only({10.5, 20, 30, 39.5});
  const auto encoding = fit_table_encoding(table, "y", all_rows(table));
  CHECK(encoding.classes.empty());
  CHECK(encoding.target_center == 25);
  const Batch<float> t = encode_targets(encoding, table, all_rows(table));
  CHECK(std::abs(t.sum()) < 1e-6F);
  for (Index i = 0; i < 4; ++i)
    CHECK(std::abs(static_cast<double>(t(i, 0)) * encoding.target_scale + encoding.target_center -
                   table.numbers[static_cast<std::size_t>(2 * i)]) < 1e-5);
}

TEST_CASE("table encoding: few whole numbers are classes, others are measurements", "[nn][table]") {
  CHECK(classes_of(target_only({2, 10, 1, -0.0, 0, 2})) == Names{"0", "1", "2", "10"});
  CHECK(classes_of(target_only({1, 2, 2.5})).empty());
  std::vector<double> many(21);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
  CHECK(classes_of(target_only(many)).empty());
  CHECK(classes_of(target_only(many), TargetKind::classes).size() == 21);
  many.pop_back();
  CHECK(classes_of(target_only(many)).size() == 20);
  CHECK(classes_of(target_only(many), TargetKind::number).empty());
}

TEST_CASE("table encoding: columns are found by name, whatever their order and type",
          "[nn][table]") {
  const TableData table = garden();
  const auto encoding = fit_table_encoding(table, "kind", Rows{0, 1, 2});
  TableData other{.source = "other.csv",
                  .number_names = {"legs"},
                  .text_names = {"extra", "colour", "height"},
                  .numbers = {7},
                  .texts = {"?", "red", "2.5"}};
  const auto [features, unknown, first] = encode_features(encoding.columns, other, Rows{0});
  CHECK(features == (Batch<float>(1, 4) << 0.5F, 0, 0, 1).finished());
  CHECK(unknown.empty());
  CHECK(first.empty());

  const std::vector<TableColumn> of_texts = {{.name = "legs", .levels = {"7", "many"}}};
  CHECK(encode_features(of_texts, other, Rows{0}).features ==
        (Batch<float>(1, 2) << 1, 0).finished());

  other.texts = {"?", "red", "tall"};
  CHECK_THROWS_WITH(encode_features(encoding.columns, other, Rows{0}),
                    "other.csv: row 1: column 'height' has text 'tall' where a number is needed");
  other.text_names[1] = "color";
  CHECK_THROWS_AS(encode_features(encoding.columns, other, Rows{0}), DomainError);
  CHECK_THROWS_WITH(encode_features(encoding.columns, other, Rows{0}),
                    "other.csv lacks 1 of the columns trained on: 'colour' (did you mean "
                    "'color'?)");
}

TEST_CASE("table encoding: a level that training did not see is refused, or counted",
          "[nn][table]") {
  const TableData table = garden();
  const auto encoding = fit_table_encoding(table, "kind", Rows{0, 1, 2});
  CHECK_THROWS_AS(encode(encoding, table, Rows{0, 3}), DataError);
  CHECK_THROWS_WITH(encode(encoding, table, Rows{0, 3}),
                    "garden.csv:6: column 'colour' has 'white', which the rows trained on have "
                    "not; they have 'blue', 'red'");
  const auto [features, unknown, first] =
      encode_features(encoding.columns, table, Rows{0, 3}, nn::UnknownLevels::zero);
  CHECK(features == (Batch<float>(2, 4) << -1, 0, 0, 1, 7, 0, 0, 0).finished());
  CHECK(unknown == Rows{1});
  CHECK(first == "'white' in column 'colour'");
}

TEST_CASE("table encoding: classes that the model does not know are named", "[nn][table]") {
  TableData table = garden();
  const auto encoding = fit_table_encoding(table, "kind", all_rows(table));
  table.texts = {"red", "rose", "blue", "tulip", "red", "lily", "white", "rose"};
  CHECK_THROWS_WITH(encode_targets(encoding, table, all_rows(table)),
                    "garden.csv:3: column 'kind' has 'tulip', which is none of the classes "
                    "'lily', 'rose'");
}

TEST_CASE("table encoding: values that are missing or no numbers are named with their place",
          "[nn][table]") {
  TableData table = garden();
  table.numbers[2] = std::nan("");
  CHECK_THROWS_AS(fit_table_encoding(table, "kind", all_rows(table)), DataError);
  CHECK_THROWS_WITH(fit_table_encoding(table, "kind", all_rows(table)),
                    ContainsSubstring("garden.csv:3: column 'height' has no value"));
  table.numbers[2] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(fit_table_encoding(table, "kind", all_rows(table)),
                    "garden.csv:3: column 'height' holds an infinite number");
  table = garden();
  table.texts = {"red", "rose", "", "lily", "red", "lily", "white", "rose"};
  CHECK_THROWS_WITH(fit_table_encoding(table, "kind", all_rows(table)),
                    ContainsSubstring("garden.csv:3: column 'colour' has no value"));
  // The rows that are not trained on may be whatever they like, until they are used.
  const auto encoding = fit_table_encoding(table, "kind", Rows{0, 2});
  CHECK_THROWS_AS(encode(encoding, table, Rows{1}), DataError);
}

TEST_CASE("table encoding: numbers beyond the range of floats are no silent infinity",
          "[nn][table]") {
  TableData table = garden();
  const auto encoding = fit_table_encoding(table, "kind", Rows{0, 1, 2});
  table.numbers[0] = 1e300;
  CHECK_THROWS_WITH(encode(encoding, table, Rows{0}),
                    ContainsSubstring("garden.csv:2: column 'height' is 1e+300") &&
                        ContainsSubstring("too far away"));
  table.numbers[0] = 1e308;
  table.numbers[2] = -1e308;
  CHECK_THROWS_AS(fit_table_encoding(table, "kind", Rows{0, 1, 2}), InsufficientDataError);
}

TEST_CASE("table encoding: a large offset costs no digits", "[nn][table]") {
  // As doubles, these are 1e9 + i exactly; as floats they would all be one number.
  TableData table{.number_names = {"time", "y"}};
  for (int i = 0; i < 5; ++i) table.numbers.insert(table.numbers.end(), {1e9 + i, 0.5 + i});
  const auto encoding = fit_table_encoding(table, "y", all_rows(table));
  const auto features = encode_features(encoding.columns, table, all_rows(table)).features;
  for (int i = 0; i < 5; ++i)  // the standard deviation of 0..4 is √2.5
    CHECK(std::abs(features(i, 0) - static_cast<float>((i - 2) / std::sqrt(2.5))) < 1e-6F);
}

TEST_CASE("table encoding: what cannot be learnt from is refused", "[nn][table]") {
  TableData table = garden();
  CHECK_THROWS_AS(fit_table_encoding(table, "knd", all_rows(table)), DomainError);
  CHECK_THROWS_WITH(fit_table_encoding(table, "knd", all_rows(table)),
                    "garden.csv has no column 'knd' to be predicted (did you mean 'kind'?)");
  CHECK_THROWS_AS(fit_table_encoding(table, "kind", Rows{0}), InsufficientDataError);
  CHECK_THROWS_WITH(fit_table_encoding(table, "legs", all_rows(table)),
                    ContainsSubstring("column 'legs' is '4' in every row"));
  CHECK_THROWS_AS(fit_table_encoding(table, "kind", all_rows(table), {.most_levels = 0}),
                  DomainError);
  CHECK_THROWS_WITH(fit_table_encoding(table, "kind", all_rows(table), {.most_levels = 2}),
                    ContainsSubstring("garden.csv:6: column 'colour' has text, more than 2"));
  const TableData alone{.text_names = {"kind"}, .texts = {"a", "b"}};
  CHECK_THROWS_AS(fit_table_encoding(alone, "kind", all_rows(alone)), InsufficientDataError);
}

TEST_CASE("table encoding: rows are appended block by block", "[nn][table]") {
  TableData table{.number_names = {"x", "y"}, .text_names = {"t"}};
  RowMat block(2, 2);
  block << 1, 2, 3, 4;
  table.append(block, {"a", "b"});
  table.append(block.topRows(1), {"c"});
  CHECK(table.rows() == 3);
  CHECK(table.numbers == std::vector<double>{1, 2, 3, 4, 1, 2});
  CHECK(table.texts == data::TextCells{"a", "b", "c"});
  CHECK_THROWS_AS(table.append(block, {"a"}), DimensionError);
  CHECK_THROWS_AS(table.append(block.leftCols(1), {"a", "b"}), DimensionError);
}
