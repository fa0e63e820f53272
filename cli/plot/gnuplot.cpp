#include "cli/plot/gnuplot.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include "cli/interrupt.hpp"
#include "mathtool/math/error.hpp"

extern char** environ;

namespace mathtool::cli {
namespace {

/// A nameless temporary file. With three of them neither side ever waits for the other, as it would
/// on a full pipe.
class Scratch {
 public:
  Scratch() : file_(std::tmpfile(), &std::fclose) {
    require<DataError>(file_ != nullptr, "cannot make a temporary file: {}", std::strerror(errno));
  }

  int descriptor() const { return ::fileno(file_.get()); }

  void write(const std::string& text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size() &&
                         std::fflush(file_.get()) == 0;
    require<DataError>(written, "cannot write a temporary file: {}", std::strerror(errno));
    std::rewind(file_.get());
  }

  std::string read() {
    std::rewind(file_.get());
    std::string text;
    char buffer[1 << 16];
    while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file_.get()))
      text.append(buffer, n);
    return text;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

class SpawnSettings {
 public:
  SpawnSettings(const Scratch& in, const Scratch& out, const Scratch& err) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, in.descriptor(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, out.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, err.descriptor(), STDERR_FILENO);
    // What we ignore, a child would ignore as well.
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &pipe);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

std::string run_gnuplot(const std::string& script) {
  Scratch in, out, err;
  in.write(script);
  const SpawnSettings settings(in, out, err);
  char name[] = "gnuplot", defaults[] = "-d";  // -d: nobody's own settings
  char* const words[] = {name, defaults, nullptr};
  pid_t child = 0;
  const int failure =
      ::posix_spawnp(&child, name, settings.actions(), settings.attributes(), words, environ);
  require<DataError>(failure != ENOENT,
                     "plots are drawn by gnuplot, which is not installed; install it, e.g. with "
                     "apt install gnuplot-nox");
  require<DataError>(failure == 0, "cannot run gnuplot: {}", std::strerror(failure));

  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  interrupt_token().check();
  const std::string complaint = err.read();
  require<DataError>(WIFEXITED(status) && WEXITSTATUS(status) == 0, "gnuplot failed: {}",
                     complaint.substr(0, 500));
  return out.read();
}

}  // namespace mathtool::cli
