#include <memory>
#include <string_view>

#include "cli/apply/scored_table.hpp"
#include "cli/command.hpp"
#include "cli/nn/data_options.hpp"
#include "cli/nn/network_data.hpp"
#include "cli/nn/network_predictor.hpp"
#include "cli/npy_path.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "mathtool/data/npy.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model;
  NetworkDataOptions data;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that nn train --save wrote");
  settings.data.declare(options, false);
  settings.data.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  settings.data.check(false, false);
  return global;
}

/// One row for each image: the likeliest class, then the probabilities.
void report_rows(const nn::Model& model, RowMat&& predicted, Report& report) {
  const auto numbers = std::make_shared<const RowMat>(std::move(predicted));
  const bool classes = !model.classes.empty();
  Table table{.columns = prediction_names(model), .rows = numbers->rows()};
  if (classes) table.columns.insert(table.columns.begin(), "predicted");
  table.cell = [numbers, model = std::make_shared<const nn::Model>(model), classes](
                   Index row, Index column) -> Cell {
    if (classes && column == 0) return likeliest_class(*model, *numbers, row);
    return (*numbers)(row, column - (classes ? 1 : 0));
  };
  report.main = table;
  report.screen = {table};
  report.result = [table] {
    Json rows = Json::array();
    for (Index i = 0; i < table.rows; ++i) {
      Json row = Json::array();
      for (Index j = 0; j < std::ssize(table.columns); ++j) {
        const Cell cell = table.cell(i, j);
        const auto* text = std::get_if<std::string>(&cell);
        row.push_back(text ? Json(*text) : Json(std::get<double>(cell)));
      }
      rows.push_back(std::move(row));
    }
    return Json{{"columns", table.columns}, {"rows", std::move(rows)}};
  };
}

Exit predict_images(const Settings& settings, const nn::Model& model, const GlobalOptions& global) {
  Report report{.command = "nn predict"};
  const nn::Dataset images = read_for_model(settings.data, model, settings.model, global, report);
  RowMat numbers = predicted_numbers(
      model, nn::predict(model.network, images, run_control(global, "predicting")));
  if (is_npy_path(global.output)) {
    data::OutputFile file(global.output);
    data::NpyWriter writer(file, numbers.rows(), numbers.cols());
    writer.write(numbers);
    writer.finish();
    file.commit();
    remark(report, global);
    return Exit::done;
  }
  report_rows(model, std::move(numbers), report);
  render(report, global);
  return Exit::done;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  if (!settings.data.is_table()) return predict_images(settings, model, global);
  TableOptions table = settings.data.table;
  table.path = settings.data.data;
  TableInput input = open_table(table, global, false);
  const NetworkPredictor predictor(model, settings.model, input);
  return print_scored_table("nn predict", table, global, predictor.scorer(),
                            NetworkPredictor::remedy, input);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn predict iris.model --data new.csv
  mathtool nn predict iris.model --data new.csv --csv -o predicted.csv
  mathtool nn predict digits.model --images t10k-images.idx3.gz --json
  mathtool nn predict digits.model --images t10k-images.idx3.gz -o probabilities.npy

One row for each observation: of classes the likeliest and the probability of each, else the number.
Columns are matched by name, in any order; text columns are carried along. A row that lacks a value,
or has a level that the training has not seen, has blank predictions. 'mathtool apply' does the same
with tables.
)";

}  // namespace

extern const Command nn_predict;
const Command nn_predict{.name = "nn predict",
                         .summary = "what a network says of new observations",
                         .operands = "MODEL",
                         .help = explanation,
                         .run = run,
                         .output = OutputKind::array};

}  // namespace mathtool::cli
