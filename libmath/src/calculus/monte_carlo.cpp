#include "mathtool/math/calculus/monte_carlo.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "sample_moments.hpp"
#include "unit_cube.hpp"

namespace mathtool::math {
namespace {

constexpr std::int64_t block_size = 4096;  // samples that share a stream of random numbers

SampleMoments sample_block(const UnitCubeIntegrand& f, std::uint64_t seed, std::int64_t block,
                           std::int64_t count) {
  Philox random(seed, static_cast<std::uint64_t>(block));
  std::vector<double> u(f.dimensions()), x(f.dimensions());
  SampleMoments moments;
  for (std::int64_t i = 0; i < count; ++i) {
    for (double& coordinate : u) coordinate = uniform(random);
    moments.push(f(u, x));
  }
  return moments;
}

void judge(SampledIntegral& result, const SampleMoments& moments) {
  const double largest = moments.largest - std::abs(moments.mean);
  constexpr double few = 0.05;  // of the squares, in one sample
  if (!std::isfinite(moments.mean) || !std::isfinite(moments.squares)) {
    result.status = Status::not_finite;
    result.reason = "the integrand is not finite at some of the points";
    result.error = std::numeric_limits<double>::infinity();
  } else if (moments.squares == 0.0) {
    result.status = Status::suspicious;
    result.reason =
        fmt::format("the integrand is {:.6g} at all {} points", moments.mean, moments.count);
  } else if (moments.count >= 100 && largest > 0.0 && largest * largest > few * moments.squares) {
    result.status = Status::suspicious;
    result.reason = fmt::format("one of {} points carries {:.0f} % of the variance", moments.count,
                                std::min(100.0, 100 * largest * largest / moments.squares));
  } else {
    result.status = Status::converged;
  }
}

}  // namespace

SampledIntegral monte_carlo(PointFunction f, std::span<const double> low,
                            std::span<const double> high, const MonteCarloOptions& options) {
  require(options.samples >= 2, "monte_carlo: samples must be >= 2, got {}", options.samples);
  require(options.confidence > 0.0 && options.confidence < 1.0,
          "monte_carlo: confidence must be in (0, 1), got {}", options.confidence);
  const UnitCubeIntegrand cube("monte_carlo", f, low, high, std::numeric_limits<std::size_t>::max(),
                               false);
  const std::int64_t blocks = (options.samples + block_size - 1) / block_size;
  std::int64_t made = 0;
  SampleMoments all;
  ordered_pipeline<std::int64_t>(
      [&] { return made < blocks ? std::make_unique<std::int64_t>(made++) : nullptr; },
      [&](std::int64_t& block) {
        return sample_block(cube, options.seed, block,
                            std::min(block_size, options.samples - block * block_size));
      },
      [&](SampleMoments&& block) {
        all.merge(block);
        options.run.progress.report(all.count, options.samples);
      },
      options.run);

  const double n = static_cast<double>(all.count);
  const double z = std::numbers::sqrt2 * boost::math::erf_inv(options.confidence);
  SampledIntegral result;
  result.value = cube.sign() * all.mean;
  result.standard_error = std::sqrt(all.squares / (n - 1) / n);
  result.error = z * result.standard_error;
  result.low = result.value - result.error;
  result.high = result.value + result.error;
  result.evaluations = all.count;
  judge(result, all);
  return result;
}

}  // namespace mathtool::math
