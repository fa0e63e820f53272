#include "compressed_bytes.hpp"
#include "fed_pipe.hpp"
#include "mathtool/math/error.hpp"
#include "support/scratch_folder.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using namespace std::string_literals;
using data::Input;
using test::FedPipe;
using test::gzip;

namespace {

std::string read_all(Input& input, std::size_t step = 1000) {
  std::string all, buffer(step, '\0');
  while (const std::size_t count = input.read(buffer)) all.append(buffer, 0, count);
  return all;
}

std::string unpacked(std::string bytes) {
  Input input = Input::from_text(std::move(bytes), "t.gz");
  return read_all(input);
}

/// Lines that do not compress to nothing.
std::string numbered_rows(int n) {
  std::string text = "a,b\n";
  for (std::int64_t i = 0; i < n; ++i) text += fmt::format("{},{}\n", i, i * 7919 % 10007);
  return text;
}

}  // namespace

TEST_CASE("gzip: a table is the same compressed, from a file, a pipe or a text", "[data][gzip]") {
  const test::ScratchFolder folder;
  const std::string text = numbered_rows(5000), bytes = gzip(text);
  const auto plain = test::read_text(text);
  const auto same = [&](const test::WholeTable& table) {
    CHECK(table.schema.names() == plain.schema.names());
    CHECK(table.numbers == plain.numbers);
    CHECK(table.lines == plain.lines);
  };
  same(test::read_text(bytes));
  same(test::read_whole(Input::open(folder.write("anything.csv", bytes))));
  const FedPipe pipe(bytes);
  same(test::read_whole(Input::open(pipe.path()), {}, test::Numbers::read, 2));
}

TEST_CASE("gzip: members join, wherever the cut falls", "[data][gzip]") {
  const std::string text = "alpha,beta\n1,2\n3,4\n";
  for (std::size_t cut = 0; cut <= text.size(); ++cut)
    REQUIRE(unpacked(gzip(text.substr(0, cut)) + gzip(text.substr(cut))) == text);
  CHECK(unpacked(gzip("")).empty());
}

TEST_CASE("gzip: zeros behind the end are padding, other bytes are an error", "[data][gzip]") {
  const std::string member = gzip("1,2\n");
  CHECK(unpacked(member + std::string(1000, '\0')) == "1,2\n");
  CHECK(unpacked(member + std::string(700, '\0') + gzip("3,4\n")) == "1,2\n3,4\n");
  CHECK_THROWS_WITH(unpacked(member + "\0\0A"s),
                    fmt::format("t.gz: byte {}: 0x41 follows the compressed data; it is neither "
                                "padding nor another gzip member",
                                member.size() + 2));
  CHECK_THROWS_WITH(unpacked(member + "\x1F"), ContainsSubstring("cut short"));
  CHECK_THROWS_WITH(unpacked(member + "\x1F!"), ContainsSubstring("incorrect header check"));
}

TEST_CASE("gzip: a file cut short anywhere is named with its last byte", "[data][gzip]") {
  const std::string bytes = gzip(numbered_rows(30));
  for (std::size_t size = 2; size < bytes.size(); ++size) {
    INFO("size " << size);
    CHECK_THROWS_WITH(
        unpacked(bytes.substr(0, size)),
        fmt::format("t.gz: byte {}: the compressed data end early; the file is cut short", size));
  }
}

TEST_CASE("gzip: a damaged byte is an error or changes nothing", "[data][gzip]") {
  const std::string text = numbered_rows(30), bytes = gzip(text);
  int errors = 0;
  for (std::size_t at = 2; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    std::string read;
    try {
      read = unpacked(damaged);
    } catch (const DataError&) {
      ++errors;
      continue;
    }
    REQUIRE(read == text);
  }
  // All but the time, the extra flags and the system in the header of 10 bytes.
  CHECK(errors >= static_cast<int>(bytes.size()) - 10);
}

