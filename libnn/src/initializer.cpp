#include "mathtool/nn/initializer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/qr.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/variates.hpp"
#include "number_text.hpp"

namespace mathtool::nn {
namespace {

using Kind = InitializerKind;

/// In the order of their enumerators.
const std::array<std::string, 9>& kind_names() {
  static const std::array<std::string, 9> names = {"automatic", "constant",      "normal",
                                                   "uniform",   "xavier_normal", "xavier_uniform",
                                                   "he_normal", "he_uniform",    "orthogonal"};
  return names;
}

const std::string& name_of(Kind kind) { return kind_names()[static_cast<std::size_t>(kind)]; }

bool allows(Kind kind, double scale) {
  return std::isfinite(scale) && (scale > 0 || kind == Kind::constant);
}

/// The standard deviation of a normal kind and the bound of a uniform one, for a scale of 1.
double width(Kind kind, const Fan& fan) {
  const auto in = static_cast<double>(fan.in), out = static_cast<double>(fan.out);
  switch (kind) {
    case Kind::xavier_normal: return std::sqrt(2 / (in + out));
    case Kind::xavier_uniform: return std::sqrt(6 / (in + out));
    case Kind::he_normal: return std::sqrt(2 / in);
    case Kind::he_uniform: return std::sqrt(6 / in);
    default: return 1;
  }
}

/// An orthogonal matrix that is no likelier than any other: Q of a normal one, made unique by the
/// signs of R.   Ref: Mezzadri, How to generate random matrices from the classical compact groups
/// (2007).
Mat orthonormal(Index rows, Index columns, math::Philox& random) {
  Mat draws(std::max(rows, columns), std::min(rows, columns));
  stats::normal_variates(random, {draws.data(), static_cast<std::size_t>(draws.size())});
  const Mat Q = math::qr(draws).Q;
  return rows >= columns ? Q : Mat(Q.transpose());
}

}  // namespace

template <std::floating_point T>
void initialize(const Initializer& initializer, const Fan& fan, Index rows, std::uint64_t seed,
                std::uint64_t stream, std::span<T> weights) {
  const auto [kind, scale] = initializer;
  require(kind != Kind::automatic, "initialize: automatic must be resolved to a distribution");
  require(allows(kind, scale), "initialize: the scale of {} must be {}, got {}", name_of(kind),
          kind == Kind::constant ? "finite" : "> 0", scale);
  require(fan.in >= 1 && fan.out >= 1, "initialize: fans must be >= 1, got {} and {}", fan.in,
          fan.out);
  math::Philox random(seed, stream);
  std::vector<double> draws(weights.size(), 1.0);
  switch (kind) {
    case Kind::automatic:
    case Kind::constant: break;
    case Kind::normal:
    case Kind::xavier_normal:
    case Kind::he_normal: stats::normal_variates(random, draws); break;
    case Kind::uniform:
    case Kind::xavier_uniform:
    case Kind::he_uniform:
      math::uniform(random, draws);
      for (double& draw : draws) draw = 2 * draw - 1;
      break;
    case Kind::orthogonal: {
      const auto size = static_cast<Index>(weights.size());
      require<DimensionError>(rows >= 1 && size % rows == 0,
                              "initialize: {} weights are not the same in each of {} rows", size,
                              rows);
      if (size == 0) return;
      Eigen::Map<RowMat>(draws.data(), rows, size / rows) = orthonormal(rows, size / rows, random);
      break;
    }
  }
  const double factor = scale * width(kind, fan);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<T>(factor * draws[i]);
}

template void initialize<float>(const Initializer&, const Fan&, Index, std::uint64_t, std::uint64_t,
                                std::span<float>);
template void initialize<double>(const Initializer&, const Fan&, Index, std::uint64_t,
                                 std::uint64_t, std::span<double>);

Initializer parse_initializer(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view name = text.substr(0, colon);
  const auto& names = kind_names();
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end())
    throw DataError(fmt::format("initializer '{}': there are {}{}", text, fmt::join(names, ", "),
                                did_you_mean(name, names)));
  Initializer found{.kind = static_cast<Kind>(at - names.begin())};
  if (colon < text.size()) {
    const auto scale = read_number<double>(text.substr(colon + 1));
    if (!scale || !allows(found.kind, *scale))
      throw DataError(
          fmt::format("initializer '{}': behind the colon stands a scale{}, as in "
                      "normal:0.2",
                      text, found.kind == Kind::constant ? "" : " > 0"));
    found.scale = *scale;
  }
  return found;
}

std::string to_string(const Initializer& initializer) {
  const std::string& name = name_of(initializer.kind);
  return initializer.scale == 1 ? name : fmt::format("{}:{}", name, initializer.scale);
}

}  // namespace mathtool::nn
