#include <fmt/format.h>

#include <array>

#include "cli/command.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

extern const Command calc, pca, describe, cov, corr, hist, plot, dist, fitdist, clt, lln, bayes,
    test, regress, fit, score, minimize, apply, verify, help;

std::span<const Command* const> commands() {
  static constexpr std::array all = {&pca,  &describe, &cov,      &corr,  &hist,   &plot, &calc,
                                     &dist, &fitdist,  &clt,      &lln,   &bayes,  &test, &regress,
                                     &fit,  &score,    &minimize, &apply, &verify, &help};
  return all;
}

const Command& find_command(std::string_view name) {
  for (const Command* command : commands())
    if (command->name == name) return *command;
  const std::vector<std::string> alone{"--help", "--version"};
  require(!name.starts_with('-'),
          "no option '{}'{}; options stand behind the command, see mathtool help", name,
          did_you_mean(name, alone));
  std::vector<std::string> names;
  for (const Command* command : commands()) names.emplace_back(command->name);
  throw DomainError(
      fmt::format("no command '{}'{}; see mathtool help", name, did_you_mean(name, names)));
}

}  // namespace mathtool::cli
