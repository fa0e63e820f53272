#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "block_parser.hpp"
#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"
#include "record_count.hpp"
#include "schema_sampling.hpp"

using namespace mathtool;

namespace {

void require_that(bool holds) {
  if (!holds) std::abort();
}

data::ColumnSelection everything(const data::TableSchema& schema) {
  data::ColumnSelection all{.numbers = schema.columns_of(data::ColumnType::numeric)};
  for (Index column = 0; column < std::ssize(schema.columns); ++column) all.texts.push_back(column);
  return all;
}

/// Reads every column both as number and as text and walks over what arrives.
void read_all(const std::string& text, const data::ReadOptions& options) {
  data::TableReader reader(data::Input::from_text(text), options);
  const Index columns = std::ssize(reader.schema().columns);
  std::int64_t line = 0;
  reader.read(everything(reader.schema()),
              [&](data::RowBlock&& block) {
                require_that(block.texts.size() == block.rows() * columns);
                require_that(block.numbers.rows() == block.rows());
                require_that(!block.numbers.array().isInf().any());
                for (const std::int64_t next : block.lines) {
                  require_that(next > line);
                  line = next;
                }
              },
              {.threads = 1});
}

/// Finds a NUL byte in every text, so that nothing takes the fast path.
data::TextKernels suspicious_kernels() {
  data::TextKernels kernels = data::text_kernels(data::SimdLevel::scalar);
  kernels.find_symbols = [](const char* text, std::size_t blocks, char delimiter, char line_end,
                            data::SymbolMasks& masks) {
    data::text_kernels(data::SimdLevel::scalar)
        .find_symbols(text, blocks, delimiter, line_end, masks);
    return true;
  };
  return kernels;
}

/// What parsing gives, or the failure that it ends with.
std::pair<data::RowBlock, std::string> parse(const data::BlockParser& parser,
                                             const data::TextChunk& chunk) {
  try {
    return {parser.parse(chunk), ""};
  } catch (const Error& error) { return {data::RowBlock{}, error.what()}; }
}

/// Whether all instruction sets, and the careful way, read the same from a table.
void compare_levels(const std::string& text, const data::ReadOptions& options) {
  const data::TextKernels suspicious = suspicious_kernels();
  data::Input input = data::Input::from_text(text);
  const data::TableSample sample = read_sample(input, options);
  const data::TableSchema schema = sample_schema(sample, options, "text");
  constexpr Index rows = 4;
  data::ChunkCutter cutter(input, sample.text, sample.end, sample.dialect, rows);
  while (const auto chunk = cutter.next()) {
    const auto parser = [&](const data::TextKernels& kernels) {
      return data::BlockParser("text", schema, sample.dialect, options, everything(schema), rows,
                               kernels);
    };
    const auto [expected, failure] = parse(parser(suspicious), *chunk);
    for (int i = 0; i <= static_cast<int>(data::supported_simd_level()); ++i) {
      const data::TextKernels& kernels = data::text_kernels(static_cast<data::SimdLevel>(i));
      const auto [block, block_failure] = parse(parser(kernels), *chunk);
      require_that(block_failure == failure);
      require_that(block.texts == expected.texts && block.lines == expected.lines);
      require_that(block.first_bad_row == expected.first_bad_row);
      require_that(block.numbers.size() == expected.numbers.size());
      const auto bytes = sizeof(double) * static_cast<std::size_t>(block.numbers.size());
      require_that(bytes == 0 ||
                   std::memcmp(block.numbers.data(), expected.numbers.data(), bytes) == 0);

      data::RecordScanner scanner(chunk->text, sample.dialect, 1, data::TextEnd::of_buffer);
      Index records = 0;
      while (scanner.next()) ++records;
      const data::RecordCount count = count_records(chunk->text, sample.dialect, 1,
                                                    data::TextEnd::of_buffer, records + 1, kernels);
      require_that(count.records == records && count.size == scanner.position());
      require_that(count.line == scanner.line() && count.open_quote == scanner.open_quote());
    }
  }
}

}  // namespace

/// The first byte chooses how the others are read. Refusals are errors of this project; whatever
/// else happens is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = bytes[0];
  data::ReadOptions options;
  if (choice & 1) options.bad_rows = data::BadRows::skip;
  if (choice & 2) options.decimal = ',';
  if (choice & 4) options.header = true;
  if (choice & 8) options.delimiter = " \t;|"[(choice >> 4) & 3];
  if (choice & 64) options.sample_rows = 2;
  if (choice & 128) options.missing = {"-9"};
  const std::string text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  try {
    compare_levels(text, options);
  } catch (const Error&) {}
  try {
    read_all(text, options);
  } catch (const Error&) {}
  return 0;
}
