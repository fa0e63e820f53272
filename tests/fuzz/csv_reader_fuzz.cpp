#include <cstdint>
#include <cstdlib>
#include <string>

#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"

using namespace mathtool;

namespace {

/// Reads every column both as number and as text and walks over what arrives.
void read_all(const std::string& text, const data::ReadOptions& options) {
  data::TableReader reader(data::Input::from_text(text), options);
  const Index columns = std::ssize(reader.schema().columns);
  data::ColumnSelection all{.numbers = reader.schema().columns_of(data::ColumnType::numeric)};
  for (Index column = 0; column < columns; ++column) all.texts.push_back(column);
  std::int64_t line = 0;
  reader.read(all,
              [&](data::RowBlock&& block) {
                if (block.texts.size() != block.rows() * columns) std::abort();
                if (block.numbers.rows() != block.rows()) std::abort();
                if (block.numbers.array().isInf().any()) std::abort();
                for (const std::int64_t next : block.lines) {
                  if (next <= line) std::abort();
                  line = next;
                }
              },
              {.threads = 1});
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
  try {
    read_all(std::string(reinterpret_cast<const char*>(bytes) + 1, size - 1), options);
  } catch (const Error&) {}
  return 0;
}
