#include <fmt/format.h>

#include <algorithm>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/distributions/all.hpp"

namespace mathtool::stats {
namespace {

template <class T, class Variant>
constexpr bool is_alternative = false;
template <class T, class... Alternative>
constexpr bool is_alternative<T, std::variant<Alternative...>> = (std::same_as<T, Alternative> ||
                                                                  ...);

/// A parameter's value, in the type that the constructor takes.
struct Taken {
  const Argument& argument;
  template <class T>
  requires is_alternative<T, Argument>
  operator T() const { return std::get<T>(argument); }
};

template <class Any, class D>
Any make(std::span<const Argument> arguments) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) { return D(Taken{arguments[I]}...); }
  (std::make_index_sequence<D::parameters.size()>());
}

template <class Any, class D>
Family<Any> family() {
  Family<Any> row{.name = D::name,
                  .aliases = {},
                  .summary = D::summary,
                  .parameters = D::parameters,
                  .make = make<Any, D>};
  if constexpr (requires { D::aliases; }) row.aliases.assign(D::aliases.begin(), D::aliases.end());
  return row;
}

template <class Any, class... D>
void append(std::vector<Family<Any>>& rows, std::tuple<D...>*) {
  (rows.push_back(family<Any, D>()), ...);
}

template <class Any>
const Family<Any>* find(std::span<const Family<Any>> families, std::string_view name) {
  const auto found = std::ranges::find_if(families, [&](const Family<Any>& family) {
    return family.name == name || std::ranges::count(family.aliases, name) > 0;
  });
  return found == families.end() ? nullptr : &*found;
}

template <class Any>
void append_names(std::vector<std::string>& names, std::span<const Family<Any>> families) {
  for (const Family<Any>& family : families) {
    names.emplace_back(family.name);
    names.insert(names.end(), family.aliases.begin(), family.aliases.end());
  }
}

}  // namespace

std::span<const DistributionFamily> distribution_families() {
  static const std::vector<DistributionFamily> rows = [] {
    std::vector<DistributionFamily> all;
    append(all, static_cast<ContinuousDistributions*>(nullptr));
    append(all, static_cast<DiscreteDistributions*>(nullptr));
    append(all, static_cast<CombinedDistributions*>(nullptr));
    return all;
  }();
  return rows;
}

std::span<const MultivariateFamily> multivariate_families() {
  static const std::vector<MultivariateFamily> rows = [] {
    std::vector<MultivariateFamily> all;
    append(all, static_cast<MultivariateDistributions*>(nullptr));
    return all;
  }();
  return rows;
}

const DistributionFamily& find_distribution_family(std::string_view name) {
  if (const DistributionFamily* found = find(distribution_families(), name)) return *found;
  require(!find_multivariate_family(name), "{} is a distribution of vectors, not of numbers", name);
  std::vector<std::string> names;
  append_names(names, distribution_families());
  append_names(names, multivariate_families());
  throw DomainError(
      fmt::format("there is no distribution '{}'{}", name, did_you_mean(name, names)));
}

const MultivariateFamily* find_multivariate_family(std::string_view name) {
  return find(multivariate_families(), name);
}

std::string detail::specification(std::string_view name, std::span<const double> values) {
  return fmt::format("{}({})", name, fmt::join(values, ", "));
}

}  // namespace mathtool::stats
