#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "tests/verification/embedded.hpp"
#include "tests/verification/repeated_words.hpp"

namespace {

/// Name, certified values and observations, as they are printed.
struct Table {
  std::string name, mean, sd;
  std::size_t count = 0;
  std::vector<std::string> observations = {};
};

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

std::string match(const std::string& text, const char* pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "";
}

Table transcribed(const std::string& text) {
  const auto head = text.substr(0, text.find("\n\n"));
  Table table{.name = match(head, "name: (.*)"),
              .mean = match(head, "mean: (.*)"),
              .sd = match(head, "sd: (.*)"),
              .count = std::stoul(match(head, "count: (.*)"))};
  std::istringstream lines(text.substr(head.size()));
  for (std::string line; std::getline(lines, line);)
    for (std::string& word : mathtool::test::repeated_words(line))
      table.observations.push_back(std::move(word));
  return table;
}

/// A file as NIST publishes it: the observations stand below the last line of dashes.
Table original(const std::string& text) {
  return {.name = match(text, "Dataset Name: +(\\w+)"),
          .mean = match(text, "ybar: +(\\S+)"),
          .sd = match(text, "\\(denom. = n-1\\) +s: +(\\S+)"),
          .count = std::stoul(match(text, "Number of Observations: +(\\d+)")),
          .observations = words(text.substr(text.find('\n', text.rfind("-----"))))};
}

}  // namespace

TEST_CASE("nist: every table holds as many observations as it says") {
  CHECK(mathtool::verification_files().size() == 8);
  for (const auto& file : mathtool::verification_files()) {
    INFO(file.name);
    const Table table = transcribed(std::string(file.text));
    CHECK(table.count > 0);
    CHECK(table.observations.size() == table.count);
  }
}

TEST_CASE("nist: the transcribed tables equal the published files digit for digit") {
  REQUIRE_REFERENCE_DATA(data);
  int compared = 0;
  for (const auto& file : mathtool::verification_files()) {
    const Table table = transcribed(std::string(file.text));
    INFO(table.name);
    std::ifstream stream(data / "nist/univariate" / (table.name + ".dat"));
    if (!stream) continue;  // NumAcc2 and NumAcc4 are written out from their construction
    const Table published = original({std::istreambuf_iterator<char>(stream), {}});
    CHECK(table.name == published.name);
    CHECK(table.mean == published.mean);
    CHECK(table.sd == published.sd);
    CHECK(table.count == published.count);
    CHECK(table.observations == published.observations);
    ++compared;
  }
  CHECK(compared == 6);
}
