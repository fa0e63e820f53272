#include "cli/command.hpp"
#include "cli/help_page.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

Exit run(const Invocation& invocation) {
  for (const std::string& word : invocation.arguments)
    require(word == "--help" || word == "-h",
            "options stand behind the whole command, as in 'mathtool nn train {}'", word);
  data::OutputFile out("-");
  out.write(family_help(invocation.command));
  out.commit();
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples
  mathtool nn train --data iris.csv --target Species
  mathtool nn train --data iris.csv --target Species --folds 5 --plot
  mathtool nn train --images train-images.idx3.gz --labels train-labels.idx1.gz --save digits.model
  mathtool nn evaluate digits.model --images t10k-images.idx3.gz --labels t10k-labels.idx1.gz
  mathtool help nn train             examples and options of one of them
)";

}  // namespace

extern const Command nn;
const Command nn{.name = "nn",
                 .summary = "neural networks: train, judge, use, look into them",
                 .operands = "COMMAND",
                 .help = explanation,
                 .run = run};

}  // namespace mathtool::cli
