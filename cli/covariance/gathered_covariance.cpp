#include "cli/covariance/gathered_covariance.hpp"

#include <fmt/format.h>

#include "cli/kept_memory.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

GatheredCovariance::GatheredCovariance(Kind kind, Index columns, int threads) : kind_(kind) {
  if (kind == Kind::rows) covariance_ = stats::Covariance(columns, threads);
  if (kind == Kind::pairs) pairs_ = stats::PairwiseCovariance(columns);
}

void GatheredCovariance::push(TableRows&& rows) {
  rows_ += rows.rows();
  switch (kind_) {
    case Kind::rows: return covariance_.push_block(std::move(rows.numbers), rows.weights);
    case Kind::fourth: return fourth_.push_rows(rows.numbers, rows.weights);
    case Kind::pairs: return pairs_.push_rows(rows.numbers, rows.weights);
  }
}

void GatheredCovariance::merge(GatheredCovariance&& other) {
  rows_ += other.rows_;
  covariance_.merge(other.covariance_);
  fourth_.merge(other.fourth_);
  pairs_.merge(other.pairs_);
}

void GatheredCovariance::require_two_rows(const TableInput& input, std::string_view what) const {
  require<InsufficientDataError>(rows_ >= 2, "{} has {} usable row{}; {} needs at least 2",
                                 input.reader.name(), rows_, rows_ == 1 ? "" : "s", what);
  require<InsufficientDataError>(
      kind_ == Kind::pairs || covariance().weight() > 1,
      "{}: the weights of the usable rows sum to {}; {} needs more than 1", input.reader.name(),
      covariance().weight(), what);
}

GatheredGroups<GatheredCovariance> gather_covariances(TableInput& input,
                                                      GatheredCovariance::Kind kind,
                                                      std::int64_t memory, const RunControl& run) {
  const auto p = static_cast<double>(input.numeric.size());
  const double matrices = kind == GatheredCovariance::Kind::pairs ? 5.0 : 1.0;
  require_memory(matrices * p * p, memory, fmt::format("a covariance matrix of {0} x {0}", p));
  const auto check = [&](const auto& groups) {
    const auto count = static_cast<double>(groups.size());
    require_memory(count * matrices * p * p, memory,
                   fmt::format("covariance matrices of {0} x {0} for {1} groups", p, count));
  };
  return gather_groups(
      input, GatheredCovariance(kind, std::ssize(input.numeric), run.threads),
      [](GatheredCovariance& part, TableRows&& rows) { part.push(std::move(rows)); }, {}, run,
      nullptr, check);
}

}  // namespace mathtool::cli