TEST_CASE("gzip: a wrong checksum or length says so", "[data][gzip]") {
  std::string bytes = gzip("1,2\n");
  const auto flipped = [&](std::size_t from_end) {
    std::string damaged = bytes;
    damaged[bytes.size() - from_end] ^= 1;
    return damaged;
  };
  CHECK_THROWS_WITH(unpacked(flipped(8)),
                    ContainsSubstring("the compressed data are damaged: incorrect data check"));
  CHECK_THROWS_WITH(unpacked(flipped(4)), ContainsSubstring("incorrect length check"));
}

TEST_CASE("gzip: a file is read again, and a pipe that remembers", "[data][gzip]") {
  const test::ScratchFolder folder;
  const std::string text = numbered_rows(200'000), bytes = gzip(text);
  Input file = Input::open(folder.write("t.gz", bytes));
  std::string start(100, '\0');
  CHECK(file.peek(3) == "a,b");
  CHECK(file.read(start) == 100);
  file.rewind();
  CHECK(file.peek(5) == "a,b\n0");
  CHECK(read_all(file, 1 << 16) == text);
  file.rewind();
  CHECK(read_all(file, 1 << 20) == text);

  const FedPipe fed(bytes);
  Input pipe = Input::open(fed.path(), {.memory = 1000});
  pipe.remember();
  CHECK(pipe.read(start) == 100);
  pipe.rewind();
  CHECK(read_all(pipe, 1 << 16) == text);
  pipe.rewind();
  CHECK(read_all(pipe, 1 << 16) == text);
}

TEST_CASE("gzip: reading at any place puts what is unpacked aside", "[data][gzip]") {
  const auto memory = GENERATE(std::int64_t{0}, std::int64_t{1} << 20);
  const std::string text = numbered_rows(1000);
  const FedPipe pipe(gzip(text));
  Input input = Input::open(pipe.path(), {.memory = memory});
  input.remember();
  std::string start(10, '\0'), middle(20, '\0'), end(100, '\0');
  CHECK(input.read(start) == 10);
  CHECK(input.read_at(5000, middle) == 20);
  CHECK(middle == text.substr(5000, 20));
  CHECK(input.read_at(std::ssize(text) - 7, end) == 7);
  CHECK(input.size() == std::ssize(text));
  CHECK(start + read_all(input) == text);
}

TEST_CASE("gzip: an input goes away while its pipe still waits", "[data][gzip]") {
  const std::string bytes = gzip(numbered_rows(300'000));
  const FedPipe pipe(bytes.substr(0, bytes.size() / 2), FedPipe::End::open);
  Input input = Input::open(pipe.path());
  std::string start(100, '\0');
  CHECK(input.read(start) == 100);
}

TEST_CASE("gzip: progress counts compressed bytes", "[data][gzip]") {
  const std::string bytes = gzip(numbered_rows(1000));
  Input input = Input::from_text(bytes);
  CHECK(input.size() == std::nullopt);
  CHECK(input.progress().total == std::ssize(bytes));
  read_all(input);
  CHECK(input.progress().done == std::ssize(bytes));
}

TEST_CASE("gzip: what was compressed twice is named", "[data][gzip]") {
  CHECK_THROWS_WITH(test::read_text(gzip(gzip("1,2\n"))),
                    "data.csv is gzip-compressed twice; decompress it once, e.g. gunzip -c FILE | "
                    "mathtool ...");
}

TEST_CASE("zstd: frames join, or the format is refused by name", "[data][gzip]") {
  const std::string frame = test::zstd_frame("1,2\n");
#ifdef MATHTOOL_HAVE_ZSTD
  CHECK(unpacked(frame + test::zstd_frame("3,4\n")) == "1,2\n3,4\n");
  for (std::size_t size = 4; size < frame.size(); ++size)
    CHECK_THROWS_WITH(unpacked(frame.substr(0, size)), ContainsSubstring("cut short"));
  CHECK_THROWS_WITH(unpacked(frame + "x,y\n"), ContainsSubstring("Unknown frame descriptor"));
  Input input = Input::from_text(frame);
  CHECK(read_all(input) == "1,2\n");
  input.rewind();
  CHECK(read_all(input) == "1,2\n");
#else
  CHECK_THROWS_WITH(test::read_text(frame), ContainsSubstring("data.csv is zstd-compressed"));
#endif
}
