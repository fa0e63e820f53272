#include "text_table.hpp"

#include <utility>

#include "rows_per_block.hpp"
#include "schema_sampling.hpp"

namespace mathtool::data {

TextTable::TextTable(Input& input, const ReadOptions& options)
    : input_(input),
      options_(options),
      sample_(read_sample(input, options)),
      schema_(sample_schema(sample_, options, input.name())),
      rows_per_block_(choose_rows_per_block(std::ssize(schema_.columns))) {}

void TextTable::start_pass(const ColumnSelection& selection) {
  parser_.emplace(input_.name(), schema_, sample_.dialect, options_, selection, rows_per_block_);
  if (std::exchange(first_pass_, false)) {
    const std::string start = std::exchange(sample_.text, {});
    cutter_.emplace(input_, start, sample_.end, sample_.dialect, rows_per_block_);
  } else {
    input_.rewind();
    std::string mark(sample_.mark_size, '\0');
    input_.read(mark);
    cutter_.emplace(input_, "", TextEnd::of_buffer, sample_.dialect, rows_per_block_);
  }
  if (schema_.has_header) cutter_->skip_header();
}

std::unique_ptr<UnparsedBlock> TextTable::next_block() {
  std::shared_ptr<TextChunk> chunk = cutter_->next();
  if (!chunk) return nullptr;
  return std::make_unique<UnparsedBlock>(
      UnparsedBlock{[this, chunk = std::move(chunk)] { return parser_->parse(*chunk); }});
}

}  // namespace mathtool::data
