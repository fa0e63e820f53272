#include "chunk_cutter.hpp"

#include "support/catch.hpp"

using namespace mathtool;
using namespace mathtool::data;

namespace {

struct Piece {
  std::string text;
  std::int64_t first_row, first_line;

  bool operator==(const Piece&) const = default;
};

/// The chunks of `text`, `known` bytes of which were read before.
std::vector<Piece> cut(const std::string& text, std::size_t known, Index rows_per_chunk) {
  Input rest = Input::from_text(text.substr(known));
  ChunkCutter cutter(rest, std::string_view(text).substr(0, known), TextEnd::of_buffer, {},
                     rows_per_chunk);
  std::vector<Piece> pieces;
  while (const auto chunk = cutter.next()) {
    CHECK(!chunk->failure);
    pieces.push_back({std::string(chunk->text), chunk->first_row, chunk->first_line});
  }
  return pieces;
}

}  // namespace

TEST_CASE("chunk cutter: quoted line ends and blank lines, wherever the first reading stops",
          "[data]") {
  const std::string text = "1,\"a\nb\"\n\n2,\"\"\"\n\"\r\n3,x\n \n\"\n\n\",y\n5,z";
  const std::vector<Piece> expected{
      {"1,\"a\nb\"\n\n2,\"\"\"\n\"\r\n", 0, 1}, {"3,x\n \n\"\n\n\",y\n", 2, 6}, {"5,z\n", 4, 11}};
  for (std::size_t known = 0; known <= text.size(); ++known) {
    INFO("known: " << known);
    CHECK(cut(text, known, 2) == expected);
  }
}

TEST_CASE("chunk cutter: quotes that are text stay text", "[data]") {
  const std::string text = "5\" pipe,\"x\" ,1\n6\" pipe,\"y\n\" ,2\n7,z,3\n";
  const std::vector<Piece> expected{
      {"5\" pipe,\"x\" ,1\n", 0, 1}, {"6\" pipe,\"y\n\" ,2\n", 1, 2}, {"7,z,3\n", 2, 4}};
  for (std::size_t known = 0; known <= text.size(); ++known) {
    INFO("known: " << known);
    CHECK(cut(text, known, 1) == expected);
  }
}

TEST_CASE("chunk cutter: chunks keep their text while others are cut", "[data]") {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + ",some text\n";
  Input input = Input::from_text(text);
  ChunkCutter cutter(input, "", TextEnd::of_buffer, {}, 1000);
  std::vector<std::unique_ptr<TextChunk>> chunks;
  while (auto chunk = cutter.next()) chunks.push_back(std::move(chunk));
  CHECK(chunks.size() == 300);
  std::string together;
  for (const auto& chunk : chunks) together += chunk->text;
  CHECK(together == text);
  CHECK(cutter.bytes_read() == std::ssize(text));
}
