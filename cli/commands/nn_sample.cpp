#include <string_view>

#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/model_file.hpp"
#include "mathtool/nn/sampling.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model, prompt, temperature = "1";
  std::optional<int> length = 500;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that 'nn train --text' saved");
  options.value("--length", "N", settings.length, 0, 100'000'000, "characters to write");
  options.value("--temperature", "T", settings.temperature,
                "below 1 the likelier characters come more often, above it less; 0: always the "
                "likeliest");
  options.value("--prompt", "TEXT", settings.prompt, "how the text begins");
  return options.parse();
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const double temperature = constant_expression(settings.temperature, "--temperature");
  require(temperature >= 0, "--temperature must be >= 0, got {}", settings.temperature);
  const nn::Model model = nn::read_model(settings.model);
  require(model.vocabulary.size() > 0,
          "{} was not trained on a text: mathtool nn train --text FILE", settings.model);
  const nn::SamplingOptions options{
      .length = *settings.length, .temperature = temperature, .seed = global.seed};
  const std::string text =
      settings.prompt + nn::sample_text(model.network, model.vocabulary, settings.prompt, options,
                                        run_control(global, "writing"));
  erase_progress();
  Report report{.command = "nn sample"};
  report.seed = global.seed;
  report.screen.push_back(Paragraph{text});
  report.main = {
      .columns = {"text"}, .rows = 1, .cell = [text](Index, Index) -> Cell { return text; }};
  report.result = [text, options, prompt = settings.prompt] {
    return Json{{"text", text},
                {"prompt", prompt},
                {"length", options.length},
                {"temperature", options.temperature}};
  };
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn train --text shakespeare.txt --layers 'embedding 64, lstm 256 all' --save bard.model
  mathtool nn sample bard.model
  mathtool nn sample bard.model --prompt 'ROMEO:' --length 1000 --temperature 0.7 --seed 4

Writes a text character by character: the network says how likely each character is to come next,
one is drawn with the probability exp(z / T) / sum of exp(z / T) of its logits z, and read in its
turn. The same seed writes the same text.
)";

}  // namespace

extern const Command nn_sample;
const Command nn_sample{.name = "nn sample",
                        .summary = "a text as a network writes it that has learnt one",
                        .operands = "MODEL",
                        .help = explanation,
                        .run = run};

}  // namespace mathtool::cli
