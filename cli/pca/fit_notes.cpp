#include "cli/pca/fit_notes.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace mathtool::cli {

void note_scales(const Vec& sd, const std::vector<std::string>& names, Report& report) {
  Index least = 0, most = 0;
  for (Index j = 0; j < sd.size(); ++j) {
    if (sd[j] > 0 && (sd[j] < sd[least] || !(sd[least] > 0))) least = j;
    if (sd[j] > sd[most]) most = j;
  }
  if (!(sd[most] > 10 * sd[least])) return;
  report.notes.push_back(
      fmt::format("standard deviations range from {:.3g} ({}) to {:.3g} ({}): columns in large "
                  "units dominate; -s "
                  "gives all the same weight",
                  sd[least], names[static_cast<std::size_t>(least)], sd[most],
                  names[static_cast<std::size_t>(most)]));
}

void note_rank(const stats::Pca& pca, const stats::ComponentRule& rule, Report& report) {
  const Index possible =
      static_cast<Index>(std::min<std::int64_t>(pca.observations - 1, pca.input_size()));
  if (rule.kind() == stats::ComponentRule::Kind::count && rule.count() > pca.output_size())
    report.notes.push_back(
        fmt::format("{} components were asked for; the data have rank {}", rule.count(), pca.rank));
  else if (pca.rank < possible)
    report.notes.push_back(
        fmt::format("the data have rank {}, not {}, as far as solver {} can tell: some columns are "
                    "constant or linear "
                    "combinations of others",
                    pca.rank, possible, to_string(pca.solver)));
}

void note_precision(const stats::Pca& pca, Report& report) {
  constexpr double blurred = 1e-10;
  const bool squared =
      pca.solver == stats::PcaSolver::covariance || pca.solver == stats::PcaSolver::gram;
  const double smallest = pca.eigenvalues[pca.output_size() - 1];
  if (!squared || smallest >= blurred * pca.eigenvalues[0]) return;
  report.notes.push_back(fmt::format(
      "the smallest eigenvalue is {:.1g} of the largest: such components have few correct digits; "
      "--solver svd has more",
      smallest / pca.eigenvalues[0]));
}

}  // namespace mathtool::cli
