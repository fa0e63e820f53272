#include "cli/plot/plot.hpp"
#include "cli/input_report.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/command.hpp"
#include "cli/plot/figure_file.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "cli/series/expression_curves.hpp"
#include "cli/series/table_content.hpp"
#include "cli/table_input.hpp"
#include "cli/terminal.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::vector<std::string> operands;
  std::string kind = "auto", range;
  TableOptions table;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operands("FILE|EXPR...", settings.operands,
                   "a table, or expressions in one variable; what exists as a file, ends like one "
                   "or is - is a table");
  options.choice("--kind", {"auto", "line", "scatter", "bar", "box", "heatmap"}, settings.kind,
                 "auto: a line where x only rises, else scatter");
  options.value("--range", "LOW:HIGH", settings.range,
                "of the variable of an expression, -10:10 if not given; of a table, pick rows with "
                "--where");
  settings.table.declare_reading(options);
  settings.table.declare_groups(options);
  GlobalOptions global = options.parse();
  // The picture is the result: -o f.svg is --plot=f.svg.
  if (figure_kind(global.output)) {
    require(global.plot_path.empty(), "--plot and -o both name a picture; leave one out");
    global.plot = true;
    global.plot_path = std::exchange(global.output, "-");
  }
  return global;
}

bool is_table(const std::string& word) {
  constexpr std::array<std::string_view, 11> endings = {
      ".csv", ".tsv", ".tab", ".txt", ".dat", ".npy", ".npz", ".gz", ".zst", "-ubyte", ".idx"};
  std::error_code ignored;
  return word == "-" || std::filesystem::exists(word, ignored) ||
         std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return word.ends_with(ending); });
}

std::optional<Mark> mark_of(const std::string& kind) {
  if (kind == "line") return Mark::line;
  if (kind == "scatter") return Mark::points;
  return std::nullopt;
}

PlotContent plot_expressions(const Settings& settings) {
  for (const std::string& word : settings.operands)
    require(!is_table(word), "'{}' is a table: plot one table, or expressions, at a time", word);
  if (const std::vector<std::string> given = settings.table.given(); !given.empty())
    throw DomainError(fmt::format("{} is about a table, but '{}' is an expression; leave it out",
                                  given[0], settings.operands[0]));
  require(settings.kind == "auto" || mark_of(settings.kind),
          "expressions are drawn as --kind line or scatter, not {}", settings.kind);
  const std::string range = settings.range.empty() ? "-10:10" : settings.range;
  return expression_curves(settings.operands, parse_range(range),
                           mark_of(settings.kind).value_or(Mark::line));
}

/// Bars stand for the levels of a column: of -g, else the first of text, else the first of all.
void choose_bar_groups(TableInput& input) {
  if (!input.groups.empty()) return;
  for (std::vector<Index>* columns : {&input.picked_texts, &input.carried, &input.numeric}) {
    if (columns->empty()) continue;
    const Index chosen = columns->front();
    input.groups = {chosen};
    for (std::vector<Index>* other : {&input.picked_texts, &input.carried, &input.numeric})
      std::erase(*other, chosen);
    return;
  }
}

/// Throws: DomainError for an option that the picture of a table would pass over.
void require_fitting(const Settings& settings) {
  const TableOptions& table = settings.table;
  const bool sums_up = settings.kind == "bar" || settings.kind == "box";
  require(settings.range.empty(),
          "--range is of the variable of an expression; pick rows of a table with --where, as in "
          "--where 'x >= 0 && x <= 5'");
  require(table.missing != "mean",
          "plot invents no values: --missing drop, error, or pairwise to leave gaps");
  require(table.weights.empty() || sums_up, "--weights counts for --kind bar and box alone");
  require(table.groups.empty() || settings.kind != "heatmap",
          "a heatmap shows rows as they come: leave out --group, or pick one with --where");
}

TableContent read_content(const Settings& settings, TableInput& input, const GlobalOptions& global,
                          const RunControl& run) {
  if (settings.kind == "bar") {
    choose_bar_groups(input);
    return table_bars(input, run);
  }
  if (settings.kind == "box") return table_boxes(input, global.memory, run);
  if (settings.kind == "heatmap") return table_heatmap(input, run);
  return table_points(input, mark_of(settings.kind), run);
}

PlotContent plot_table(Settings& settings, const GlobalOptions& global, Report& report) {
  if (settings.operands.size() > 1)
    throw DomainError(fmt::format("'{}' is a table: plot one table, or expressions, at a time",
                                  settings.operands[0]));
  require_fitting(settings);
  if (!settings.operands.empty()) settings.table.path = settings.operands[0];
  TableInput input = open_table(settings.table, global, settings.kind != "bar");
  TableContent result = read_content(settings, input, global, run_control(global, "reading"));
  require<InsufficientDataError>(!result.content.series.empty() && result.count.used > 0,
                                 "{}: no row is left to plot", input.reader.name());
  report_input(input, settings.table, result.count, report);
  return std::move(result.content);
}

/// For people, the picture is the result: in the terminal, or a line about the file.
void show(const PlotContent& content, GlobalOptions& global, Report& report) {
  if (global.format != Format::table) return;
  if (!global.plot_path.empty()) {
    std::size_t points = 0;
    for (const PlottedSeries& series : content.series) points += series.y.size();
    report.screen = {Paragraph{
        fmt::format("{}: {} series, {} points", global.plot_path, content.series.size(), points)}};
    return;
  }
  global.plot = false;
  report.notes.insert(report.notes.end(), content.figure.notes.begin(), content.figure.notes.end());
  const bool colored = global.output == "-" && use_color(global.color, STDOUT_FILENO);
  report.screen = {Paragraph{drawing_in_characters(content.figure, colored)}};
}

Exit run(const Invocation& invocation) {
  Settings settings;
  GlobalOptions global = parse(invocation, settings);
  Report report{.command = "plot"};
  const bool table = settings.operands.empty() || is_table(settings.operands[0]);
  const PlotContent content =
      table ? plot_table(settings, global, report) : plot_expressions(settings);
  report_content(content, report);
  show(content, global, report);
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool plot 'sin(x)/x'                              in the terminal
  mathtool plot 'sin(t)' 'cos(t)' --range 0:2pi -o waves.svg
  mathtool plot 'pdf(gamma(2), x)' 'pdf(normal(2, 1), x)' --range 0:8
  mathtool plot prices.csv -c day,open,close            columns against the first
  mathtool plot iris.csv -c 1,3 -g Species              scatter, one colour per species
  mathtool plot iris.csv --kind box -g Species -o boxes.png
  mathtool plot survey.csv --kind bar -c answer         how often each answer occurs
  mathtool plot 'tan(x)' --json                         the points for another program

An expression has one free variable of any name; it is sampled more finely where it bends, and
broken at poles and jumps. Of a table, line and scatter show each numeric column against the first
(a single column against the number of the row), bar the mean of each column for every level of a
text column or of -g (without numeric columns, the number of rows), box quartiles and outliers of
each column, heatmap the numeric columns as a matrix. Tables of any length are read in constant
memory: line and scatter keep at most 10,000 evenly spaced rows, heatmap 200, and say so.

-o or --plot with a name that ends in .svg, .png, .pdf or .html writes a picture.
)";

}  // namespace

extern const Command plot;
const Command plot{.name = "plot",
                   .summary = "curves of expressions, pictures of tables",
                   .operands = "FILE|EXPR...",
                   .help = explanation,
                   .run = run,
                   .draws = true,
                   .output = OutputKind::picture};

}  // namespace mathtool::cli
