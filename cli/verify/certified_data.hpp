#pragma once

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <map>
#include <string>
#include <vector>

#include "cli/verify/certified_figure.hpp"
#include "tests/verification/embedded.hpp"

namespace mathtool::cli {

using Real50 = boost::multiprecision::cpp_dec_float_50;

/// A table with its certified values.
struct CertifiedData {
  std::map<std::string, std::string> fields = {};
  std::vector<std::vector<double>> groups = {};  ///< one where no empty line divides them

  /// One of the fields beside what was computed, and what exact arithmetic makes of the data.
  CertifiedFigure figure(const std::string& quantity, double computed, const Real50& exact,
                         double wanted) const;
};

/// "key: value" lines, an empty line, then numbers between blanks, groups between empty lines.
/// Throws: DataError where a line is no field or `count` differs from what follows.
CertifiedData parse_certified(const EmbeddedFile& file);

}  // namespace mathtool::cli
