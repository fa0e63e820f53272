#include "mathtool/data/table_reader.hpp"

#include <exception>
#include <string_view>
#include <utility>
#include <variant>

#include "array_table.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "text_table.hpp"
#include "unparsed_block.hpp"

namespace mathtool::data {
namespace {

void validate(const ReadOptions& options) {
  require(options.sample_rows > 0, "ReadOptions: sample_rows must be > 0, got {}",
          options.sample_rows);
  require(options.decimal == '.' || options.decimal == ',',
          "ReadOptions: decimal must be '.' or ',', got '{}'", options.decimal);
  if (!options.delimiter) return;
  const char delimiter = *options.delimiter;
  require(delimiter != options.decimal, "ReadOptions: '{}' cannot be both delimiter and decimal",
          delimiter);
  constexpr std::string_view unfit("\"\r\n\0+-0123456789", 16);
  require(unfit.find(delimiter) == unfit.npos,
          "ReadOptions: the delimiter cannot be a quote, a line break, a sign or a digit");
}

using Table = std::variant<TextTable, ArrayTable>;

Table open_table(Input& input, const ReadOptions& options) {
  validate(options);
  input.remember();
  if (holds_array(input)) return Table(std::in_place_type<ArrayTable>, input, options);
  return Table(std::in_place_type<TextTable>, input, options);
}

}  // namespace

struct TableReader::State {
  State(Input source, const ReadOptions& options)
      : input(std::move(source)), table(open_table(input, options)) {}

  void start_pass(const ColumnSelection& selection) {
    if (passes++ == 0 && !another_pass_expected) input.forget();
    std::visit([&](auto& any) { any.start_pass(selection); }, table);
  }

  std::unique_ptr<UnparsedBlock> next_block(const RunControl& run) {
    auto block = std::visit([](auto& any) { return any.next_block(); }, table);
    const ReadingProgress progress = input.progress();
    run.progress.report(progress.done, progress.total);
    return block;
  }

  Input input;
  Table table;
  int passes = 0;
  bool another_pass_expected = false;
};

TableReader::TableReader(Input input, const ReadOptions& options)
    : state_(std::make_unique<State>(std::move(input), options)) {}
TableReader::TableReader(TableReader&&) noexcept = default;
TableReader::~TableReader() = default;

const TableSchema& TableReader::schema() const {
  return std::visit([](const auto& table) -> const TableSchema& { return table.schema(); },
                    state_->table);
}

const std::string& TableReader::name() const { return state_->input.name(); }

Index TableReader::rows_per_block() const {
  return std::visit([](const auto& table) { return table.rows_per_block(); }, state_->table);
}

void TableReader::expect_another_pass() { state_->another_pass_expected = true; }

void TableReader::read_each(const ColumnSelection& selection,
                            FunctionRef<std::shared_ptr<void>(RowBlock&&)> map,
                            FunctionRef<void(void*)> consume, const RunControl& run) {
  struct Outcome {
    std::shared_ptr<void> value = {};
    std::exception_ptr failure = {};
  };
  const Index columns = std::ssize(schema().columns);
  for (const auto* list : {&selection.numbers, &selection.texts})
    for (const Index column : *list)
      require<DimensionError>(0 <= column && column < columns,
                              "TableReader: there is no column {} among {}", column, columns);
  state_->start_pass(selection);
  math::ordered_pipeline<UnparsedBlock>([&] { return state_->next_block(run); },
                                        [&](UnparsedBlock& block) -> Outcome {
                                          try {
                                            return {.value = map(block.parse())};
                                          } catch (...) {
                                            return {.failure = std::current_exception()};
                                          }
                                        },
                                        [&](Outcome&& outcome) {
                                          if (outcome.failure)
                                            std::rethrow_exception(outcome.failure);
                                          consume(outcome.value.get());
                                        },
                                        run);
}

}  // namespace mathtool::data
