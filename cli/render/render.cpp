#include <fmt/format.h>
#include <unistd.h>

#include <exception>

#include "cli/interrupt.hpp"
#include "cli/plot/plot.hpp"
#include "cli/progress_bar.hpp"
#include "cli/render/csv.hpp"
#include "cli/render/json.hpp"
#include "cli/render/latex.hpp"
#include "cli/render/markdown.hpp"
#include "cli/render/screen_table.hpp"
#include "cli/report.hpp"
#include "cli/standard_error.hpp"
#include "cli/stopwatch.hpp"
#include "cli/terminal.hpp"

namespace mathtool::cli {
namespace {

void write_screen(const Report& report, const GlobalOptions& global, data::OutputFile& out) {
  const bool to_window = global.output == "-" && is_terminal(STDOUT_FILENO);
  const bool colored =
      global.output == "-" ? use_color(global.color, STDOUT_FILENO) : global.color == Color::always;
  bool first = true;
  for (const auto& part : report.screen) {
    if (!first) out.write("\n");
    first = false;
    if (const Paragraph* paragraph = std::get_if<Paragraph>(&part)) {
      out.write(paragraph->text);
      if (!paragraph->text.ends_with('\n')) out.write("\n");
      continue;
    }
    const Table& table = std::get<Table>(part);
    out.write(screen_table(table, {.digits = global.digits.value_or(table.digits),
                                   .width = to_window ? terminal_width() : 0,
                                   .bold = colored}));
  }
}

void write_result(const Report& report, const GlobalOptions& global, data::OutputFile& out) {
  switch (global.format) {
    case Format::table: return write_screen(report, global, out);
    case Format::csv: return write_csv(report.main, ',', out);
    case Format::tsv: return write_csv(report.main, '\t', out);
    case Format::markdown: return write_markdown(report.main, out);
    case Format::latex: return write_latex(report.main, out);
    case Format::json: {
      const auto seconds = global.timing ? std::optional(seconds_since_start()) : std::nullopt;
      return out.write(write_json(envelope(report, seconds)));
    }
  }
}

void say(const char* kind, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) write_stderr_line(fmt::format("{}: {}", kind, line));
}

/// --plot without a file draws on standard output, unless a program reads there.
bool draws_on_stdout(const GlobalOptions& global) {
  return global.format == Format::table || global.output != "-";
}

void print_drawing(const std::string& drawing, const GlobalOptions& global) {
  if (!draws_on_stdout(global)) return write_stderr(drawing);
  data::OutputFile out("-");
  out.write(drawing);
  out.commit();
}

/// What people and pipes read; -o is only written, not put in place.
void print(const Report& report, const std::string& drawing, const GlobalOptions& global,
           StagedFiles& files) {
  data::OutputFile out(global.output);
  write_result(report, global, out);
  if (global.output == "-")
    out.commit();
  else
    files.add(std::move(out));
  remark(report, global);
  if (!drawing.empty()) print_drawing(drawing, global);
}

/// The figure, or as much of it as a page holds.
Figure figure_of(const Report& report) {
  constexpr std::size_t most_panels = 24;
  Figure figure = report.figure();
  if (figure.panels.size() <= most_panels) return figure;
  figure.notes.push_back(fmt::format("the first {} of {} panels are drawn; pick columns with -c",
                                     most_panels, figure.panels.size()));
  figure.panels.resize(most_panels);
  return figure;
}

/// Draws as --plot asks: into a file, yet to be put in place, or as text that is returned.
std::string draw(const Figure& figure, const GlobalOptions& global, StagedFiles& files) {
  if (global.plot_path.empty())
    return drawing_in_characters(
        figure, use_color(global.color, draws_on_stdout(global) ? STDOUT_FILENO : STDERR_FILENO));
  files.add(draw_to_file(figure, global.plot_path));
  return {};
}

}  // namespace

void remark(const Report& report, const GlobalOptions& global) {
  erase_progress();
  if (!global.quiet) say("note", report.notes);
  if (global.verbose) say("decided", report.decisions);
  if (global.timing) write_stderr_line(fmt::format("time: {:.3f} s", seconds_since_start()));
}

void render(const Report& report, const GlobalOptions& global, StagedFiles files) {
  interrupt_token().check();
  Report shown = report;
  std::string drawing;
  // Before anything is printed, so that nothing is when it cannot be drawn, or a disk is full.
  if (global.plot && report.figure) {
    const Figure figure = figure_of(report);
    shown.notes.insert(shown.notes.end(), figure.notes.begin(), figure.notes.end());
    drawing = draw(figure, global, files);
  }
  files.flush();
  erase_progress();
  std::exception_ptr closed;
  try {
    print(shown, drawing, global, files);
  } catch (const data::ClosedPipe&) {
    closed = std::current_exception();  // enough was read there; the files are wanted all the same
  }
  interrupt_token().check();
  files.commit();
  if (closed) std::rethrow_exception(closed);
  if (!global.quiet && is_terminal(STDERR_FILENO)) say("hint", report.hints);
}

}  // namespace mathtool::cli
