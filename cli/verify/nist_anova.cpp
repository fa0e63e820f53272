#include "cli/verify/certified_data.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"

namespace mathtool::cli {
namespace {

struct ExactSquares {
  Real50 between = 0, within = 0;
};

ExactSquares exact_squares(const std::vector<std::vector<double>>& groups) {
  Real50 total = 0, n = 0;
  for (const std::vector<double>& group : groups)
    for (const double x : group) total += Real50(x), n += 1;
  const Real50 mean = total / n;
  ExactSquares squares;
  for (const std::vector<double>& group : groups) {
    Real50 sum = 0;
    for (const double x : group) sum += Real50(x);
    const Real50 own = sum / group.size();
    for (const double x : group) squares.within += (Real50(x) - own) * (Real50(x) - own);
    squares.between += (own - mean) * (own - mean) * group.size();
  }
  return squares;
}

}  // namespace

std::vector<CertifiedFigure> nist_anova() {
  constexpr double wanted = 13;
  std::vector<CertifiedFigure> figures;
  for (const EmbeddedFile& file : verification_anova_files()) {
    const CertifiedData data = parse_certified(file);
    std::vector<stats::Moments> groups;
    for (const std::vector<double>& group : data.groups) groups.emplace_back().push(group);
    const stats::Anova found = stats::anova(groups);
    const ExactSquares exact = exact_squares(data.groups);
    const Real50 f =
        exact.between / Real50(found.table[0].df) / (exact.within / Real50(found.table[1].df));
    figures.push_back(data.figure("ss_between", found.table[0].ss, exact.between, wanted));
    figures.push_back(data.figure("ss_within", found.table[1].ss, exact.within, wanted));
    figures.push_back(data.figure("f", found.test.statistic, f, wanted));
  }
  return figures;
}

}  // namespace mathtool::cli
