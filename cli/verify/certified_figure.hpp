#pragma once

#include <string>
#include <vector>

namespace mathtool::cli {

/// One figure that is certified from outside, and what this program makes of the same data.
struct CertifiedFigure {
  std::string suite = {};
  std::string name = {};  ///< of the case
  std::string quantity = {};
  std::string certified = {};  ///< as printed by the source
  double computed = 0.0;
  double lre = 0.0;     ///< correct digits: −log₁₀ of the relative error, at most 15.5
  double limit = 0.0;   ///< the same for exact arithmetic on the data as rounded to doubles
  double wanted = 0.0;  ///< digits that are asked for where the rounded data allow them

  /// Whether the wanted digits, or those that the rounded data allow less 0.5, are correct.
  bool holds() const { return lre >= (wanted < limit - 0.5 ? wanted : limit - 0.5); }
};

/// Means and standard deviations of the NIST StRD univariate sets, the limits by 50-digit
/// arithmetic. Throws: DataError if an embedded set is malformed.
std::vector<CertifiedFigure> nist_univariate();

/// F and the sums of squares of the NIST StRD analyses of variance, likewise.
std::vector<CertifiedFigure> nist_anova();

/// Coefficients and standard errors of the NIST StRD linear regressions, likewise.
std::vector<CertifiedFigure> nist_linear();

/// Parameters and standard errors of the NIST StRD nonlinear regressions from both of their starts,
/// likewise: the suite `opt`.
std::vector<CertifiedFigure> nist_nonlinear();

}  // namespace mathtool::cli
