#include <cmath>
#include <limits>

#include "cli/plot/gnuplot_script.hpp"
#include "cli/plot/ticks.hpp"
#include "cli/support/runs.hpp"
#include "support/catch.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool::cli;
using mathtool::test::has_gnuplot;
using mathtool::test::Outcome;
using mathtool::test::run_mathtool;
using mathtool::test::ScratchFolder;

namespace {

const std::string rectangles = "width,height,name\n1,2,u\n2,1,v\n4,7,w\n3,3,w\n";

}  // namespace

TEST_CASE("plot: the file's name decides what is written", "[cli]") {
  if (!has_gnuplot()) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  const std::pair<const char*, const char*> beginnings[] = {{"f.svg", "<?xml"},
                                                            {"f.png", "\x89PNG\r\n"},
                                                            {"f.pdf", "%PDF-"},
                                                            {"f.html", "<!DOCTYPE html>"}};
  for (const auto& [name, beginning] : beginnings) {
    const Outcome outcome =
        run_mathtool({"pca", "--plot", folder / name, "-q"}, {.input = rectangles});
    INFO(name);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(folder.content(name).starts_with(beginning));
  }
  CHECK_THAT(folder.content("f.svg"), ContainsSubstring("height"));
  CHECK_THAT(folder.content("f.html"), ContainsSubstring("</svg>"));
}

TEST_CASE("plot: a picture has the same bytes at any time", "[cli]") {
  if (!has_gnuplot()) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const ScratchFolder folder;
  run_mathtool({"pca", "--plot", folder / "f.pdf", "-q"}, {.input = rectangles});
  CHECK_THAT(folder.content("f.pdf"), ContainsSubstring("/CreationDate (D:19700101000000"));
}

TEST_CASE("plot: a command that draws nothing says so in every form, before it reads", "[cli]") {
  for (const char* form : {"--csv", "--json", "--format=table"}) {
    const Outcome outcome = run_mathtool({"apply", "no model.json", "--plot", form});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, ContainsSubstring("apply has nothing to draw"));
  }
}

TEST_CASE("plot: in the terminal it follows the numbers", "[cli]") {
  if (!has_gnuplot()) {
    WARN("SKIPPED: no gnuplot");
    return;
  }
  const Outcome numbers = run_mathtool({"pca", "-q"}, {.input = rectangles});
  const Outcome drawn = run_mathtool({"pca", "-q", "--plot"}, {.input = rectangles});
  CHECK(drawn.status == 0);
  CHECK(drawn.out.starts_with(numbers.out));
  CHECK_THAT(drawn.out, ContainsSubstring("PC1"));
  // A program that reads the numbers is not given a picture.
  const Outcome as_json = run_mathtool({"pca", "-q", "--json", "--plot"}, {.input = rectangles});
  CHECK(as_json.out == run_mathtool({"pca", "-q", "--json"}, {.input = rectangles}).out);
  CHECK_FALSE(as_json.err.empty());
}

TEST_CASE("plot: without gnuplot nothing is printed but what to install", "[cli]") {
  for (const char* plot : {"--plot", "--plot=f.svg"}) {
    const Outcome outcome = run_mathtool({"pca", "-q", "--csv", plot},
                                         {.input = rectangles, .environment = {"PATH=/nowhere"}});
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, ContainsSubstring("apt install gnuplot-nox"));
  }
}

TEST_CASE("plot: where the picture cannot be written nothing is printed", "[cli]") {
  const Outcome outcome =
      run_mathtool({"pca", "-q", "--csv", "--plot=/no/such/folder/f.svg"}, {.input = rectangles});
  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("/no/such/folder/f.svg"));
}

TEST_CASE("plot: a script cannot be escaped by a label", "[cli]") {
  const Figure figure{{{.title = "it's'; system 'ls'\nset print",
                        .series = {{.name = "y", .x = {0, 1}, .y = {0, 1}}}}}};
  const std::string script = picture_script(figure, FigureKind::svg);
  CHECK_THAT(script, ContainsSubstring("'it’s’; system ’ls’\\nset print'"));
}

TEST_CASE("plot: data keep all their digits and gaps stay gaps", "[cli]") {
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  const Figure figure{{{.series = {{.x = {1, 2, 3}, .y = {0.1 + 0.2, nan, -inf}}}}}};
  const std::string script = terminal_script(figure, 80, false);
  CHECK_THAT(script, ContainsSubstring("\n1 0.30000000000000004\n2 NaN\n3 NaN\n"));
}

TEST_CASE("plot: bars stand on zero, in the middle of their number", "[cli]") {
  const Panel panel{.series = {{.mark = Mark::bars, .x = {1, 2, 3}, .y = {5, 4, 3}}}};
  const Axes axes = axes_of(panel);
  CHECK(axes.x.low == 0.5);
  CHECK(axes.x.high == 3.5);
  CHECK(axes.y.low == 0);
  CHECK(axes.y.high == Approx(5.25));
}

