#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/grouped_report.hpp"
#include "cli/nn/network_check.hpp"
#include "cli/nn/network_data.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model;
  NetworkDataOptions data;
  std::optional<int> entries, rows;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that nn train --save wrote");
  options.value("--entries", "N", settings.entries, 1, 1'000'000,
                "of each array, drawn where it has more (default 25)");
  options.value("--rows", "N", settings.rows, 1, 10'000, "observations in the loss (default 8)");
  settings.data.declare(options, true);
  settings.data.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  if (!settings.data.data.empty() || !settings.data.images.empty())
    settings.data.check(true, false);
  return global;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  Report report{.command = "nn check", .seed = global.seed};
  const Index rows = settings.rows.value_or(8);
  const bool drawn = settings.data.data.empty() && settings.data.images.empty();
  const CheckedBatch batch =
      drawn
          ? drawn_rows(model, rows, global.seed)
          : first_rows(read_for_model(settings.data, model, settings.model, global, report), rows);
  const auto check = std::make_shared<const nn::GradientCheck>(
      nn::check_gradients(model.network.cast<double>(), model.loss, batch.x, batch.targets,
                          {.entries = settings.entries.value_or(25), .seed = global.seed},
                          run_control(global, "checking")));
  report_check(check, report);
  render(report, global);
  return exit_of(report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn check digits.model
  mathtool nn check iris.model --data iris.csv --entries 100

Compares the gradient of the loss, as training computes it, with differences of the loss in double
precision: in every array of parameters and in the input, at drawn observations or at the first rows
of the data. Entries at a kink (of relu at 0) have no difference to compare and are skipped. Exit 4
where they disagree.
)";

}  // namespace

extern const Command nn_check;
const Command nn_check{.name = "nn check",
                       .summary = "compare a network's gradient with differences",
                       .operands = "MODEL",
                       .help = explanation,
                       .run = run};

}  // namespace mathtool::cli
