#pragma once

namespace mathtool::stats {

/// The functions of distribution.hpp that arrays are evaluated by.
enum class Verb { pdf, log_pdf, cdf, log_cdf, survival, log_survival, quantile, quantile_survival };

}  // namespace mathtool::stats
