#include <fmt/format.h>

#include <cmath>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "cli/comma_list.hpp"
#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/grouped_report.hpp"
#include "cli/interrupt.hpp"
#include "cli/minimize/gradient_check_report.hpp"
#include "cli/minimize/minimization_report.hpp"
#include "cli/named_values.hpp"
#include "cli/render/csv.hpp"
#include "cli/report.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  MinimizationTexts problem;
  std::string method = "auto", schedule, trace, learning_rate;
  std::vector<std::string> race, method_settings;
  std::string gradient_tol, step_tol, value_tol, feasibility_tol, target;
  std::string max_iterations, max_evaluations, max_seconds;
  bool explain = false, check_gradient = false;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("EXPR", settings.problem.formula, true,
                  "what is to be least: '(1-x)^2 + 100*(y-x^2)^2'");
  options.list("--start", "NAME=NUMBER,...", settings.problem.start,
               "where to begin; 0 if not given");
  options.list("--bounds", "NAME=LOW:HIGH,...", settings.problem.bounds,
               "what a variable may be; an empty side is unbounded");
  options.list("--subject-to", "CONSTRAINT", settings.problem.constraints,
               "'LEFT = RIGHT', '<=' or '>='");
  options.heading("Method");
  options.value("--method", "NAME", settings.method, "one of those above");
  options.list("--race", "NAME,...|all", settings.race, "several methods from the same start");
  options.value("--learning-rate", "RATE", settings.learning_rate, "of a rule");
  options.value("--schedule", "TEXT", settings.schedule,
                "of the learning rate: step:30:0.1, cosine, warmup:10+exponential:0.95, ...");
  options.list("--set", "NAME=NUMBER,...", settings.method_settings,
               "other settings of the method, as in beta1=0.8");
  options.heading("When it ends");
  options.value("--gradient-tol", "T", settings.gradient_tol,
                "largest slope (default 1e-6; 1e-9 with constraints by sqp, lagrange)");
  options.value("--step-tol", "T", settings.step_tol, "relative length of three steps");
  options.value("--value-tol", "T", settings.value_tol, "relative change of f in three steps");
  options.value("--feasibility-tol", "T", settings.feasibility_tol,
                "violation of a constraint (default 1e-9)");
  options.value("--target", "F", settings.target, "a value that is low enough");
  options.value("--max-iterations", "N", settings.max_iterations, "default 10000, of rules 100000");
  options.value("--max-evaluations", "N", settings.max_evaluations, "of f");
  options.value("--max-seconds", "S", settings.max_seconds, "of time");
  options.heading("More");
  options.value("--trace", "FILE", settings.trace, "write every iterate as CSV");
  options.flag("--explain", settings.explain,
               "the equations of Lagrange and the iterates that solve them");
  options.flag("--check-gradient", settings.check_gradient,
               "compare the derivatives at the start with differences, and end");
  const GlobalOptions global = options.parse();
  require(settings.race.empty() || settings.method == "auto",
          "--race names the methods; leave --method out");
  require_different_files(
      {{"--trace", settings.trace}, {"--output", global.output}, {"--plot", global.plot_path}});
  require(settings.trace != "-" || global.output != "-",
          "standard output takes the report; name a file, or send the report to one with -o");
  return global;
}

void read_number(const std::string& text, std::string_view option, double& target) {
  if (!text.empty()) target = constant_expression(text, option);
}

void read_tolerance(const std::string& text, std::string_view option, double& target) {
  read_number(text, option, target);
  require(target >= 0 && std::isfinite(target), "{} takes a number >= 0, got '{}'", option, text);
}

void read_count(const std::string& text, std::string_view option, double least,
                std::int64_t& target) {
  if (text.empty()) return;
  const double value = constant_expression(text, option);
  require(value >= least && value <= 1e15 && value == std::floor(value),
          "{} takes a whole number >= {}, got '{}'", option, least, text);
  target = static_cast<std::int64_t>(value);
}

/// How to run a method of this name.
MethodRequest request_of(const Settings& settings, const std::string& name, bool constrained,
                         const GlobalOptions& global) {
  MethodRequest request{.name = name, .memory = global.memory};
  opt::StoppingOptions& stopping = request.stopping;
  if (constrained) stopping.gradient_tol = name == "auglag" ? 1e-6 : 1e-9;
  if (is_rule(name)) stopping.max_iterations = 100'000;
  read_tolerance(settings.gradient_tol, "--gradient-tol", stopping.gradient_tol);
  read_tolerance(settings.step_tol, "--step-tol", stopping.step_tol);
  read_tolerance(settings.value_tol, "--value-tol", stopping.value_tol);
  read_number(settings.target, "--target", stopping.target);
  read_number(settings.max_seconds, "--max-seconds", stopping.max_seconds);
  require(stopping.max_seconds > 0, "--max-seconds takes a number > 0, got '{}'",
          settings.max_seconds);
  read_tolerance(settings.feasibility_tol, "--feasibility-tol", request.feasibility_tol);
  read_count(settings.max_iterations, "--max-iterations", 0, stopping.max_iterations);
  read_count(settings.max_evaluations, "--max-evaluations", 1, stopping.max_evaluations);
  stopping.stop = interrupt_token();
  stopping.validate();
  const bool racing = !settings.race.empty();  // then each method takes of the settings what it has
  if (!racing || is_rule(name)) request.schedule = settings.schedule;
  std::map<std::string, double> given;
  if (!settings.learning_rate.empty())
    given["learning_rate"] = constant_expression(settings.learning_rate, "--learning-rate");
  for (const NamedValue& setting : named_values(settings.method_settings, "--set"))
    given[setting.name] = setting.value;
  for (const auto& [setting, value] : given)
    if (!racing || has_setting(name, setting)) request.settings[setting] = value;
  if (has_setting(name, "seed")) request.settings.try_emplace("seed", global.seed);
  request.keep_path = global.plot || !settings.trace.empty();
  request.keep_records = settings.explain;
  return request;
}

