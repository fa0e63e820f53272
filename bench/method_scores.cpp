#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>

#include "mathtool/opt/methods/all.hpp"
#include "support/problems/published_problems.hpp"

// Every method on the published problems: how many it solves, and for how many evaluations. Prints
// the table of docs/how-to-choose.md. With a method's name as argument, each problem in a line.
//     MATHTOOL_DATA=FOLDER method_scores [METHOD]

namespace {

using namespace mathtool;

struct Score {
  int solved = 0, problems = 0;
  std::int64_t evaluations = 0, gradients = 0;  ///< on all problems
};

void run(const opt::MethodInfo& info, const test::PublishedProblem& problem, bool global,
         bool in_lines, Score& score) {
  auto f = problem.objective();
  opt::MinimizeOptions options{.stopping = {.max_evaluations = 100'000}};
  // What knows no bounds by itself gets none for the local problems.
  if (global) options.box = {problem.low, problem.high};
  const Vec start = global ? Vec(problem.low + 0.81 * (problem.high - problem.low)) : problem.start;
  const opt::Minimum m = opt::minimize(f, start, opt::make_method(info.name), options);
  const double digits = std::max(test::minimum_digits(m.value, problem.minimum),
                                 test::minimum_digits(m.value, problem.local_minimum));
  ++score.problems;
  score.solved += digits >= 6;
  score.evaluations += m.evaluations;
  score.gradients += m.gradients;
  if (in_lines)
    fmt::print("{:6} {:24.24} {:>7} {:>7} {:>22.15g} {:5.1f}  {}: {}\n", problem.id, problem.name,
               m.evaluations, m.gradients, m.value, digits, to_string(m.status), m.reason);
}

void print_table(const char* title, const std::vector<test::PublishedProblem>& problems,
                 bool global, const char* only) {
  fmt::print("\n| {} | solved | evaluations | with gradient |\n|---|---|---|---|\n", title);
  for (const opt::MethodInfo& info : opt::methods()) {
    const bool several = std::any_of(problems.begin(), problems.end(),
                                     [](const auto& p) { return p.start.size() > 1; });
    if (only && info.name != only) continue;
    if (info.kind == opt::MethodKind::rule || (info.needs_bounds && !global)) continue;
    if (info.one_variable && (several || global)) continue;
    Score score;
    for (const test::PublishedProblem& problem : problems)
      run(info, problem, global, only != nullptr, score);
    fmt::print("| `{}` | {} of {} | {} | {} |\n", info.name, score.solved, score.problems,
               score.evaluations, score.gradients);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const char* data = std::getenv("MATHTOOL_DATA");
  if (!data) throw DataError("set MATHTOOL_DATA to the folder of reference data");
  const char* only = argc > 1 ? argv[1] : nullptr;
  print_table("20 local problems", test::more_garbow_hillstrom(data), false, only);
  print_table("19 functions of many minima", test::global_problems(data), true, only);
} catch (const std::exception& error) {
  fmt::print(stderr, "method_scores: {}\n", error.what());
  return 2;
}
