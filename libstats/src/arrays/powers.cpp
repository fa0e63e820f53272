#include <cmath>

#include "arrays/closed_forms.hpp"
#include "arrays/elementwise.hpp"

namespace mathtool::stats {
namespace {

constexpr std::size_t block_length = 512;  ///< values that stay in the nearest cache

/// Whether x^a is a product of few factors x and √x.
bool is_short_power(double a) { return std::abs(a) <= 32 && 2 * a == std::round(2 * a); }

MATHTOOL_MULTIVERSION
void multiply_by_power(double* product, double* base, double exponent, std::size_t n) {
  auto twice = static_cast<unsigned>(2 * std::abs(exponent));
  const bool inverse = exponent < 0;
  if (inverse && twice != 0)
    MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) base[i] = 1 / base[i];
  if (twice % 2 == 1)
    MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) product[i] *= std::sqrt(base[i]);
  for (twice /= 2; twice != 0; twice /= 2) {
    if (twice % 2 == 1)
      MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) product[i] *= base[i];
    if (twice > 1) MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) base[i] *= base[i];
  }
}

/// For each block: `first` makes the starting product and the base of the first power from x,
/// `next` the base of the second power.
struct Block {
  const double* x;
  std::size_t n;
  double* product;
  double* base;
};

template <class Use>
void for_each_block(std::span<const double> x, std::span<double> out, const Use& use) {
  double copy[block_length], base[block_length], product[block_length];
  for (std::size_t first = 0; first < x.size(); first += block_length) {
    const std::size_t n = std::min(block_length, x.size() - first);
    std::copy_n(x.data() + first, n, copy);
    use(Block{copy, n, product, base});
    std::copy_n(product, n, out.data() + first);
  }
}

// Beyond 2000 exp(−t) is 0 whatever the power.
MATHTOOL_MULTIVERSION
void gamma_start(double factor, double scale, const double* x, std::size_t n, double* product,
                 double* base) {
  MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) {
    const double t = std::min(std::max(x[i] / scale, 0.0), 2000.0);
    const double inside = x[i] >= 0 ? 1.0 : 0.0;
    base[i] = x[i] >= 0 ? t : 1.0;
    product[i] = x[i] == x[i] ? factor * inside * math::kernels::exp(-t) : x[i];
  }
}

MATHTOOL_MULTIVERSION
void beta_start(double factor, const double* x, std::size_t n, double* product, double* base) {
  MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) {
    const bool inside = (x[i] >= 0) & (x[i] <= 1);
    const double value = inside ? factor : 0.0;
    product[i] = x[i] == x[i] ? value : x[i];
    base[i] = inside ? x[i] : 0.5;
  }
}

MATHTOOL_MULTIVERSION
void beta_complement(const double* x, std::size_t n, double* base) {
  MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) {
    const bool inside = (x[i] >= 0) & (x[i] <= 1);
    base[i] = inside ? 1 - x[i] : 0.5;
  }
}

MATHTOOL_MULTIVERSION
void student_t_start(double factor, double df, const double* x, std::size_t n, double* product,
                     double* base) {
  MATHTOOL_INDEPENDENT for (std::size_t i = 0; i < n; ++i) {
    base[i] = 1 + x[i] * x[i] / df;
    product[i] = factor;
  }
}

}  // namespace

bool gamma_density_array(double factor, double a, double scale, std::span<const double> x,
                         std::span<double> out) {
  if (!is_short_power(a)) return false;
  for_each_block(x, out, [&](const Block& block) {
    gamma_start(factor, scale, block.x, block.n, block.product, block.base);
    multiply_by_power(block.product, block.base, a, block.n);
  });
  return true;
}

bool beta_density_array(double factor, double a, double b, std::span<const double> x,
                        std::span<double> out) {
  if (!is_short_power(a) || !is_short_power(b)) return false;
  for_each_block(x, out, [&](const Block& block) {
    beta_start(factor, block.x, block.n, block.product, block.base);
    multiply_by_power(block.product, block.base, a, block.n);
    beta_complement(block.x, block.n, block.base);
    multiply_by_power(block.product, block.base, b, block.n);
  });
  return true;
}

bool student_t_density_array(double factor, double a, double df, std::span<const double> x,
                             std::span<double> out) {
  if (!is_short_power(a)) return false;
  for_each_block(x, out, [&](const Block& block) {
    student_t_start(factor, df, block.x, block.n, block.product, block.base);
    multiply_by_power(block.product, block.base, -a, block.n);
  });
  return true;
}

}  // namespace mathtool::stats
