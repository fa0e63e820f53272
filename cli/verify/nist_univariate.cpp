#include "cli/verify/certified_data.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::cli {
namespace {

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
  constexpr double wanted = 14.5;
  std::vector<CertifiedFigure> figures;
  for (const EmbeddedFile& file : verification_files()) {
    const CertifiedData data = parse_certified(file);
    stats::Moments moments;
    moments.push(data.groups.at(0));
    const ExactMoments exact = exact_moments(data.groups[0]);
    figures.push_back(data.figure("mean", moments.mean(), exact.mean, wanted));
    figures.push_back(data.figure("sd", moments.standard_deviation(), exact.sd, wanted));
  }
  return figures;
}

}  // namespace mathtool::cli
