#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/table_input.hpp"
#include "cli/table_store.hpp"
#include "mathtool/data/missing.hpp"
#include "mathtool/stats/accumulators/grouped.hpp"

namespace mathtool::cli {

/// What a command wants of the rows it passes over.
struct PassOptions {
  bool incomplete = false;  ///< rows with missing values too, whatever --missing says: the command
                            ///< treats each column by itself
  bool texts = false;       ///< the carried text columns
  bool complete_texts = false;  ///< with `texts`: a carried cell without a value counts as missing,
                                ///< as a number does
  bool all = false;             ///< every row of the table as well
};

/// The rows of one block that a command works on: those that --where keeps and --missing leaves.
struct TableRows {
  std::int64_t first_row = 0;            ///< of the block, counted from the first of the table
  RowMat numbers = {};                   ///< rows × numeric columns, NaN where missing
  Vec weights = {};                      ///< one per row; empty without --weights
  data::TextCells texts = {};            ///< rows × carried columns, if asked for
  std::vector<std::int64_t> lines = {};  ///< of the file, from 1; where texts are asked for
  data::TextCells levels = {};           ///< rows × group columns
  data::RowCount count = {};        ///< of the whole block; missing: also of the weights, then of
                                    ///< the texts under PassOptions::complete_texts
  std::optional<AllRows> all = {};  ///< under PassOptions::all

  Index rows() const { return numbers.rows(); }
};

/// The rows of one group: the columns of -g have these levels in all of them.
struct RowGroup {
  std::vector<std::string> levels = {};
  TableRows rows = {};
};

/// One pass over a table as --where, --missing, --weights and -g ask for it.
class TablePass {
 public:
  explicit TablePass(TableInput& input, const PassOptions& options = {});

  /// `map` works on several blocks at once, `consume` takes its results in the order of the rows.
  ///
  ///     map: (TableRows&&) → T      consume: (T&&)
  template <class Map, class Consume>
  void read(Map&& map, Consume&& consume, const RunControl& run);

  /// The same with every row of the table, whatever --where and --missing say.
  ///
  ///     map: (AllRows&&) → T      consume: (T&&)
  template <class Map, class Consume>
  void read_all(Map&& map, Consume&& consume, const RunControl& run);

 private:
  TableRows take(data::RowBlock&& block) const;
  AllRows whole(data::RowBlock&& block, std::vector<bool>&& kept) const;
  std::vector<bool> filter(const data::RowBlock& block) const;
  std::vector<Index> usable_rows(const data::RowBlock& block, const std::vector<bool>& kept,
                                 data::RowCount& count) const;

  TableInput& input_;
  PassOptions options_;
  data::ColumnSelection selection_ = {};
};

/// Throws: InsufficientDataError for more groups than anyone could look at.
void require_group_limit(const TableInput& input, std::size_t groups);

/// Throws: DataError where rows of such a weight in all can no longer be counted one by one.
void require_weight_limit(const TableInput& input, double weight);

/// Rows group by group, in order of first appearance; all of them in one group without -g.
std::vector<RowGroup> split_by_group(TableRows&& rows, Index group_columns);

/// What one pass gathered: a value for each group, one of no levels without -g.
template <class A>
struct GatheredGroups {
  stats::Grouped<A, std::vector<std::string>> groups = {};
  data::RowCount count = {};
};

/// Leaves groups as they are.
struct LeaveGroups {
  void operator()(auto&) const {}
};

/// Gathers an accumulator per group in one pass. `push` folds rows into a copy of `empty`, on
/// several blocks at once; the copies are merged in the order of the rows.
///
/// With a store, every row of the table goes there as well. `settle` sees all groups after each
/// merge and may make them smaller.
///
///     push: (A&, TableRows&&)      A: merge(A&&)      settle: (vector<Grouped::Group>&)
template <class A, class Push, class Settle = LeaveGroups>
GatheredGroups<A> gather_groups(TableInput& input, const A& empty, Push&& push,
                                const PassOptions& options, const RunControl& run,
                                TableStore* store = nullptr, Settle&& settle = {});

template <class Map, class Consume>
void TablePass::read(Map&& map, Consume&& consume, const RunControl& run) {
  input_.reader.read(
      selection_, [&](data::RowBlock&& block) { return map(take(std::move(block))); },
      std::forward<Consume>(consume), run);
}

template <class Map, class Consume>
void TablePass::read_all(Map&& map, Consume&& consume, const RunControl& run) {
  input_.reader.read(
      selection_,
      [&](data::RowBlock&& block) {
        std::vector<bool> kept = filter(block);
        return map(whole(std::move(block), std::move(kept)));
      },
      std::forward<Consume>(consume), run);
}

template <class A, class Push, class Settle>
GatheredGroups<A> gather_groups(TableInput& input, const A& empty, Push&& push,
                                const PassOptions& options, const RunControl& run,
                                TableStore* store, Settle&& settle) {
  using Groups = stats::Grouped<A, std::vector<std::string>>;
  struct Part {
    GatheredGroups<A> gathered;
    std::optional<AllRows> all;
    double weight = 0.0;
  };
  double weight = 0.0;
  GatheredGroups<A> result{Groups(empty), {}};
  if (input.groups.empty()) result.groups[{}];
  PassOptions how = options;
  how.all = how.all || store;
  TablePass pass(input, how);
  pass.read(
      [&](TableRows&& rows) {
        Part part{{Groups(empty), rows.count}, std::move(rows.all), rows.weights.sum()};
        require_weight_limit(input, part.weight);
        for (RowGroup& group : split_by_group(std::move(rows), std::ssize(input.groups)))
          push(part.gathered.groups[group.levels], std::move(group.rows));
        return part;
      },
      [&](Part&& part) {
        weight += part.weight;
        require_weight_limit(input, weight);
        result.count.merge(part.gathered.count);
        result.groups.merge(std::move(part.gathered.groups));
        require_group_limit(input, result.groups.groups().size());
        settle(result.groups.groups());
        if (store) store->keep(std::move(*part.all));
      },
      run);
  return result;
}

}  // namespace mathtool::cli
