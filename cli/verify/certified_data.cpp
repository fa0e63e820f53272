#include "cli/verify/certified_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

constexpr double most_digits = 15.5;  // a double has no more to give

double correct_digits(const Real50& computed, const std::string& certified) {
  const Real50 truth(certified);
  const Real50 error = truth == 0 ? Real50(abs(computed)) : Real50(abs(computed / truth - 1));
  if (error == 0) return most_digits;
  return std::clamp(static_cast<double>(-log10(error)), 0.0, most_digits);
}

/// The numbers of a line, "1.2 3.4"; or so many times, "repeat 500: 1.1 1.3".
std::vector<double> observations(const std::string& line) {
  std::istringstream words(line);
  std::size_t times = 1;
  if (line.starts_with("repeat ")) {
    std::string word;
    words >> word >> times >> word;
  }
  std::vector<double> once, all;
  for (std::string word; words >> word;) once.push_back(std::strtod(word.c_str(), nullptr));
  for (; times > 0; --times) all.insert(all.end(), once.begin(), once.end());
  return all;
}

}  // namespace

CertifiedFigure CertifiedData::figure(const std::string& quantity, double computed,
                                      const Real50& exact, double wanted) const {
  const std::string& certified = fields.at(quantity);
  return {.suite = "nist",
          .name = fields.at("name"),
          .quantity = quantity,
          .certified = certified,
          .computed = computed,
          .lre = correct_digits(Real50(computed), certified),
          .limit = correct_digits(exact, certified),
          .wanted = wanted};
}

CertifiedData parse_certified(const EmbeddedFile& file) {
  std::istringstream lines{std::string(file.text)};
  CertifiedData data;
  std::string line;
  while (std::getline(lines, line) && !line.empty()) {
    const std::size_t colon = line.find(": ");
    require<DataError>(colon != std::string::npos, "{}: '{}' is no field", file.name, line);
    data.fields[line.substr(0, colon)] = line.substr(colon + 2);
  }
  std::size_t count = 0;
  for (bool begins = true; std::getline(lines, line);) {
    if (line.empty()) {
      begins = true;
      continue;
    }
    if (begins) data.groups.emplace_back();
    begins = false;
    const std::vector<double> values = observations(line);
    data.groups.back().insert(data.groups.back().end(), values.begin(), values.end());
    count += values.size();
  }
  require<DataError>(std::to_string(count) == data.fields["count"],
                     "{}: {} values where {} are announced", file.name, count,
                     data.fields["count"]);
  return data;
}

}  // namespace mathtool::cli
