#include "cli/command.hpp"
#include "cli/distribution/limit_theorem_report.hpp"

namespace mathtool::cli {
namespace {

Exit run(const Invocation& invocation) {
  return run_limit_theorem(invocation, LimitTheorem::central_limit);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool clt 'exponential'                          means of 1, 5 and 30 variates
  mathtool clt 'bernoulli(0.1)' -n 10,100,1000        how soon a proportion is normal
  mathtool clt 'pareto(1, 2.5)' -n 30 --samples 1e6 --seed 3 --json
  mathtool clt 'uniform' --plot=clt.svg               standardized means beside the normal density

For each n, many means of n independent variates are drawn. ks_distance is the largest distance of
their distribution, standardized by the true mean and sd, from the normal one; about 1/sqrt(samples)
of it is chance. berry_esseen bounds it for infinitely many means: 0.3328 (r + 0.429) / sqrt(n) with
r = E |X - mean|^3 / sd^3 (Shevtsova 2011), at most 1. The same --seed gives the same bits for any -j.
)";

}  // namespace

extern const Command clt;
const Command clt{.name = "clt",
                  .summary = "central limit theorem: means of samples beside the normal",
                  .operands = "SPEC",
                  .help = explanation,
                  .run = run,
                  .draws = true};

}  // namespace mathtool::cli
