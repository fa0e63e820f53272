#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/grouped_report.hpp"
#include "cli/nn/network_model.hpp"
#include "cli/nn/network_words.hpp"
#include "cli/nn/sequence_training.hpp"
#include "cli/nn/training_plan.hpp"
#include "cli/nn/training_report.hpp"
#include "cli/staged_files.hpp"
#include "cli/text_file.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/fine_tuning.hpp"
#include "mathtool/nn/topology.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  NetworkDataOptions data;
  SequenceOptions sequence;
  TrainingSettings training;
  TrainingFiles files;
  std::string model;
  nn::Topology topology;  ///< that --model holds
  std::optional<int> folds;
  std::optional<NetworkOrigin> origin;
};

void require_compatible(const Settings& settings, const GlobalOptions& global) {
  const TrainingFiles& files = settings.files;
  settings.sequence.check(settings.data);
  if (!settings.sequence.given()) settings.data.check(true, true);
  require(!settings.sequence.given() || !settings.folds,
          "--folds are of observations in no order; a sequence is judged by its last part");
  require(!settings.sequence.given() || !settings.training.given("from"),
          "--from begins with a network of a table or of images, not of a sequence");
  require(settings.model.empty() || !settings.training.given("layers"),
          "--layers and --model both name the layers; give one of them");
  require(!settings.data.has_test() || !settings.folds,
          "--folds and test data each judge in their own way; give one of them");
  require(files.resume.empty() || !settings.folds,
          "--folds trains anew for each fold; leave --resume out");
  require(files.save != "-", "a model is a file: name one with --save");
  const NetworkDataOptions& data = settings.data;
  const std::vector<std::pair<std::string, std::string>> outputs = {{"--save", files.save},
                                                                    {"--log", files.log},
                                                                    {"--output", global.output},
                                                                    {"--plot", global.plot_path}};
  require_different_files(outputs);
  require_inputs_kept(outputs, {{"--data", data.data},
                                {"--images", data.images},
                                {"--labels", data.labels},
                                {"--test-data", data.test_data},
                                {"--test-images", data.test_images},
                                {"--test-labels", data.test_labels},
                                {"--text", settings.sequence.text},
                                {"--series", settings.sequence.series},
                                {"--model", settings.model},
                                {"--from", settings.training.text("from")}});
}

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  settings.data.declare(options, true);
  settings.data.declare_test(options);
  settings.sequence.declare(options);
  options.heading("Network");
  settings.training.declare_network(options);
  settings.training.declare_origin(options);
  options.value("--model", "FILE.json", settings.model,
                "layers from a file: {\"layers\": [\"dense 64 relu\", \"dense 10\"]}");
  options.heading("Training");
  settings.training.declare_training(options);
  options.value("--folds", "N", settings.folds, 2, 1'000'000,
                "before the training on all data, one for each of N folds, to judge by");
  options.value("--save", "MODEL", settings.files.save,
                "save the network for 'mathtool apply', and where its training stands");
  options.value("--resume", "MODEL", settings.files.resume,
                "go on with the training that stands there");
  options.value("--log", "FILE", settings.files.log,
                "write every epoch to a .csv or .jsonl, with times");
  settings.data.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  require_compatible(settings, global);
  return global;
}

/// What the settings are in all: from options, from --model, from the model that goes on.
void complete(Settings& settings, const GlobalOptions& global, std::vector<std::string>& notes) {
  if (!settings.model.empty()) {
    settings.topology = nn::topology_from_json(read_text(settings.model), settings.model);
    settings.training.set("layers", nn::to_string(settings.topology.layers));
  }
  if (global.seed != 0) settings.training.set("seed", fmt::format("{}", global.seed));
  // Held-out folds judge; each network may learn from all the others.
  if (settings.folds && !settings.training.given("validation"))
    settings.training.set("validation", "0");
  if (!settings.files.resume.empty()) {
    nn::Model begun = nn::read_model(settings.files.resume);
    settings.training.adopt(begun.training, settings.files.resume, notes);
    // What was taken over stands in it by now.
    if (settings.training.given("from"))
      settings.origin = NetworkOrigin{.model = std::move(begun), .path = settings.files.resume};
  } else if (settings.training.given("from")) {
    const std::string& path = settings.training.text("from");
    settings.origin = NetworkOrigin{.model = nn::read_model(path), .path = path};
  }
}

/// Without --layers a network that begins with another has its layers, with as many outputs as the
/// task takes.
void complete_layers(const NetworkData& data, TrainingSettings& settings) {
  if (!data.origin() || settings.given("layers")) return;
  const nn::Architecture& architecture = data.origin()->model.network.architecture();
  const std::size_t classes = data.target().classes.size();
  const bool one_tells_two = classes == 2 && math::element_count(architecture.output()) == 1;
  const auto outputs = one_tells_two ? 1 : std::max<Index>(1, static_cast<Index>(classes));
  settings.set("layers", nn::to_string(nn::with_outputs(architecture.layers(), outputs)));
}

/// What of the network was there before.
std::string origin_note(const NetworkOrigin& origin, const nn::Architecture& architecture,
                        Index taken) {
  const Index layers = std::ssize(architecture.layers());
  return taken == layers ? fmt::format("all {} layers begin as in {}", layers, origin.path)
                         : fmt::format("{} of {} layers begin as in {}, the others anew", taken,
                                       layers, origin.path);
}

std::vector<std::string> hints(const Settings& settings, const GlobalOptions& global) {
  const std::string& model = settings.files.save;
  if (!model.empty() && !settings.data.is_table())
    return {fmt::format("mathtool nn predict {} --images NEW   the class of each", model)};
  if (!model.empty())
    return {fmt::format("mathtool apply {} NEW.csv   predictions for new rows", model)};
  if (!global.plot) return {"--plot draws the epochs, the confusion matrix and the ROC curves"};
  return {};
}

