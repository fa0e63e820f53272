#include <rapidcheck.h>

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "block_parser.hpp"
#include "mathtool/math/error.hpp"
#include "record_count.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using namespace mathtool::data;

namespace {

std::vector<SimdLevel> supported_levels() {
  std::vector<SimdLevel> levels;
  for (const SimdLevel level : {SimdLevel::scalar, SimdLevel::avx2, SimdLevel::avx512})
    if (level <= supported_simd_level()) levels.push_back(level);
  return levels;
}

/// Kernels that find a NUL byte everywhere, so that nothing takes the fast path.
TextKernels suspicious_kernels() {
  TextKernels kernels = text_kernels(SimdLevel::scalar);
  kernels.find_symbols = [](const char* text, std::size_t blocks, char delimiter, char line_end,
                            SymbolMasks& masks) {
    text_kernels(SimdLevel::scalar).find_symbols(text, blocks, delimiter, line_end, masks);
    return true;
  };
  return kernels;
}

/// Everything that parsing tells, in a form that compares bits.
struct Outcome {
  std::string failure = {};
  std::vector<std::uint64_t> numbers = {};
  TextCells texts = {};
  std::vector<std::int64_t> lines = {};
  std::int64_t bad_rows = 0;
  std::string first_bad_row = {};

  bool operator==(const Outcome&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << outcome.lines.size() << " rows, failure: " << outcome.failure;
}

TableSchema schema_of(Index columns) {
  TableSchema schema;
  for (Index i = 1; i <= columns; ++i) schema.columns.push_back({.name = fmt::format("x{}", i)});
  return schema;
}

struct ParseTask {
  std::string text;
  TextDialect dialect = {};
  ReadOptions options = {};
  ColumnSelection selection = {};
  Index columns = 0;
};

Outcome parse(const ParseTask& task, const TextKernels& kernels) {
  const auto memory = std::make_shared<TextMemory>();
  memory->bytes = std::make_unique<char[]>(16 + task.text.size());
  task.text.copy(memory->bytes.get() + 16, task.text.size());
  const TextChunk chunk{.text = {memory->bytes.get() + 16, task.text.size()}, .memory = memory};
  const TableSchema schema = schema_of(task.columns);
  Outcome outcome;
  try {
    const BlockParser parser("t", schema, task.dialect, task.options, task.selection, 1024,
                             kernels);
    const RowBlock block = parser.parse(chunk);
    for (Index i = 0; i < block.numbers.size(); ++i) {
      std::uint64_t bits;
      std::memcpy(&bits, block.numbers.data() + i, sizeof bits);
      outcome.numbers.push_back(bits);
    }
    outcome.texts = block.texts;
    outcome.lines = block.lines;
    outcome.bad_rows = block.bad_rows;
    outcome.first_bad_row = block.first_bad_row;
  } catch (const Error& error) { outcome.failure = error.what(); }
  return outcome;
}

rc::Gen<std::string> number_text() {
  return rc::gen::oneOf(
      rc::gen::element<std::string>(
          "", "NA", " 7 ", "0", "-0", "007", "1.", ".5", "-.5", "+3", "1e5", "-2.5E-3",
          "123456789012345", "1234567890123456", "0.00000000000001", "9007199254740993", "1e-330",
          "99999999.99999999", "\"4.25\"", "\" 8\"", std::string(400, '1').insert(7, ".")),
      rc::gen::map(rc::gen::arbitrary<int>(), [](int n) { return fmt::format("{}", n); }),
      rc::gen::map(rc::gen::arbitrary<double>(),
                   [](double x) { return fmt::format("{:.6g}", std::isfinite(x) ? x : 0.5); }));
}

rc::Gen<std::string> odd_text() {
  return rc::gen::element<std::string>("x", "-", ".", "1.2.3", "1-2", "--1", "1e", "inf", "1e999",
                                       "a\"b", "\"a,b\"", "\"two\nlines\"", "\"say \"\"hi\"\"\"",
                                       "\"\"", "\"x\" ", "\"x\"y", "\xC3\xA9", "1\r",
                                       std::string(1, '\0'), "12345678901234567890x");
}

/// Rows that are mostly of one width, some of them odd in one way or another.
ParseTask any_task() {
  ParseTask task;
  task.columns = *rc::gen::inRange<Index>(1, 12);
  task.dialect.delimiter = *rc::gen::elementOf(std::string(",;\t|"));
  task.dialect.line_end = *rc::gen::weightedElement<char>({{9, '\n'}, {1, '\r'}});
  task.options.bad_rows = *rc::gen::element(BadRows::error, BadRows::skip);
  if (*rc::gen::weightedElement<bool>({{1, true}, {5, false}})) task.options.missing = {"0", "-9"};
  const bool carriage_return = *rc::gen::arbitrary<bool>() && task.dialect.line_end == '\n';
  const int oddness = *rc::gen::element(0, 0, 1, 5);
  const auto happens = [&] { return *rc::gen::inRange(0, 200) < oddness; };
  const auto rows = *rc::gen::inRange(0, 40);
  for (int row = 0; row < rows; ++row) {
    const Index width = happens() ? *rc::gen::inRange<Index>(1, 14) : task.columns;
    for (Index i = 0; i < width; ++i) {
      if (i > 0) task.text += task.dialect.delimiter;
      task.text += happens() ? *odd_text() : *number_text();
    }
    if (carriage_return) task.text += '\r';
    task.text += task.dialect.line_end;
    if (happens()) task.text += task.dialect.line_end;
  }
  if (*rc::gen::inRange(0, 4) == 0) {  // more numbers than are read at once
    const std::string once = task.text;
    for (int i = 1; i < 25; ++i) task.text += once;
  }
  for (Index column = 0; column < task.columns; ++column) {
    if (*rc::gen::inRange(0, 4) > 0) task.selection.numbers.push_back(column);
    if (*rc::gen::inRange(0, 4) == 0) task.selection.texts.push_back(column);
  }
  if (*rc::gen::arbitrary<bool>())
    std::reverse(task.selection.numbers.begin(), task.selection.numbers.end());
  return task;
}

}  // namespace

TEST_CASE("simd levels: all read the same from any table, as the careful way does",
          "[data][simd]") {
  CHECK(rc::check([] {
    const ParseTask task = any_task();
    RC_LOG(task.text);
    const TextKernels suspicious = suspicious_kernels();
    const Outcome careful = parse(task, suspicious);
    for (const SimdLevel level : supported_levels())
      RC_ASSERT(parse(task, text_kernels(level)) == careful);
  }));
}

TEST_CASE("simd levels: all count the same records as RecordScanner", "[data][simd]") {
  CHECK(rc::check([] {
    const ParseTask task = any_task();
    const auto cut = *rc::gen::inRange<std::size_t>(0, task.text.size() + 1);
    const std::string_view text = std::string_view(task.text).substr(0, cut);
    const TextEnd end = *rc::gen::element(TextEnd::of_table, TextEnd::of_buffer);
    const Index most = *rc::gen::inRange<Index>(1, 45);
    RC_LOG(std::string(text));
    RecordScanner scanner(text, task.dialect, 5, end);
    Index expected = 0;
    while (expected < most && scanner.next()) ++expected;
    for (const SimdLevel level : supported_levels()) {
      const RecordCount count =
          count_records(text, task.dialect, 5, end, most, text_kernels(level));
      RC_ASSERT(count.records == expected);
      RC_ASSERT(count.size == scanner.position());
      RC_ASSERT(count.line == scanner.line());
      RC_ASSERT(count.open_quote == scanner.open_quote());
    }
  }));
}

TEST_CASE("simd levels: plain decimals are read at once, as strtod reads them", "[data][simd]") {
  CHECK(rc::check([] {
    const auto cells = *rc::gen::container<std::vector<std::string>>(number_text());
    std::string text(16, '#');
    std::vector<std::uint32_t> before, end;
    for (const std::string& cell : cells) {
      before.push_back(static_cast<std::uint32_t>(text.size()) - 17);
      text += cell;
      end.push_back(static_cast<std::uint32_t>(text.size()) - 16);
      text += ',';
    }
    for (const SimdLevel level : supported_levels()) {
      std::vector<double> values(cells.size());
      std::vector<std::uint32_t> unread(cells.size());
      unread.resize(text_kernels(level).read_decimals(text.data() + 16,
                                                      {before.data(), end.data(), cells.size()},
                                                      '.', values.data(), unread.data()));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        RC_LOG(cells[i]);
        const bool read = std::find(unread.begin(), unread.end(), i) == unread.end();
        const bool is_short = cells[i].size() <= 15 &&
                              cells[i].find_first_of("0123456789") != std::string::npos &&
                              cells[i].find_first_not_of("-.0123456789") == std::string::npos;
        if (is_short) RC_ASSERT(read);
        if (!read) continue;
        const double expected = std::strtod(cells[i].c_str(), nullptr);
        RC_ASSERT(std::memcmp(&values[i], &expected, sizeof expected) == 0);
      }
    }
  }));
}

TEST_CASE("simd levels: wherever quotes and line ends fall into blocks of 64 bytes",
          "[data][simd]") {
  for (std::size_t shift = 0; shift <= 130; ++shift) {
    ParseTask task{.text = std::string(shift, 'x') + ",1\n\"a\n,\"\"b\"\"\",2\r\n\"\",3.5\n",
                   .selection = {.numbers = {1}, .texts = {0}},
                   .columns = 2};
    if (shift == 0) task.text.insert(0, "x");
    for (const SimdLevel level : supported_levels()) {
      const Outcome outcome = parse(task, text_kernels(level));
      INFO("shift " << shift << ": " << outcome.failure);
      CHECK(outcome.lines == std::vector<std::int64_t>{1, 2, 4});
      CHECK(outcome.texts ==
            TextCells{std::string(std::max<std::size_t>(shift, 1), 'x'), "a\n,\"b\"", ""});
    }
  }
}
