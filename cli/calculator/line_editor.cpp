#include "cli/calculator/line_editor.hpp"

#include <histedit.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace mathtool::cli {

struct LineEditor::Handles {
  EditLine* editor = nullptr;
  History* history = nullptr;
  HistEvent event = {};
  std::string prompt = {};
  Names names = {};

  ~Handles() {
    if (editor) ::el_end(editor);
    if (history) ::history_end(history);
  }
};

namespace {

constexpr int most_entries = 1000;

LineEditor::Names* names_of(EditLine* editor) {
  void* names = nullptr;
  ::el_get(editor, EL_CLIENTDATA, &names);
  return static_cast<LineEditor::Names*>(names);
}

std::string* current_prompt = nullptr;  // libedit's callback knows the editor alone

char* prompt_of(EditLine*) { return current_prompt->data(); }

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

/// What all of them begin with.
std::string common_start(const std::vector<std::string>& names) {
  std::string start = names[0];
  for (const std::string& name : names) {
    const auto [end, other] = std::mismatch(start.begin(), start.end(), name.begin(), name.end());
    start.erase(end, start.end());
  }
  return start;
}

/// Fills in what the names that fit have in common; lists them where that is nothing.
unsigned char complete(EditLine* editor, int) {
  const LineInfo* line = ::el_line(editor);
  const char* start = line->cursor;
  while (start > line->buffer && in_name(start[-1])) --start;
  const std::string typed(start, line->cursor);
  std::vector<std::string> fitting;
  for (const std::string& name : (*names_of(editor))())
    if (name.starts_with(typed)) fitting.push_back(name);
  std::sort(fitting.begin(), fitting.end());
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  if (fitting.empty()) return CC_REFRESH_BEEP;
  const std::string more = common_start(fitting).substr(typed.size());
  if (!more.empty()) {
    ::el_insertstr(editor, more.c_str());
    return CC_REFRESH;
  }
  if (fitting.size() == 1) return CC_REFRESH_BEEP;
  std::string listed = "\n";
  for (const std::string& name : fitting) listed += name + "  ";
  std::fputs((listed + "\n").c_str(), stdout);
  std::fflush(stdout);
  return CC_REDISPLAY;
}

}  // namespace

LineEditor::LineEditor(std::string history_path, Names names)
    : handles_(std::make_unique<Handles>()), history_path_(std::move(history_path)) {
  handles_->names = std::move(names);
  handles_->editor = ::el_init("mathtool", stdin, stdout, stderr);
  handles_->history = ::history_init();
  EditLine* editor = handles_->editor;
  current_prompt = &handles_->prompt;
  ::el_set(editor, EL_PROMPT, prompt_of);
  ::el_set(editor, EL_EDITOR, "emacs");
  ::el_set(editor, EL_CLIENTDATA, &handles_->names);
  ::el_set(editor, EL_ADDFN, "complete-name", "complete a name", complete);
  ::el_set(editor, EL_BIND, "^I", "complete-name", nullptr);
  ::history(handles_->history, &handles_->event, H_SETSIZE, most_entries);
  ::history(handles_->history, &handles_->event, H_SETUNIQUE, 1);
  ::el_set(editor, EL_HIST, ::history, handles_->history);
  if (!history_path_.empty())
    ::history(handles_->history, &handles_->event, H_LOAD, history_path_.c_str());
  ::el_source(editor, nullptr);
}

LineEditor::~LineEditor() { current_prompt = nullptr; }

LineEditor::Event LineEditor::read(const std::string& prompt) {
  handles_->prompt = prompt;
  int count = 0;
  errno = 0;
  const char* text = ::el_gets(handles_->editor, &count);
  if (!text || count <= 0) {
    if (errno != EINTR) return Event::end;
    ::el_reset(handles_->editor);
    return Event::interrupted;
  }
  line_.assign(text, static_cast<std::size_t>(count));
  while (!line_.empty() && (line_.back() == '\n' || line_.back() == '\r')) line_.pop_back();
  return Event::line;
}

void LineEditor::remember(const std::string& entry) {
  ::history(handles_->history, &handles_->event, H_ENTER, entry.c_str());
  if (!history_path_.empty())
    ::history(handles_->history, &handles_->event, H_SAVE, history_path_.c_str());
}

std::string history_path() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if ((!state || !*state) && (!home || !*home)) return {};
  const std::filesystem::path folder =
      (state && *state ? std::filesystem::path(state)
                       : std::filesystem::path(home) / ".local" / "state") /
      "mathtool";
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  return failed ? std::string() : (folder / "history").string();
}

}  // namespace mathtool::cli