std::vector<std::string> methods_to_run(const Settings& settings,
                                        const MinimizationProblem& problem) {
  if (settings.race.empty()) return {settings.method};
  std::vector<std::string> names;
  for (const std::string& list : settings.race)
    for (std::string& name : divide_at_commas(list)) names.push_back(std::move(name));
  if (names == std::vector<std::string>{"all"}) return methods_for(problem);
  return names;
}

std::vector<std::string> hints(const Settings& settings, const MinimizationProblem& problem,
                               const GlobalOptions& global) {
  if (settings.race.empty() && !problem.constrained())
    return {fmt::format("mathtool minimize '{}' --race all   which method takes how long",
                        settings.problem.formula)};
  if (!global.plot)
    return {fmt::format("mathtool minimize '{}' --plot   the way to the minimum",
                        settings.problem.formula)};
  return {};
}

data::OutputFile written(const std::string& path, const Table& table) {
  data::OutputFile file(path);
  write_csv(table, ',', file);
  return file;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  Calculator calculator({.memory = global.memory, .seed = global.seed, .stop = interrupt_token()});
  const MinimizationProblem problem(calculator, settings.problem);
  Report report{.command = "minimize"};
  if (settings.check_gradient) {
    report_gradient_check(problem, report);
    render(report, global);
    return exit_of(report);
  }
  std::vector<MinimizationRun> finished;
  bool seeded = false;
  for (const std::string& name : methods_to_run(settings, problem)) {
    finished.push_back(
        run_method(problem, request_of(settings, name, problem.constrained(), global)));
    seeded = seeded || has_setting(name, "seed");
  }
  rank(finished);
  const auto runs = std::make_shared<const std::vector<MinimizationRun>>(std::move(finished));
  report_minimization(problem, runs, report);
  if (settings.explain) explain_lagrange(problem, runs->front(), report);
  if (seeded) report.seed = global.seed;
  report.hints = hints(settings, problem, global);
  StagedFiles files;
  if (!settings.trace.empty()) files.add(written(settings.trace, trace_table(problem, runs)));
  render(report, global, std::move(files));
  return exit_of(report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool minimize '(1-x)^2 + 100*(y-x^2)^2' --start x=-1.2,y=1
  mathtool minimize '(1-x)^2 + 100*(y-x^2)^2' --start x=-1.2,y=1 --method adam --learning-rate 0.05
  mathtool minimize '-x1*x2' --subject-to 'x1 + x2 <= 10' --bounds x1=0:,x2=0: --start x1=1,x2=1
  mathtool minimize 'x^2 + y^2' --subject-to 'x + y = 10' --method lagrange --explain
  mathtool minimize '(x^2+y-11)^2 + (x+y^2-7)^2' --bounds x=-5:5,y=-5:5 --race all --plot=race.svg
  mathtool minimize 'x^4 - 3*x^3 + 2' --method brent --trace path.csv

The variables are the names that are neither constants nor functions. Derivatives are exact. The
status says how it ended: 'converged' and exit 0, or exit 4 with the best point and the reason.

The Lagrangian is f + sum of multiplier * (LEFT - RIGHT); of '>=' RIGHT - LEFT, so that an active
inequality has a multiplier >= 0. second_order tells a minimum from a maximum and a saddle point;
sensitivity, what happens to the minimum when the right side of a constraint moves.

Methods: gd sgd momentum nesterov adagrad adadelta rmsprop adam amsgrad adamw nadam (rules, which
take --learning-rate and --schedule); steepest-descent cg bfgs lbfgs lbfgsb newton-cg trust (by
derivatives); nelder-mead, and brent for one variable (without); de multistart (everywhere between
bounds); sqp auglag lagrange (with --subject-to); auto chooses.
)";

}  // namespace

extern const Command minimize;
const Command minimize{.name = "minimize",
                       .summary = "the least value of a function, under constraints",
                       .operands = "EXPR",
                       .help = explanation,
                       .run = run,
                       .draws = true};

}  // namespace mathtool::cli
