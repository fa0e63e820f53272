#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "cli/input_report.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::cli {

/// The complete rows of a table, less those of weight 0, for as many passes as a fit takes. The
/// first reads the table; rows stay in memory while they fit, else each pass reads again.
class ModelRows {
 public:
  /// The numeric and carried columns of `input` are all that a row needs. `memory` is for the rows.
  ModelRows(TableInput& input, std::int64_t memory, const RunControl& run)
      : input_(&input), memory_(memory), run_(run) {}
  /// Rows that are in memory already.
  ModelRows(std::vector<TableRows>&& blocks, const RunControl& run)
      : run_(run), passes_(1), kept_(true), blocks_(std::move(blocks)) {}

  /// `map` works on several blocks at once, `consume` takes its results in the order of the rows.
  ///
  ///     map: (const TableRows&) → T      consume: (T&&)
  template <class Map, class Consume>
  void pass(Map&& map, Consume&& consume);

  /// Of the first pass.
  const data::RowCount& count() const { return count_; }
  MissingTexts missing_texts() const;

 private:
  /// Leaves rows out that lack a text or have weight 0.
  TableRows complete(TableRows&& rows, std::vector<std::int64_t>& missing) const;
  void keep(TableRows&& rows);

  TableInput* input_ = nullptr;
  std::int64_t memory_ = 0, used_ = 0;
  RunControl run_;
  int passes_ = 0;
  bool kept_ = true;
  std::vector<TableRows> blocks_ = {};
  data::RowCount count_ = {};
  std::vector<std::int64_t> missing_texts_ = {};
};

template <class Map, class Consume>
void ModelRows::pass(Map&& map, Consume&& consume) {
  using T = decltype(map(std::declval<const TableRows&>()));
  if (passes_++ > 0 && kept_) {
    std::size_t next = 0;
    const auto produce = [&] {
      return next < blocks_.size() ? std::make_unique<std::size_t>(next++) : nullptr;
    };
    math::ordered_pipeline<std::size_t>(
        produce, [&](std::size_t& place) { return map(std::as_const(blocks_[place])); },
        [&](T&& value) { consume(std::move(value)); }, run_);
    return;
  }
  struct Part {
    T value;
    TableRows rows;
    std::vector<std::int64_t> missing;
  };
  const bool first = passes_ == 1;
  TablePass table(*input_, {.texts = true});
  table.read(
      [&](TableRows&& rows) {
        std::vector<std::int64_t> missing;
        TableRows whole = complete(std::move(rows), missing);
        T value = map(std::as_const(whole));
        return Part{std::move(value), std::move(whole), std::move(missing)};
      },
      [&](Part&& part) {
        if (first) {
          count_.merge(part.rows.count);
          missing_texts_.resize(part.missing.size());
          for (std::size_t t = 0; t < part.missing.size(); ++t)
            missing_texts_[t] += part.missing[t];
          keep(std::move(part.rows));
        }
        consume(std::move(part.value));
      },
      run_);
}

/// The rows of each group, in memory. Throws: DataError where they do not fit.
struct GroupRows {
  std::vector<std::string> levels = {};
  std::vector<TableRows> blocks = {};
};
struct GroupedRows {
  std::vector<GroupRows> groups = {};
  data::RowCount count = {};
  MissingTexts missing_texts = {};
};
GroupedRows gather_model_groups(TableInput& input, std::int64_t memory, const RunControl& run);

}  // namespace mathtool::cli
