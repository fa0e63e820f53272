#include "cli/command.hpp"
#include "cli/distribution/limit_theorem_report.hpp"

namespace mathtool::cli {
namespace {

Exit run(const Invocation& invocation) {
  return run_limit_theorem(invocation, LimitTheorem::large_numbers);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool lln 'exponential' -n 1,100,10000           means gather about 1
  mathtool lln 'cauchy' -n 1,100,10000                and here they do not
  mathtool lln 'poisson(4)' --samples 1e5 --json
  mathtool lln 'lognormal' -n 1,10,100 --plot=lln.svg means of all n on one scale

For each n, many means of n independent variates are drawn: their mean and sd beside those that the
law of large numbers tells, E X and sd/sqrt(n). The other columns are those of clt. The same --seed
gives the same bits for any -j.
)";

}  // namespace

extern const Command lln;
const Command lln{.name = "lln",
                  .summary = "law of large numbers: how means of samples gather",
                  .operands = "SPEC",
                  .help = explanation,
                  .run = run,
                  .draws = true};

}  // namespace mathtool::cli
