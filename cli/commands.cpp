#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/command.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

extern const Command calc, pca, describe, cov, corr, hist, plot, dist, fitdist, clt, lln, bayes,
    test, regress, fit, score, minimize, nn, apply, verify, help;
extern const Command nn_train, nn_evaluate, nn_predict, nn_summary, nn_plot, nn_check, nn_search,
    nn_sample, nn_forecast, nn_export;

namespace {

std::vector<std::string> names_of(std::span<const Command* const> listed) {
  std::vector<std::string> names;
  for (const Command* command : listed) names.emplace_back(command->name);
  return names;
}

const Command* find(std::span<const Command* const> listed, std::string_view name) {
  const auto found = std::ranges::find(listed, name, &Command::name);
  return found == listed.end() ? nullptr : *found;
}

}  // namespace

std::span<const Command* const> commands() {
  static constexpr std::array all = {&pca,  &describe, &cov,      &corr, &hist,  &plot,   &calc,
                                     &dist, &fitdist,  &clt,      &lln,  &bayes, &test,   &regress,
                                     &fit,  &score,    &minimize, &nn,   &apply, &verify, &help};
  return all;
}

std::span<const Command* const> family_of(const Command& command) {
  static constexpr std::array networks = {&nn_train,    &nn_evaluate, &nn_predict, &nn_summary,
                                          &nn_plot,     &nn_check,    &nn_search,  &nn_sample,
                                          &nn_forecast, &nn_export};
  if (&command == &nn) return networks;
  return {};
}

Invocation find_command(const std::vector<std::string>& words) {
  const std::string& name = words.front();
  const Command* command = find(commands(), name);
  if (!command) {
    const std::vector<std::string> alone{"--help", "--version"};
    require(!name.starts_with('-'),
            "no option '{}'{}; options stand behind the command, see mathtool help", name,
            did_you_mean(name, alone));
    throw DomainError(fmt::format("no command '{}'{}; see mathtool help", name,
                                  did_you_mean(name, names_of(commands()))));
  }
  const std::span<const Command* const> family = family_of(*command);
  if (family.empty() || words.size() == 1 || words[1].starts_with('-'))
    return {*command, {words.begin() + 1, words.end()}};
  const std::string both = name + " " + words[1];
  const Command* member = find(family, both);
  require(member, "no command '{}'{}; see mathtool help {}", both,
          did_you_mean(both, names_of(family)), name);
  return {*member, {words.begin() + 2, words.end()}};
}

}  // namespace mathtool::cli
