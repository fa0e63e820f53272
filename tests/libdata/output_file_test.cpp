#include "mathtool/data/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using data::OutputFile;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("output file: appears on commit and not before", "[data]") {
  const test::ScratchFolder folder;
  OutputFile file(folder / "out.csv");
  file.write("a,b\n");
  file.write(std::string(200'000, 'x'));
  CHECK_FALSE(std::filesystem::exists(folder / "out.csv"));
  file.commit();
  CHECK(folder.content("out.csv") == "a,b\n" + std::string(200'000, 'x'));
  CHECK_THROWS_AS(file.commit(), DomainError);
}

TEST_CASE("output file: without commit nothing is left and nothing is lost", "[data]") {
  const test::ScratchFolder folder;
  { OutputFile(folder / "new").write(std::string(200'000, 'x')); }
  CHECK(folder.is_empty());
  folder.write("old", "precious");
  { OutputFile(folder / "old").write("worthless"); }
  CHECK(folder.content("old") == "precious");
}

TEST_CASE("output file: a replaced file keeps its mode, a new one has the umask's", "[data]") {
  const test::ScratchFolder folder;
  ::chmod(folder.write("old", "1").c_str(), 0640);
  const mode_t before = ::umask(027);
  for (const std::string name : {"old", "new"}) {
    OutputFile file(folder / name);
    file.write("2");
    file.commit();
  }
  ::umask(before);
  CHECK(folder.content("old") == "2");
  CHECK(mode_of(folder / "old") == 0640);
  CHECK(mode_of(folder / "new") == (0666 & ~027));
}

TEST_CASE("output file: a symbolic link stays, its target is replaced", "[data]") {
  const test::ScratchFolder folder;
  folder.write("target", "old");
  std::filesystem::create_symlink("target", folder / "link");
  std::filesystem::create_symlink("not yet there", folder / "dangling");
  for (const std::string name : {"link", "dangling"}) {
    OutputFile file(folder / name);
    file.write("new");
    file.commit();
    CHECK(std::filesystem::is_symlink(folder / name));
  }
  CHECK(folder.content("target") == "new");
  CHECK(folder.content("not yet there") == "new");
}

TEST_CASE("output file: devices and pipes are written directly", "[data]") {
  OutputFile null("/dev/null");
  null.write("gone");
  null.commit();
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("output file: what cannot be written says why", "[data]") {
  const test::ScratchFolder folder;
  CHECK_THROWS_AS(OutputFile(folder / "no/such/folder"), DataError);
  CHECK_THROWS_WITH(OutputFile(folder / "no/x"),
                    "cannot write '" + (folder / "no/x") + "': no such file or directory");
  CHECK_THROWS_WITH(OutputFile(folder / ""), ContainsSubstring("is a directory"));
  OutputFile full("/dev/full");
  full.write("x");
  CHECK_THROWS_WITH(full.commit(), "cannot write '/dev/full': no space left on device");
}

TEST_CASE("output file: standard output goes by its name in a message", "[data]") {
  const int saved = ::dup(STDOUT_FILENO), full = ::open("/dev/full", O_WRONLY);
  ::dup2(full, STDOUT_FILENO);
  OutputFile out("-");
  ::dup2(saved, STDOUT_FILENO);
  ::close(full);
  ::close(saved);
  out.write("x");
  CHECK_THROWS_WITH(out.commit(), "cannot write standard output: no space left on device");
}

TEST_CASE("output file: a pipe that nobody reads is told apart from a full disk", "[data]") {
  const test::ScratchFolder folder;
  ::mkfifo((folder / "pipe").c_str(), 0600);
  const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  OutputFile file(folder / "pipe");
  ::close(reader);
  file.write("x");
  CHECK_THROWS_AS(file.commit(), data::ClosedPipe);
  std::signal(SIGPIPE, before);
}
