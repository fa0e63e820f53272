#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "tests/verification/embedded.hpp"
#include "tests/verification/repeated_words.hpp"

namespace {

/// Fields and groups of observations as they are printed.
struct Transcript {
  std::map<std::string, std::string> fields;
  std::vector<std::vector<std::string>> groups;
};

Transcript transcribed(const mathtool::EmbeddedFile& file) {
  std::istringstream lines{std::string(file.text)};
  Transcript result;
  std::string line;
  while (std::getline(lines, line) && !line.empty())
    result.fields[line.substr(0, line.find(": "))] = line.substr(line.find(": ") + 2);
  for (bool begins = true; std::getline(lines, line); begins = line.empty()) {
    if (begins) result.groups.emplace_back();
    for (std::string& word : mathtool::test::repeated_words(line))
      result.groups.back().push_back(std::move(word));
  }
  return result;
}

/// A file as NIST publishes it: two lines of sums, observations from line 61.
Transcript original(std::istream& file) {
  Transcript result;
  std::string line, name, what, word;
  for (int i = 1; i <= 60 && std::getline(file, line); ++i) {
    std::istringstream cells(line);
    cells >> name >> what;
    auto& fields = result.fields;
    if (name == "Between")
      cells >> fields["df_between"] >> fields["ss_between"] >> fields["ms_between"] >> fields["f"];
    if (name == "Within")
      cells >> fields["df_within"] >> fields["ss_within"] >> fields["ms_within"];
  }
  for (std::size_t group; file >> group >> word;) {
    result.groups.resize(std::max(result.groups.size(), group));
    result.groups[group - 1].push_back(word);
  }
  return result;
}

}  // namespace

TEST_CASE("nist: the transcribed analyses of variance equal the published files digit for digit") {
  REQUIRE_REFERENCE_DATA(data);
  int compared = 0;
  for (const auto& file : mathtool::verification_anova_files()) {
    const Transcript table = transcribed(file);
    INFO(file.name);
    std::ifstream stream(data / "nist/anova" / (table.fields.at("name") + ".dat"));
    REQUIRE(stream);
    const Transcript published = original(stream);
    CHECK(published.fields.size() == 7);
    for (const auto& [field, value] : published.fields) CHECK(table.fields.at(field) == value);
    CHECK(table.groups == published.groups);
    ++compared;
  }
  CHECK(compared == 6);
}
