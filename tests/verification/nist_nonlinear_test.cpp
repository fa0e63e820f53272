#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "tests/verification/embedded.hpp"

namespace {

std::vector<std::string> words_in(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// The text behind "key: ".
std::string field(const std::string& table, const std::string& key) {
  const std::size_t begin = ("\n" + table).find("\n" + key + ": ");
  REQUIRE(begin != std::string::npos);
  const std::size_t value = begin + key.size() + 2;
  return table.substr(value, table.find('\n', value) - value);
}

}  // namespace

TEST_CASE("nist: the transcribed curves equal the published files digit for digit") {
  REQUIRE_REFERENCE_DATA(data);
  int compared = 0;
  for (const auto& file : mathtool::verification_nonlinear_files()) {
    INFO(file.name);
    const std::string table(file.text);
    std::ifstream stream(data / "nist/nonlinear" / (field(table, "name") + ".dat"));
    REQUIRE(stream);
    const std::string published{std::istreambuf_iterator<char>(stream), {}};
    // The last line that begins with "Data:" stands above the observations.
    const std::size_t heading = published.rfind("\nData:");
    REQUIRE(heading != std::string::npos);
    const std::size_t first = published.find('\n', heading + 1);
    CHECK(words_in(table.substr(table.find("\n\n"))) == words_in(published.substr(first)));
    // "b1 = start1 start2 estimate deviation"
    const int parameters = std::stoi(field(table, "parameters"));
    const std::vector<std::string> start1 = words_in(field(table, "start1")),
                                   start2 = words_in(field(table, "start2"));
    REQUIRE(start1.size() == static_cast<std::size_t>(parameters));
    for (int j = 1; j <= parameters; ++j) {
      const std::string name = "b" + std::to_string(j);
      const std::size_t line = published.find("\n  " + name + " =");
      REQUIRE(line != std::string::npos);
      const std::vector<std::string> words =
          words_in(published.substr(line, published.find('\n', line + 1) - line));
      REQUIRE(words.size() == 6);
      const auto k = static_cast<std::size_t>(j - 1);
      CHECK(std::stod(start1[k]) == std::stod(words[2]));
      CHECK(std::stod(start2[k]) == std::stod(words[3]));
      CHECK(field(table, name) == words[4]);
      CHECK(field(table, "se_" + name) == words[5]);
    }
    CHECK(published.find(field(table, "rss")) != std::string::npos);
    CHECK(published.find(field(table, "residual_sd")) != std::string::npos);
    ++compared;
  }
  CHECK(compared == 14);
}
