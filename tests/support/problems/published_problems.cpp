#include "support/problems/published_problems.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::test {
namespace {

Vec vector_of(const nlohmann::json& numbers) {
  Vec x(std::ssize(numbers));
  for (Index i = 0; i < x.size(); ++i) x[i] = numbers[static_cast<std::size_t>(i)];
  return x;
}

nlohmann::json problems_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  return nlohmann::json::parse(in).at("problems");
}

}  // namespace

opt::ExpressionObjective PublishedProblem::objective() const {
  // The angle of the helical valley: 1/2 at (−1, 0).
  const math::Expression angle = math::parse_expression("atan2(x2, x1) / (2 * pi)").expression;
  const math::Expression f =
      math::substitute(math::parse_expression(formula).expression, "theta", angle);
  std::vector<std::string> names;
  for (Index i = 0; i < std::max(start.size(), low.size()); ++i)
    names.push_back("x" + std::to_string(i + 1));
  return {f, names};
}

std::vector<PublishedProblem> more_garbow_hillstrom(const std::filesystem::path& data) {
  std::vector<PublishedProblem> problems;
  for (const auto& p : problems_in(data / "optimization/more_garbow_hillstrom.json")) {
    PublishedProblem problem{.id = p.at("id"),
                             .name = p.at("name"),
                             .formula = p.at("objective"),
                             .start = vector_of(p.at("x0")),
                             .minimum = p.at("fstar")};
    problem.local_minimum = problem.minimum;
    // The paper lists two minima for this one.
    if (problem.id == "MGH02") problem.local_minimum = 48.98425367924;
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::vector<PublishedProblem> global_problems(const std::filesystem::path& data) {
  std::vector<PublishedProblem> problems;
  for (const auto& p : problems_in(data / "optimization/global.json"))
    problems.push_back({.name = p.at("name"),
                        .formula = p.at("objective"),
                        .low = vector_of(p.at("lower")),
                        .high = vector_of(p.at("upper")),
                        .minimum = p.at("fstar"),
                        .local_minimum = p.at("fstar")});
  return problems;
}

double minimum_digits(double found, double published) {
  const double error = std::abs(found - published);
  if (std::isnan(error)) return 0;
  const double relative = published == 0 ? error / 1e-4 : error / std::abs(published);
  return std::clamp(-std::log10(std::max(relative, 1e-15)), 0.0, 15.0);
}

}  // namespace mathtool::test
