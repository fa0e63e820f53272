#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using Json = nlohmann::ordered_json;

namespace {

Json parse_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  return Json::parse(file);
}

std::vector<std::string> strings(const Json& list) { return list.get<std::vector<std::string>>(); }

/// Latin-1 bytes as the UTF-8 that JSON holds.
std::string to_utf8(const std::string& latin1) {
  std::string result;
  for (const char c : latin1) {
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x80) result += static_cast<char>(0xC0 | (code >> 6));
    result += code < 0x80 ? c : static_cast<char>(0x80 | (code & 0x3F));
  }
  return result;
}

}  // namespace

TEST_CASE("reader: every file of csv-spectrum reads as its JSON says", "[data]") {
  REQUIRE_REFERENCE_DATA(data_folder);
  const auto folder = data_folder / "csv" / "csv-spectrum";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "csvs")) {
    INFO(entry.path());
    const Json expected =
        parse_json(folder / "json" / entry.path().filename().replace_extension(".json"));
    const auto table = test::read_whole(data::Input::open(entry.path().string()), {.header = true},
                                        test::Numbers::leave_as_text);
    REQUIRE(table.texts.size() == expected.size());
    for (std::size_t row = 0; row < expected.size(); ++row) {
      std::size_t column = 0;
      for (const auto& [key, value] : expected[row].items()) {
        CHECK(table.schema.columns.at(column).name == key);
        CHECK(table.texts[row].at(column) == value.get<std::string>());
        ++column;
      }
      CHECK(column == table.schema.columns.size());
    }
    ++files;
  }
  CHECK(files == 11);
}

TEST_CASE("reader: the files of rust-csv have the records that Python's csv counts", "[data]") {
  REQUIRE_REFERENCE_DATA(data_folder);
  const Json index = parse_json(data_folder / "csv" / "index.json");
  for (const auto& [file, facts] : index.items()) {
    if (file == "rust-csv/strange.csv") continue;
    INFO(file);
    const auto table = test::read_whole(data::Input::open((data_folder / "csv" / file).string()),
                                        {}, test::Numbers::leave_as_text);
    const int header = table.schema.has_header ? 1 : 0;
    CHECK(table.schema.has_header == (file != "rust-csv/smallpop-no-headers.csv"));
    CHECK(std::string(1, table.schema.delimiter) == facts["delimiter"]);
    CHECK(std::ssize(table.texts) + header == facts["records_python_csv"]);
    const auto columns = std::to_string(table.schema.columns.size());
    CHECK(facts["fields_per_record"] == Json{{columns, facts["records_python_csv"]}});
    const auto first = header ? table.schema.names() : table.texts.front();
    CHECK(first == strings(facts["first_record"]));
    std::vector<std::string> last;
    for (const auto& cell : table.texts.back())
      last.push_back(facts["encoding"] == "latin-1" ? to_utf8(cell) : cell);
    CHECK(last == strings(facts["last_record"]));
  }
}

TEST_CASE("reader: quotes escaped by backslashes are an error", "[data]") {
  REQUIRE_REFERENCE_DATA(data_folder);
  const auto path = (data_folder / "csv" / "rust-csv" / "strange.csv").string();
  CHECK_THROWS_AS(test::read_whole(data::Input::open(path)), DataError);
}
