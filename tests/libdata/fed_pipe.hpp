#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include <fmt/core.h>

namespace mathtool::test {

/// A pipe, named by `path`, that a thread fills with `bytes`.
class FedPipe {
 public:
  enum class End { closed, open };  ///< of the writer behind the bytes: open until destruction

  explicit FedPipe(std::string bytes, End end = End::closed) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader may go away
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) std::terminate();
    reader_ = ends[0];
    writer_ = ends[1];
    thread_ = std::thread([this, end, content = std::move(bytes)] {
      for (std::size_t at = 0; at < content.size();) {
        const auto count = ::write(writer_, content.data() + at, content.size() - at);
        if (count <= 0) break;
        at += static_cast<std::size_t>(count);
      }
      if (end == End::closed) close_writer();
    });
  }
  FedPipe(const FedPipe&) = delete;
  FedPipe& operator=(const FedPipe&) = delete;
  ~FedPipe() {
    ::close(reader_);
    thread_.join();
    close_writer();
  }

  std::string path() const { return fmt::format("/dev/fd/{}", reader_); }

 private:
  void close_writer() {
    if (writer_ >= 0) ::close(writer_);
    writer_ = -1;
  }

  int reader_, writer_;
  std::thread thread_;
};

}  // namespace mathtool::test
