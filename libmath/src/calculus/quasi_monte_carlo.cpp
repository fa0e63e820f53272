#include "mathtool/math/calculus/quasi_monte_carlo.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/math/random/philox.hpp"
#include "sample_moments.hpp"
#include "unit_cube.hpp"

namespace mathtool::math {
namespace {

constexpr std::int64_t points_per_sum = 4096;  // points summed in a row

/// φ⁻¹, φ⁻², ... modulo 1 in units of 2⁻⁶⁴, with φ^{d+1} = φ + 1: the numbers whose multiples are
/// spread most evenly in d dimensions. Ref: Roberts, The unreasonable effectiveness of quasirandom
/// sequences (2018).
std::vector<std::uint64_t> generators(std::size_t dimensions) {
  const double d = static_cast<double>(dimensions);
  double phi = 2.0;
  for (int i = 0; i < 64; ++i) phi = std::pow(1.0 + phi, 1.0 / (d + 1.0));
  std::vector<std::uint64_t> result(dimensions);
  double power = 1.0;
  for (std::uint64_t& step : result) {
    power /= phi;
    step = static_cast<std::uint64_t>(std::ldexp(power, 64));
  }
  return result;
}

/// The baker's map of a number in units of 2⁻⁶⁴: 1 − |2u − 1|, which joins the ends of [0, 1].
double folded(std::uint64_t u) {
  const bool rising = (u >> 63) == 0;
  const std::uint64_t doubled = rising ? u << 1 : ~(u << 1);
  return (static_cast<double>(doubled >> 12) + 0.5) * 0x1p-52;
}

struct Block {
  std::int64_t shift, first, count;
};

struct BlockSum {
  std::int64_t shift;
  double sum;
};

BlockSum sum_block(const UnitCubeIntegrand& f, const std::vector<std::uint64_t>& steps,
                   std::uint64_t seed, const Block& block) {
  Philox random(seed, static_cast<std::uint64_t>(block.shift));
  std::vector<std::uint64_t> place(steps.size());
  for (std::size_t k = 0; k < steps.size(); ++k)
    place[k] = random() + static_cast<std::uint64_t>(block.first) * steps[k];
  std::vector<double> u(steps.size()), x(steps.size());
  CompensatedSum sum;
  for (std::int64_t i = 0; i < block.count; ++i) {
    for (std::size_t k = 0; k < steps.size(); ++k) {
      u[k] = folded(place[k]);
      place[k] += steps[k];
    }
    sum += f(u, x);
  }
  return {block.shift, sum.value()};
}

}  // namespace

SampledIntegral quasi_monte_carlo(PointFunction f, std::span<const double> low,
                                  std::span<const double> high,
                                  const QuasiMonteCarloOptions& options) {
  constexpr std::size_t most_dimensions = 64;
  require(options.shifts >= 4, "quasi_monte_carlo: shifts must be >= 4, got {}", options.shifts);
  require(options.samples >= 2 * options.shifts,
          "quasi_monte_carlo: samples must be at least twice the {} shifts, got {}", options.shifts,
          options.samples);
  require(options.confidence > 0.0 && options.confidence < 1.0,
          "quasi_monte_carlo: confidence must be in (0, 1), got {}", options.confidence);
  const UnitCubeIntegrand cube("quasi_monte_carlo", f, low, high, most_dimensions, false);
  const std::vector<std::uint64_t> steps = generators(cube.dimensions());
  const std::int64_t per_shift = options.samples / options.shifts;

  std::vector<CompensatedSum> sums(static_cast<std::size_t>(options.shifts));
  Block next{0, 0, 0};
  std::int64_t done = 0;
  ordered_pipeline<Block>(
      [&]() -> std::unique_ptr<Block> {
        if (next.first == per_shift) next = {next.shift + 1, 0, 0};
        if (next.shift == options.shifts) return nullptr;
        next.count = std::min(points_per_sum, per_shift - next.first);
        auto block = std::make_unique<Block>(next);
        next.first += next.count;
        return block;
      },
      [&](Block& block) { return sum_block(cube, steps, options.seed, block); },
      [&](BlockSum&& block) {
        sums[static_cast<std::size_t>(block.shift)] += block.sum;
        done += std::min(points_per_sum, per_shift);
        options.run.progress.report(std::min(done, options.samples), options.samples);
      },
      options.run);

  SampleMoments means;
  for (const CompensatedSum& sum : sums) means.push(sum.value() / static_cast<double>(per_shift));
  const double shifts = static_cast<double>(options.shifts);
  const double t =
      boost::math::quantile(boost::math::students_t(shifts - 1), 0.5 + 0.5 * options.confidence);
  SampledIntegral result;
  result.value = cube.sign() * means.mean;
  result.standard_error = std::sqrt(means.squares / (shifts - 1) / shifts);
  result.error = t * result.standard_error;
  result.low = result.value - result.error;
  result.high = result.value + result.error;
  result.evaluations = per_shift * options.shifts;
  if (!std::isfinite(means.mean)) {
    result.status = Status::not_finite;
    result.reason = "the integrand is not finite at some of the points";
    result.error = std::numeric_limits<double>::infinity();
  } else if (means.squares == 0.0) {
    result.status = Status::suspicious;
    result.reason = "all shifts of the points give the same sum";
  } else {
    result.status = Status::converged;
  }
  return result;
}

}  // namespace mathtool::math
