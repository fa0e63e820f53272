#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "cli/command.hpp"
#include "cli/nn/network_words.hpp"
#include "cli/report.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/onnx.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model, file;
  bool logits = false;
  std::optional<int> batch;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that nn train --save wrote");
  options.operand("FILE.onnx", settings.file, true, "where it goes");
  options.flag("--logits", settings.logits, "of classes logits instead of probabilities");
  options.value("--batch", "N", settings.batch, 1, 1'000'000'000,
                "observations at a time, for readers that must know (default: any number)");
  const GlobalOptions global = options.parse();
  require(!settings.file.empty(), "name the file that the network goes to, as in digits.onnx");
  require(settings.file != "-", "an ONNX file is no text: name a file such as digits.onnx");
  std::error_code none;
  require(!std::filesystem::equivalent(settings.model, settings.file, none),
          "'{}' is the model itself: name another file", settings.file);
  require_different_files({{"FILE.onnx", settings.file}, {"--output", global.output}});
  return global;
}

/// What goes in and what comes out.
struct Port {
  std::string role, name, type, shape;
};

void report_export(const nn::Model& model, const nn::OnnxSummary& summary,
                   const std::optional<int>& batch, Report& report) {
  const nn::Architecture& architecture = model.network.architecture();
  const auto shape = [&](const nn::Shape& of_one) {
    return fmt::format("{}x{}", batch ? fmt::format("{}", *batch) : "batch", shape_text(of_one));
  };
  const std::vector<Port> ports = {
      {"input", summary.input, summary.input_type, shape(architecture.input())},
      {"output", summary.output, "float", shape(architecture.output())}};
  report.main = {.columns = {"", "name", "type", "shape"},
                 .rows = std::ssize(ports),
                 .cell = [ports](Index row, Index column) -> Cell {
                   const Port& port = ports[static_cast<std::size_t>(row)];
                   const std::string* texts[] = {&port.role, &port.name, &port.type, &port.shape};
                   return *texts[column];
                 }};
  report.screen = {report.main,
                   Paragraph{fmt::format("{} operations, {} parameters", summary.operations,
                                         grouped_digits(architecture.parameter_count()))}};
  report.result = [ports, operations = summary.operations,
                   parameters = architecture.parameter_count()] {
    Json json;
    for (const Port& port : ports)
      json[port.role] = {{"name", port.name}, {"type", port.type}, {"shape", port.shape}};
    json["operations"] = operations;
    json["parameters"] = parameters;
    return json;
  };
}

/// What the graph cannot say by itself.
void add_notes(const nn::Model& model, Report& report) {
  if (!model.columns.empty())
    report.notes.push_back(
        "columns go in as they come, in the order of the file's text 'features'; each level of a "
        "text is one of 0 or 1");
  if (model.feature_scale != 1)
    report.notes.push_back("bytes from 0 to 255 go in as they come, as floats");
  if (model.series)
    report.notes.push_back(
        "windows go in and come out standardised; the file's text 'series' has the figures");
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  data::OutputFile file(settings.file);
  const nn::OnnxSummary summary =
      nn::write_onnx(model, file, {.logits = settings.logits, .batch = settings.batch.value_or(0)});
  Report report{.command = "nn export"};
  report_export(model, summary, settings.batch, report);
  add_notes(model, report);
  StagedFiles files;
  files.add(std::move(file));
  render(report, global, std::move(files));
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn export digits.model digits.onnx
  mathtool nn export digits.model digits.onnx --logits
  mathtool nn export forecast.model forecast.onnx --batch 1      for readers such as OpenCV 4.6

Writes the network in ONNX, which other programs run: ONNX Runtime, OpenCV, and many more. Scaling
and standardisation are its first operations, so data go in as they come; of classes probabilities
come out, numbers in their own units. The file has texts for people as well: layers, classes,
features, target.
)";

}  // namespace

extern const Command nn_export;
const Command nn_export{.name = "nn export",
                        .summary = "write a network as ONNX, for other programs",
                        .operands = "MODEL FILE.onnx",
                        .help = explanation,
                        .run = run};

}  // namespace mathtool::cli
