#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "tests/verification/embedded.hpp"

namespace {

std::vector<std::string> cells_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

TEST_CASE("nist: the transcribed regressions equal the published files digit for digit") {
  REQUIRE_REFERENCE_DATA(data);
  int compared = 0;
  for (const auto& file : mathtool::verification_linear_files()) {
    INFO(file.name);
    const std::string table(file.text);
    std::smatch name;
    REQUIRE(std::regex_search(table, name, std::regex("name: (.*)")));
    std::ifstream stream(data / "nist/linear" / (name[1].str() + ".dat"));
    REQUIRE(stream);
    const std::string published{std::istreambuf_iterator<char>(stream), {}};
    // Below "Data: y x" stand the observations, above it the estimates with their deviations.
    std::smatch heading;
    const std::regex columns("Data: +y +x.*");
    REQUIRE(std::regex_search(published, heading, columns));
    CHECK(cells_of(table.substr(table.find("\n\n"))) == cells_of(heading.suffix()));
    const std::string above = heading.prefix();
    const std::regex estimate("\\s+B(\\d) +(\\S+) +(\\S+) *\r?\n");
    int estimates = 0;
    for (std::sregex_iterator each(above.begin(), above.end(), estimate), end; each != end;
         ++each, ++estimates) {
      const std::string j = (*each)[1];
      CHECK(table.find("\nb" + j + ": " + (*each)[2].str() + "\n") != std::string::npos);
      CHECK(table.find("\nse_b" + j + ": " + (*each)[3].str() + "\n") != std::string::npos);
    }
    CHECK(estimates > 0);
    ++compared;
  }
  CHECK(compared == 6);
}
