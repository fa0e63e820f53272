#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mathtool::cli {

/// Reads lines from a terminal, with keys to edit them, completion of names and a history that is
/// kept in a file. One at a time in a program.
class LineEditor {
 public:
  using Names = std::function<std::vector<std::string>()>;

  /// `names` are asked for when the tab key is pressed.
  LineEditor(std::string history_path, Names names);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  enum class Event { line, interrupted, end };

  /// The next line, without its end, in `line()`.
  Event read(const std::string& prompt);
  const std::string& line() const { return line_; }

  /// A whole entry, of one line or more.
  void remember(const std::string& entry);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
  std::string history_path_, line_ = {};
};

/// $XDG_STATE_HOME/mathtool/history, its folder made; empty where there is no home.
std::string history_path();

}  // namespace mathtool::cli
