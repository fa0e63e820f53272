#include "mathtool/data/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using data::Input;

namespace {

std::string read_all(Input& input, std::size_t step) {
  std::string all, buffer(step, '\0');
  while (const std::size_t count = input.read(buffer)) all.append(buffer, 0, count);
  return all;
}

std::string some_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>('a' + i * i % 23);
  return bytes;
}

/// A named pipe that someone fills byte by byte.
class SlowPipe {
 public:
  SlowPipe(const test::ScratchFolder& folder, std::string bytes) : path_(folder / "pipe") {
    ::mkfifo(path_.c_str(), 0600);
    writer_ = std::thread([path = path_, content = std::move(bytes)] {
      const int file = ::open(path.c_str(), O_WRONLY);
      for (const char c : content)
        if (::write(file, &c, 1) != 1) break;
      ::close(file);
    });
  }
  ~SlowPipe() { writer_.join(); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::thread writer_;
};

}  // namespace

TEST_CASE("input: a file reads to its end, twice", "[data]") {
  const test::ScratchFolder folder;
  const std::string bytes = some_bytes(1000);
  Input input = Input::open(folder.write("f", bytes));
  CHECK(input.size() == 1000);
  CHECK(read_all(input, 7) == bytes);
  input.rewind();
  CHECK(read_all(input, 4096) == bytes);
}

TEST_CASE("input: a read fills its buffer however slowly a pipe delivers", "[data]") {
  const test::ScratchFolder folder;
  const std::string bytes = some_bytes(300);
  const SlowPipe pipe(folder, bytes);
  Input input = Input::open(pipe.path());
  CHECK(input.size() == std::nullopt);
  std::string buffer(200, '\0');
  CHECK(input.read(buffer) == 200);
  CHECK(buffer == bytes.substr(0, 200));
  CHECK(input.read(buffer) == 100);
  CHECK(input.read(buffer) == 0);
}

TEST_CASE("input: a pipe that was told to remember reads twice, in memory or on disk", "[data]") {
  const auto memory = GENERATE(std::int64_t{0}, std::int64_t{100}, std::int64_t{1} << 20);
  const test::ScratchFolder folder;
  const std::string bytes = some_bytes(300);
  const SlowPipe pipe(folder, bytes);
  Input input = Input::open(pipe.path(), {.memory = memory});
  input.remember();
  std::string start(150, '\0');
  CHECK(input.read(start) == 150);
  input.rewind();
  CHECK(read_all(input, 64) == bytes);
  input.rewind();
  CHECK(read_all(input, 1000) == bytes);
}

TEST_CASE("input: a pipe that may forget still gives what it remembered once", "[data]") {
  const test::ScratchFolder folder;
  const std::string bytes = some_bytes(300);
  const SlowPipe pipe(folder, bytes);
  Input input = Input::open(pipe.path());
  input.remember();
  std::string start(150, '\0');
  input.read(start);
  input.rewind();
  input.forget();
  CHECK(read_all(input, 64) == bytes);
  CHECK_THROWS_AS(input.rewind(), DomainError);
}

TEST_CASE("input: what cannot be opened says why", "[data]") {
  const test::ScratchFolder folder;
  CHECK_THROWS_WITH(Input::open(folder / "x.csv"),
                    "cannot open '" + (folder / "x.csv") + "': no such file");
  CHECK_THROWS_WITH(Input::open(folder / ""), ContainsSubstring("is a directory"));
  const std::string locked = folder.write("locked", "1");
  ::chmod(locked.c_str(), 0);
  // The superuser may read everything.
  if (::geteuid() != 0)
    CHECK_THROWS_WITH(Input::open(locked), ContainsSubstring("permission denied"));
  CHECK_THROWS_AS(Input::open(folder / "x.csv"), DataError);
}

TEST_CASE("input: a text needs no file", "[data]") {
  Input input = Input::from_text("abc", "here");
  CHECK(input.name() == "here");
  CHECK(input.size() == 3);
  CHECK(read_all(input, 2) == "abc");
  input.rewind();
  CHECK(read_all(input, 2) == "abc");
}
