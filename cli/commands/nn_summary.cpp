#include <fmt/format.h>

#include <string_view>

#include "cli/command.hpp"
#include "cli/nn/network_plan.hpp"
#include "cli/nn/network_summary.hpp"
#include "cli/nn/network_words.hpp"
#include "cli/report.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model, layers, input;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, false, "a network that --save wrote");
  options.value("--layers", "LAYERS", settings.layers,
                "a network that is yet to be trained, instead of a MODEL");
  options.value("--input", "SHAPE", settings.input, "of one of its observations: 784, 1x28x28");
  const GlobalOptions global = options.parse();
  require(settings.model.empty() != settings.layers.empty(),
          "name a MODEL, or layers with --layers and --input");
  require(settings.layers.empty() == settings.input.empty(),
          "--layers and --input go together; give both");
  return global;
}

/// What a model is for, beside its layers.
void describe(const nn::Model& model, Report& report) {
  std::string text = fmt::format("loss {}", nn::to_string(model.loss));
  if (!model.target.empty()) text += fmt::format(", predicts '{}'", model.target);
  if (!model.classes.empty()) text += fmt::format(", {} classes", model.classes.size());
  if (!model.columns.empty()) text += fmt::format(" from {} columns", model.columns.size());
  if (model.checkpoint) text += fmt::format("; trained for {} epochs", model.checkpoint->epochs);
  report.screen.push_back(Paragraph{text});
  report.result = [model = model, of_layers = report.result] {
    Json json = of_layers();
    json["loss"] = nn::to_string(model.loss);
    json["target"] = model.target;
    json["classes"] = model.classes;
    Json columns = Json::array();
    for (const nn::TableColumn& column : model.columns) columns.push_back(column.name);
    json["columns"] = std::move(columns);
    json["training"] = model.training;
    return json;
  };
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  Report report{.command = "nn summary"};
  if (settings.model.empty()) {
    report_summary(nn::Architecture(parse_shape(settings.input, "--input"),
                                    parse_layers_option(settings.layers, "--layers")),
                   report);
  } else {
    const nn::Model model = nn::read_model(settings.model);
    report_summary(model.network.architecture(), report);
    describe(model, report);
  }
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn summary digits.model
  mathtool nn summary --layers 'dense 512 relu, dropout 0.2, dense 10' --input 784
  mathtool nn summary --layers 'conv 20 5x5 relu, maxpool 2, dense 10' --input 1x28x28
  mathtool nn summary --layers 'flatten, dense 64, residual(dense 64 relu), dense 10' --input 1x28x28

Shows each layer's output, parameters, and multiplications for one observation. Layers are separated
by commas, and an activation behind one is a layer of its own:
)";

/// With every layer that there is.
const std::string page = [] {
  std::string text(explanation);
  for (const nn::LayerInfo& kind : nn::layer_kinds())
    text += fmt::format("  {}\n      {}\n", kind.usage, kind.summary);
  return text;
}();

}  // namespace

extern const Command nn_summary;
const Command nn_summary{.name = "nn summary",
                         .summary = "the layers of a network, their shapes and their costs",
                         .operands = "[MODEL]",
                         .help = page,
                         .run = run};

}  // namespace mathtool::cli
