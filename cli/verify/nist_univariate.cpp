#include <fmt/core.h>

#include <algorithm>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

#include "cli/verify/certified_figure.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "tests/verification/embedded.hpp"

namespace mathtool::cli {
namespace {

using Real50 = boost::multiprecision::cpp_dec_float_50;
constexpr double most_digits = 15.5;  // a double has no more to give

double correct_digits(const Real50& computed, const std::string& certified) {
  const Real50 truth(certified);
  const Real50 error = truth == 0 ? Real50(abs(computed)) : Real50(abs(computed / truth - 1));
  if (error == 0) return most_digits;
  return std::clamp(static_cast<double>(-log10(error)), 0.0, most_digits);
}

struct DataSet {
  std::map<std::string, std::string> fields;
  std::vector<double> values;
};

/// "key: value" lines, an empty line, then numbers between blanks.
DataSet parse(const EmbeddedFile& file) {
  std::istringstream lines{std::string(file.text)};
  DataSet set;
  std::string line, word;
  while (std::getline(lines, line) && !line.empty()) {
    const std::size_t colon = line.find(": ");
    require<DataError>(colon != std::string::npos, "{}: '{}' is no field", file.name, line);
    set.fields[line.substr(0, colon)] = line.substr(colon + 2);
  }
  while (lines >> word) set.values.push_back(std::strtod(word.c_str(), nullptr));
  require<DataError>(std::to_string(set.values.size()) == set.fields["count"],
                     "{}: {} values where {} are announced", file.name, set.values.size(),
                     set.fields["count"]);
  return set;
}

struct ExactMoments {
  Real50 mean, sd;
};

ExactMoments exact_moments(const std::vector<double>& values) {
  Real50 sum = 0, squares = 0;
  for (const double x : values) sum += Real50(x);
  const Real50 mean = sum / values.size();
  for (const double x : values) squares += (Real50(x) - mean) * (Real50(x) - mean);
  return {mean, sqrt(squares / (values.size() - 1))};
}

}  // namespace

std::vector<CertifiedFigure> nist_univariate() {
  std::vector<CertifiedFigure> figures;
  for (const EmbeddedFile& file : verification_files()) {
    DataSet set = parse(file);
    stats::Moments moments;
    moments.push(set.values);
    const ExactMoments exact = exact_moments(set.values);
    const auto add = [&](const std::string& quantity, double computed, const Real50& limit) {
      const std::string& certified = set.fields[quantity];
      figures.push_back({"nist", set.fields["name"], quantity, certified, computed,
                         correct_digits(Real50(computed), certified),
                         correct_digits(limit, certified)});
    };
    add("mean", moments.mean(), exact.mean);
    add("sd", moments.standard_deviation(), exact.sd);
  }
  return figures;
}

}  // namespace mathtool::cli
