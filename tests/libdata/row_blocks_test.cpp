#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using data::Input;
using data::RowBlock;
using data::TableReader;

namespace {

/// Rows of a number, a text with line breaks inside and a number or none; some lines are blank.
std::string mixed_table(int rows) {
  std::string text = "n,words,maybe\n";
  for (int i = 0; i < rows; ++i) {
    text += fmt::format("{},", i * 0.37);
    text += i % 7 == 0 ? fmt::format("\"a \"\"b\"\"\nc, {}\"", i) : fmt::format("w{}", i);
    text += i % 5 == 0 ? ",\n" : fmt::format(",{}e-3\n", i);
    if (i % 11 == 0) text += "  \n";
  }
  return text;
}

std::vector<RowBlock> blocks_of(Input input, int threads) {
  TableReader reader(std::move(input));
  std::vector<RowBlock> blocks;
  reader.read({.numbers = {0, 2}, .texts = {1}},
              [&](RowBlock&& block) { blocks.push_back(std::move(block)); }, {.threads = threads});
  return blocks;
}

bool same_bits(const RowMat& a, const RowMat& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::memcmp(a.data(), b.data(), sizeof(double) * static_cast<std::size_t>(a.size())) == 0;
}

void check_same(const std::vector<RowBlock>& a, const std::vector<RowBlock>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].first_row == b[i].first_row);
    CHECK(same_bits(a[i].numbers, b[i].numbers));
    CHECK(a[i].texts == b[i].texts);
    CHECK(a[i].lines == b[i].lines);
  }
}

}  // namespace

TEST_CASE("row blocks: the same for one thread and two, a file, a text and a slow pipe", "[data]") {
  const std::string text = mixed_table(5000);
  const auto blocks = blocks_of(Input::from_text(text), 1);
  REQUIRE(blocks.size() == 5);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    CHECK(blocks[i].first_row == static_cast<std::int64_t>(1024 * i));
    CHECK(blocks[i].rows() == (i < 4 ? 1024 : 5000 - 4096));
  }
  CHECK(blocks[1].texts[0] == "w1024");
  CHECK(blocks[1].texts[5] == "a \"b\"\nc, 1029");

  check_same(blocks, blocks_of(Input::from_text(text), 2));
  const test::ScratchFolder folder;
  const std::string path = folder.write("t.csv", text);
  check_same(blocks, blocks_of(Input::open(path), 1));
  check_same(blocks, blocks_of(Input::open(path), 2));

  const std::string pipe = folder / "pipe";
  ::mkfifo(pipe.c_str(), 0600);
  std::thread writer([&] {
    const int file = ::open(pipe.c_str(), O_WRONLY);
    for (const char c : text)
      if (::write(file, &c, 1) != 1) break;
    ::close(file);
  });
  check_same(blocks, blocks_of(Input::open(pipe), 2));
  writer.join();
}

TEST_CASE("row blocks: lines are those of the file", "[data]") {
  const auto table = test::read_text("a,b\n\n1,\"x\n\ny\"\n2,z\n   \n3,w");
  CHECK(table.lines == std::vector<std::int64_t>{3, 6, 8});
}

TEST_CASE("row blocks: several passes see the same rows", "[data]") {
  const std::string text = fmt::format("\xEF\xBB\xBF{}", mixed_table(3000));
  TableReader reader(Input::from_text(text));
  reader.expect_another_pass();
  std::vector<RowBlock> passes[2];
  for (auto& blocks : passes)
    reader.read({.numbers = {0}, .texts = {1}},
                [&](RowBlock&& block) { blocks.push_back(std::move(block)); });
  check_same(passes[0], passes[1]);
}

TEST_CASE("row blocks: a pipe is read twice when that was announced", "[data]") {
  const std::string text = mixed_table(30000);  // longer than what is read as the sample
  const test::ScratchFolder folder;
  const std::string pipe = folder / "pipe";
  ::mkfifo(pipe.c_str(), 0600);
  const bool announced = GENERATE(true, false);
  ssize_t written = 0;  // checked once the thread is done: Catch2 is for one thread
  std::thread writer([&] {
    const int file = ::open(pipe.c_str(), O_WRONLY);
    written = ::write(file, text.data(), text.size());
    ::close(file);
  });
  TableReader reader(Input::open(pipe, {.memory = 100'000}));
  if (announced) reader.expect_another_pass();
  double sums[2] = {};
  const auto add_up = [&](double& sum) {
    reader.read({.numbers = {0}}, [&](RowBlock&& block) { sum += block.numbers.sum(); });
  };
  add_up(sums[0]);
  if (announced) {
    add_up(sums[1]);
    CHECK(sums[0] == sums[1]);
  } else {
    CHECK_THROWS_AS(add_up(sums[1]), DomainError);
  }
  CHECK(sums[0] == Approx(0.37 * 30000.0 * 29999 / 2).epsilon(1e-6));
  writer.join();
  CHECK(written == static_cast<ssize_t>(text.size()));
}

TEST_CASE("row blocks: columns come in the order asked for, as numbers, texts or both", "[data]") {
  TableReader reader(Input::from_text("a,b,c\n1,2,x\n4,,y\n"));
  reader.read({.numbers = {1, 0}, .texts = {2, 1}}, [](RowBlock&& block) {
    CHECK(block.numbers.col(1) == Eigen::Vector2d(1, 4));
    CHECK(block.numbers(0, 0) == 2);
    CHECK(std::isnan(block.numbers(1, 0)));
    CHECK(block.texts == data::TextCells{"x", "2", "y", ""});
  });
}

TEST_CASE("row blocks: `map` may turn blocks into anything", "[data]") {
  TableReader reader(Input::from_text(mixed_table(3000)));
  Index rows = 0;
  reader.read(
      {}, [](RowBlock&& block) { return block.rows(); }, [&](Index&& count) { rows += count; },
      {.threads = 2});
  CHECK(rows == 3000);
}

TEST_CASE("row blocks: the first failure in row order wins on two threads too", "[data]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 20000; ++i) text += i % 3000 == 2999 ? "x,1\n" : "1,1\n";
  for (int repeat = 0; repeat < 20; ++repeat)
    CHECK_THROWS_WITH(test::read_whole(Input::from_text(text, "t"), {}, test::Numbers::read, 2),
                      ContainsSubstring("t:3001: column 'a'"));
}

TEST_CASE("row blocks: a stop request ends the reading", "[data]") {
  const std::atomic<bool> stop = true;
  TableReader reader(Input::from_text(mixed_table(3000)));
  const RunControl run{.threads = 1, .stop = StopToken(stop)};
  CHECK_THROWS_AS(reader.read(
                      {.numbers = {0}}, [](RowBlock&&) {}, run),
                  Stopped);
}

TEST_CASE("row blocks: progress ends at the size of the file", "[data]") {
  const std::string text = mixed_table(3000);
  TableReader reader(Input::from_text(text));
  std::int64_t last = 0, whole = 0;
  const RunControl run{.progress = {[&](std::int64_t done, std::int64_t total) {
                         CHECK(last <= done);
                         last = done;
                         whole = total;
                       }}};
  reader.read(
      {.numbers = {0}}, [](RowBlock&&) {}, run);
  CHECK(last == std::ssize(text));
  CHECK(whole == std::ssize(text));
}
