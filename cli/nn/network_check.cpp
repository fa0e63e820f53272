#include "cli/nn/network_check.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/variates.hpp"

namespace mathtool::cli {

CheckedBatch first_rows(const nn::Dataset& data, Index rows) {
  std::vector<Index> places(static_cast<std::size_t>(std::min(rows, data.size())));
  std::iota(places.begin(), places.end(), Index{0});
  const Index n = std::ssize(places);
  CheckedBatch batch{.x = nn::Batch<double>(n, math::element_count(data.shape)),
                     .targets = nn::Batch<double>(n, data.targets.cols())};
  nn::Rows<double> x(batch.x.data(), n, batch.x.cols());
  nn::Rows<double> targets(batch.targets.data(), n, batch.targets.cols());
  data.gather(places, x, targets);
  return batch;
}

CheckedBatch drawn_rows(const nn::Model& model, Index rows, std::uint64_t seed) {
  const nn::Architecture& architecture = model.network.architecture();
  math::Philox random(seed);
  CheckedBatch batch{.x = nn::Batch<double>(rows, math::element_count(architecture.input())),
                     .targets = nn::Batch<double>(rows, model.loss.targets(architecture.output()))};
  if (const auto symbols = static_cast<std::uint64_t>(architecture.symbols()); symbols > 0)
    for (double& symbol : batch.x.reshaped())
      symbol = static_cast<double>(math::uniform_index(random, symbols));
  else
    stats::normal_variates(random,
                           std::span(batch.x.data(), static_cast<std::size_t>(batch.x.size())));
  const std::uint64_t classes = model.classes.size();
  for (double& target : batch.targets.reshaped())
    target = classes > 0 ? static_cast<double>(math::uniform_index(random, classes))
                         : stats::normal_variate(random);
  return batch;
}

void report_check(const std::shared_ptr<const nn::GradientCheck>& check, Report& report) {
  report.main = {
      .columns = {"array", "layer", "entries", "skipped", "error", "gradient", "by_differences"},
      .rows = std::ssize(check->rows),
      .cell = [check](Index i, Index column) -> Cell {
        const nn::GradientCheckRow& row = check->rows[static_cast<std::size_t>(i)];
        switch (column) {
          case 0: return row.name;
          case 1: return row.layer;
          case 2: return row.entries;
          case 3: return row.skipped;
          case 4: return row.worst_error;
          case 5: return row.given;
          default: return row.by_differences;
        }
      }};
  report.screen.push_back(report.main);
  report.result = [check] {
    Json rows = Json::array();
    for (const nn::GradientCheckRow& row : check->rows)
      rows.push_back({{"array", row.name},
                      {"layer", row.layer},
                      {"entries", row.entries},
                      {"skipped", row.skipped},
                      {"error", row.worst_error},
                      {"gradient", row.given},
                      {"by_differences", row.by_differences}});
    return Json{
        {"rows", std::move(rows)}, {"largest_error", check->worst_error}, {"loss", check->loss}};
  };
  report.status = check->status;
  report.reason = check->reason;
  if (check->status != Status::converged) report.notes.push_back(check->reason);
}

}  // namespace mathtool::cli