TEST_CASE("plot: a single point and an empty panel have axes", "[cli]") {
  const Axes point = axes_of({.series = {{.mark = Mark::points, .x = {7}, .y = {0}}}});
  CHECK(point.x.low < 7);
  CHECK(point.x.high > 7);
  CHECK(point.y.low < point.y.high);
  const Axes nothing = axes_of({});
  CHECK(nothing.x.low < nothing.x.high);
}

TEST_CASE("plot: canvas and axes are two views of one point", "[cli]") {
  const Canvas canvas = picture_canvas();
  const Axes axes{{-2, 3}, {10, 20}};
  const Point corner = canvas.to_canvas(axes, -2, 10);
  CHECK(corner.x == canvas.left);
  CHECK(corner.y == canvas.bottom);
  const Point back = canvas.to_axes(axes, canvas.to_canvas(axes, 1.25, 17.5));
  CHECK(back.x == Approx(1.25));
  CHECK(back.y == Approx(17.5));
}

TEST_CASE("plot: the boxes of a panel and their whiskers are within its axes", "[cli]") {
  const Panel panel{
      .series = {{.mark = Mark::boxes, .x = {1}, .y = {5}, .spreads = {{2, 4, 6, 9}}}},
      .x_categories = {"a", "b"}};
  const Axes axes = axes_of(panel);
  CHECK(axes.x.low == 0.5);
  CHECK(axes.x.high == 2.5);
  CHECK(axes.y.low < 2);
  CHECK(axes.y.high > 9);
}

TEST_CASE("plot: a matrix begins at the top, and its cells fill the frame", "[cli]") {
  const Panel panel{.series = {{.mark = Mark::heatmap,
                                .x = {1, 2, 1, 2},
                                .y = {1, 1, 2, 2},
                                .z = {1, 0.5, 0.5, 1}}},
                    .downwards = true};
  const Axes axes = axes_of(panel);
  CHECK(axes.x.low == 0.5);
  CHECK(axes.x.high == 2.5);
  CHECK(axes.y.low == 2.5);
  CHECK(axes.y.high == 0.5);
  // Few cells hold their numbers in a terminal.
  const std::string script = terminal_script({{panel}}, 80, false);
  CHECK_THAT(script, ContainsSubstring("\n2 1 0.5\n"));
}

TEST_CASE("plot: ticks are round, and numbers along the x axis have room", "[cli]") {
  CHECK(round_step(0.9) == 1);
  CHECK(round_step(13) == 20);
  CHECK(round_step(0.03) == Approx(0.05));
  CHECK(round_step(6e7) == Approx(1e8));
  Canvas canvas = picture_canvas();
  // Of 150 rows every twentieth, not every thirteenth.
  CHECK_THAT(number_tics('y', true, {150.5, 0.5}, canvas),
             ContainsSubstring("set ytics norotate 20,20\n"));
  // Ten numbers of six digits do not fit, five do.
  CHECK_THAT(number_tics('x', false, {0, 1e6}, canvas),
             ContainsSubstring("set xtics norotate 0,200000\n"));
  // 1700000100 and 1700000200 differ in their eighth digit.
  CHECK_THAT(number_tics('x', false, {1.7e9, 1.7e9 + 500}, canvas),
             ContainsSubstring("set format x '%.10g'"));
}

TEST_CASE("plot: panels stand four in a row", "[cli]") {
  Figure figure;
  figure.panels.resize(6, {.series = {{.x = {0, 1}, .y = {0, 1}}}});
  const std::string script = picture_script(figure, FigureKind::svg);
  const Canvas canvas = picture_canvas();
  CHECK_THAT(script,
             ContainsSubstring("size " + std::to_string(static_cast<int>(4 * canvas.width)) + ","));
}

TEST_CASE("plot: data too far apart for any axis are refused in one line", "[cli]") {
  const Outcome outcome = run_mathtool({"plot", "-"}, {.input = "x,y\n1,-1e308\n2,1.5e308\n3,1\n"});
  CHECK(outcome.status == 3);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, ContainsSubstring("too far apart"));
}

TEST_CASE("plot: limits of the y axis are those that were asked for", "[cli]") {
  const Axes axes =
      axes_of({.series = {{.x = {0, 1}, .y = {-1e9, 1e9}}}, .y_limits = Limits{-2, 3}});
  CHECK(axes.y.low == -2);
  CHECK(axes.y.high == 3);
}

TEST_CASE("plot: names of categories are cut to their room", "[cli]") {
  std::vector<std::string> names(30, "a very long name indeed");
  const Panel panel{.series = {{.mark = Mark::bars, .x = {1}, .y = {1}}}, .x_categories = names};
  const std::string script = terminal_script({{panel}}, 60, false);
  CHECK_THAT(script, ContainsSubstring("'a …' 1"));
  CHECK_FALSE(script.find("very long") != script.npos);
}
