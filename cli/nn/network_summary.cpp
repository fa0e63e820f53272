#include "cli/nn/network_summary.hpp"

#include <fmt/format.h>

#include <memory>
#include <numeric>

#include "cli/nn/network_words.hpp"

namespace mathtool::cli {
namespace {

using Shared = std::shared_ptr<const nn::Architecture>;

/// One line of the table: a node of the architecture.
struct SummaryRow {
  std::string layer, output;
  std::int64_t parameters, multiplications;
};

SummaryRow row_of(const nn::Node& node) {
  // A layer in words; of the sum behind a residual's layers what it is.
  std::string layer = node.added ? "residual sum" : nn::to_string(node.layer);
  // Layers of a residual are numbered with it: 3.1, 3.2.
  std::string number;
  for (std::size_t begin = 0; begin <= node.path.size();) {
    const std::size_t end = std::min(node.path.find('.', begin), node.path.size());
    number += fmt::format("{}{}", number.empty() ? "" : ".",
                          std::stoll(node.path.substr(begin, end - begin)) + 1);
    begin = end + 1;
  }
  return {fmt::format("{}  {}", number, layer), shape_text(node.plan.output), node.parameter_count,
          node.plan.multiplications};
}

Table layer_table(const Shared& architecture) {
  return {.columns = {"layer", "output", "parameters", "multiplications"},
          .rows = std::ssize(architecture->nodes()),
          .cell = [architecture](Index row, Index column) -> Cell {
            SummaryRow line = row_of(architecture->nodes()[static_cast<std::size_t>(row)]);
            switch (column) {
              case 0: return std::move(line.layer);
              case 1: return std::move(line.output);
              case 2: return line.parameters;
              default: return line.multiplications;
            }
          },
          .digits = 15};
}

/// Bytes of the numbers of a network, and of all activations of one observation.
struct NetworkMemory {
  std::int64_t parameters, activations;
};

NetworkMemory memory_of(const nn::Architecture& architecture) {
  constexpr std::int64_t bytes = sizeof(float);
  const std::vector<Index>& slots = architecture.slots();
  return {bytes * (architecture.parameter_count() + architecture.buffer_count()),
          bytes * std::accumulate(slots.begin(), slots.end(), Index{0})};
}

std::string bytes_in_words(std::int64_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  if (bytes < 10'000'000) return fmt::format("{:.1f} kB", size / 1e3);
  return fmt::format("{:.1f} MB", size / 1e6);
}

Json result_json(const nn::Architecture& architecture) {
  Json layers = Json::array();
  for (const nn::Node& node : architecture.nodes()) {
    const SummaryRow row = row_of(node);
    layers.push_back({{"layer", row.layer.substr(row.layer.find("  ") + 2)},
                      {"path", node.path},
                      {"output", node.plan.output},
                      {"parameters", row.parameters},
                      {"multiplications", row.multiplications}});
  }
  const NetworkMemory memory = memory_of(architecture);
  return {{"layers", std::move(layers)},
          {"input", architecture.input()},
          {"output", architecture.output()},
          {"parameters", architecture.parameter_count()},
          {"multiplications", architecture.multiplications()},
          {"parameter_bytes", memory.parameters},
          {"activation_bytes", memory.activations}};
}

}  // namespace

void report_summary(const nn::Architecture& summarized, Report& report) {
  const auto architecture = std::make_shared<const nn::Architecture>(summarized);
  report.main = layer_table(architecture);
  report.screen.push_back(
      Paragraph{fmt::format("inputs {}, outputs {}", shape_text(architecture->input()),
                            shape_text(architecture->output()))});
  report.screen.push_back(report.main);
  const NetworkMemory memory = memory_of(*architecture);
  report.screen.push_back(Paragraph{fmt::format(
      "{} parameters in {}; {} multiplications and {} of activations an observation",
      grouped_digits(architecture->parameter_count()), bytes_in_words(memory.parameters),
      grouped_digits(architecture->multiplications()), bytes_in_words(memory.activations))});
  report.result = [architecture] { return result_json(*architecture); };
}

}  // namespace mathtool::cli