/// Writes the report, and the model if it is to be saved.
Exit finish(const Settings& settings, const TrainingRun& run, const NetworkTarget& target,
            const GlobalOptions& global, const Report& report) {
  StagedFiles files;
  if (!settings.files.save.empty()) {
    data::OutputFile model(settings.files.save);
    nn::write_model(trained_model(run.planned, target, settings.training, run.training.state),
                    model);
    files.add(std::move(model));
  }
  render(report, global, std::move(files));
  return exit_of(report);
}

Exit run_sequence(const Settings& settings, const GlobalOptions& global, Report& report) {
  const SequenceTraining training = train_sequence(
      settings.sequence, settings.data.table, settings.training, settings.files, global, report);
  report_sequence(training, report);
  const bool text = settings.sequence.series.empty();
  if (!settings.files.save.empty())
    report.hints = {text ? fmt::format("mathtool nn sample {}", settings.files.save)
                         : fmt::format("mathtool nn forecast {} {} --steps 10 --plot",
                                       settings.files.save, settings.sequence.series)};
  return finish(settings, training.result->run, training.target, global, report);
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  Report report{.command = "nn train"};
  complete(settings, global, report.notes);
  // What cannot be written in the end is better known before hours of training.
  if (!settings.files.save.empty()) (void)data::OutputFile(settings.files.save);
  report.seed = training_seed(settings.training);
  if (settings.sequence.given()) return run_sequence(settings, global, report);
  const NetworkData data(settings.data, settings.training.text("loss"), global, report,
                         std::move(settings.origin));
  complete_layers(data, settings.training);
  const nn::Shape& input = settings.topology.input;
  require<DataError>(input.empty() || input == data.input(),
                     "{} is for inputs of {}, but these data are of {}", settings.model,
                     shape_text(input), shape_text(data.input()));
  std::optional<CrossValidationRun> folds;
  if (settings.folds) folds = run_folds(data, settings.training, *settings.folds, global);
  const auto result = std::make_shared<const TrainingResult>(TrainingResult{
      run_training(data, settings.data, settings.training, settings.files, global, report),
      std::move(folds)});
  report_training(result, report);
  if (data.origin() && settings.files.resume.empty())
    report.notes.push_back(origin_note(*data.origin(),
                                       result->run.planned.experiment.network.architecture(),
                                       result->run.planned.taken_over));
  report.hints = hints(settings, global);
  return finish(settings, result->run, data.target(), global, report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn train --data iris.csv --target Species
  mathtool nn train --data iris.csv --target Species --folds 5 --plot    judged by held-out folds
  mathtool nn train --data houses.csv --target price --layers 'dense 64 relu, dense 64 relu, dense 1'
  mathtool nn train --images train-images.idx3.gz --labels train-labels.idx1.gz \
      --test-images t10k-images.idx3.gz --test-labels t10k-labels.idx1.gz \
      --layers 'dense 512 relu, dense 10' --optimizer rmsprop --epochs 5 --save digits.model
  mathtool nn train --images train-images.idx3.gz --labels train-labels.idx1.gz --augment shift:1 \
      --layers 'conv 20 5x5 relu, maxpool 2, conv 50 5x5 relu, maxpool 2, dense 500 relu, dense 10'
  mathtool nn train --data loans.csv --target default --class-weights balanced --early-stop 10
  mathtool nn train --data iris.csv --target Species --epochs 500 --resume iris.model \
      --save iris.model                                                  go on where it stopped
  mathtool nn train --text shakespeare.txt --layers 'embedding 64, lstm 256 all' --save bard.model
  mathtool nn train --series lynx.csv -c value --transform log --window 12 --season 10
  mathtool nn train --images train-images.idx3.gz --labels train-labels.idx1.gz --classes 5-9 \
      --from zero-to-four.model --freeze 1-7      fine-tuning: new classes for layers that learnt

Columns of numbers are standardised and texts become one-hot, by the rows that are learnt from
alone. A target of texts, or of at most 20 whole numbers, is one of classes; --loss mse takes it for
measurements. Without --layers the network is 'dense 64 relu, dense K'.

A text is cut into windows of characters, and the network learns which character follows each. Of a
series it learns to predict --horizon steps from --window steps; its last part is held out, and
there its forecasts stand beside naive ones. --validation sets the part before that aside.

The last layer gives logits. The result judges the network by test data where there are any, else
by the part set aside, else by the data that it was trained on; with --folds, by the predictions of
each fold's network for the rows that it has not seen. The best epoch by the part set aside is the
one that stays. Schedules count epochs. The same seed gives the same bits for every -j.

--augment varies images anew in every epoch, from left to right: shift:PIXELS, crop:PIXELS (the edge
mirrored), flip[:vertical|both], noise:SD, colour:BRIGHTNESS[:CONTRAST]. Test data stay as they are.

Where numbers stop being finite the training ends with exit 4, the epochs before and advice. Ctrl-C
leaves with --save a model that --resume goes on with, to the same end as without a stop.

Layers: mathtool help nn summary lists them.
Optimizers: gd sgd momentum nesterov adagrad adadelta rmsprop adam amsgrad adamw nadam.
)";

}  // namespace

extern const Command nn_train;
const Command nn_train{.name = "nn train",
                       .summary = "train a network on a table, images, a text or a time series",
                       .operands = "",
                       .help = explanation,
                       .run = run,
                       .draws = true};

}  // namespace mathtool::cli
