#pragma once

#include <span>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats {

/// The functions of distribution.hpp at each x: out[i] = pdf(d, x[i]), and so on. Formulas run in
/// vectors, shared by all threads, where a family has short ones; else long arrays are read off
/// tables that the call makes.
/// Pre:     out.size() == x.size(); out may be x, but not overlap it otherwise.
/// Error:   below 1e-14 relative to the function at one x, 1e-13 far in the tails.
/// Cost:    1 to 10 ns for each x; far out in a tail, or in arrays of less than `tabulated_size`,
///          what the function costs at one x.
void pdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out);
void log_pdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out);
void cdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out);
void log_cdf(const AnyDistribution& d, std::span<const double> x, std::span<double> out);
void survival(const AnyDistribution& d, std::span<const double> x, std::span<double> out);
void log_survival(const AnyDistribution& d, std::span<const double> x, std::span<double> out);
void quantile(const AnyDistribution& d, std::span<const double> p, std::span<double> out);
void quantile_survival(const AnyDistribution& d, std::span<const double> p, std::span<double> out);

/// From here on arrays are worth a table.
inline constexpr std::size_t tabulated_size = 16384;

}  // namespace mathtool::stats
