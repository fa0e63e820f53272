#include "mathtool/data/table_reader.hpp"

#include <algorithm>
#include <bit>

#include "block_parser.hpp"
#include "chunk_cutter.hpp"
#include "mathtool/math/error.hpp"
#include "schema_sampling.hpp"
#include "table_sample.hpp"

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

Index choose_rows_per_block(Index columns) {
  constexpr std::uint64_t cells = std::uint64_t{1} << 19, most_rows = 1024;
  const auto rows = std::bit_floor(cells / static_cast<std::uint64_t>(columns));
  return static_cast<Index>(std::clamp<std::uint64_t>(rows, 1, most_rows));
}

}  // namespace

struct TableReader::State {
  State(Input source, const ReadOptions& reading) : input(std::move(source)), options(reading) {
    validate(options);
    input.remember();
    sample = read_sample(input, options);
    dialect = sample.dialect;
    schema = sample_schema(sample, options, input.name());
    rows_per_block = choose_rows_per_block(std::ssize(schema.columns));
  }

  Input input;
  ReadOptions options;
  TextDialect dialect = {};
  TableSchema schema = {};
  Index rows_per_block = 0;

  TableSample sample = {};  // the start of the first pass, empty afterwards
  int passes = 0;
  bool another_pass_expected = false;
  std::optional<ChunkCutter> cutter = {};
  std::optional<BlockParser> parser = {};
};

TableReader::TableReader(Input input, const ReadOptions& options)
    : state_(std::make_unique<State>(std::move(input), options)) {}
TableReader::TableReader(TableReader&&) noexcept = default;
TableReader::~TableReader() = default;

const TableSchema& TableReader::schema() const { return state_->schema; }
const std::string& TableReader::name() const { return state_->input.name(); }
Index TableReader::rows_per_block() const { return state_->rows_per_block; }

void TableReader::expect_another_pass() { state_->another_pass_expected = true; }

void TableReader::start_pass(const ColumnSelection& selection) {
  State& state = *state_;
  const Index columns = std::ssize(state.schema.columns);
  for (const auto* list : {&selection.numbers, &selection.texts})
    for (const Index column : *list)
      require<DimensionError>(0 <= column && column < columns,
                              "TableReader: there is no column {} among {}", column, columns);
  state.parser.emplace(name(), state.schema, state.dialect, state.options, selection,
                       state.rows_per_block);
  if (state.passes++ == 0) {
    if (!state.another_pass_expected) state.input.forget();
    state.cutter.emplace(state.input, std::move(state.sample.text), state.sample.end, state.dialect,
                         state.rows_per_block);
  } else {
    state.input.rewind();
    std::string mark(state.sample.mark_size, '\0');
    state.input.read(mark);
    state.cutter.emplace(state.input, "", TextEnd::of_buffer, state.dialect, state.rows_per_block);
  }
  if (state.schema.has_header) state.cutter->skip_header();
}

std::unique_ptr<TextChunk> TableReader::next_chunk(const RunControl& run) {
  auto chunk = state_->cutter->next();
  run.progress.report(state_->cutter->bytes_read(), state_->input.size().value_or(0));
  return chunk;
}

RowBlock TableReader::parse(const TextChunk& chunk) const { return state_->parser->parse(chunk); }

}  // namespace mathtool::data
