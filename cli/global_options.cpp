#include "cli/global_options.hpp"

#include <charconv>
#include <cmath>

#include "cli/plot/figure_file.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

Format format_named(const std::string& word) {
  if (word == "csv") return Format::csv;
  if (word == "tsv") return Format::tsv;
  if (word == "json") return Format::json;
  if (word == "md") return Format::markdown;
  if (word == "latex") return Format::latex;
  return Format::table;
}

/// By the ending of -o where there is no --format: numbers for a program are not to be rounded.
Format format_of(const std::string& path) {
  for (const char* word : {"csv", "tsv", "json", "md"})
    if (path.ends_with(std::string(".") + word)) return format_named(word);
  return path.ends_with(".tex") ? Format::latex : Format::table;
}

Color color_named(const std::string& word) {
  if (word == "always") return Color::always;
  if (word == "never") return Color::never;
  return Color::automatic;
}

std::uint64_t read_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, seed);
  require(read.ec == std::errc() && read.ptr == end,
          "--seed must be a whole number from 0 to 2^64 - 1, got '{}'", text);
  return seed;
}

/// "256M": a number and one of K, M, G (powers of 1024) or nothing (bytes).
std::int64_t read_memory(const std::string& text) {
  double size = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, size);
  const std::string unit(read.ptr, end);
  double factor = 0;
  if (unit.empty()) factor = 1;
  if (unit == "K" || unit == "k") factor = 0x1p10;
  if (unit == "M" || unit == "m") factor = 0x1p20;
  if (unit == "G" || unit == "g") factor = 0x1p30;
  const double bytes = std::floor(size * factor);
  require(read.ec == std::errc() && bytes >= 1 && bytes <= 0x1p62,
          "--memory must be a size such as 64M or 2G (K, M, G or plain bytes), got '{}'", text);
  return static_cast<std::int64_t>(bytes);
}

}  // namespace

void GlobalDeclarations::declare(Options& options) {
  options.heading("Everywhere");
  options.choice("--format", {"table", "csv", "tsv", "json", "md", "latex"}, format_,
                 "form of the output; without it by the ending of -o, else table");
  options.shorthand("--json", "--format", "json", "same as --format json");
  options.shorthand("--csv", "--format", "csv", "same as --format csv");
  options.shorthand("--md", "--format", "md", "same as --format md");
  options.value("-o,--output", "FILE", global_.output,
                "write the result to FILE; .csv, .tsv, .json, .md and .tex choose its form");
  options.figure("--plot", global_.plot, global_.plot_path,
                 "draw in the terminal, or to FILE.svg, .png, .pdf or .html");
  options.value("--digits", "N", global_.digits, 1, 17, "significant digits in tables for people");
  options.flag("-q,--quiet", global_.quiet, "no notes, hints or progress");
  options.flag("-v,--verbose", global_.verbose, "say what was decided, too");
  options.choice("--color", {"auto", "always", "never"}, color_, "colours and bold type");
  options.value("-j,--threads", "N", threads_, 1, 4096,
                "threads, all by default; results never depend on it");
  options.value("--seed", "N", seed_, "of everything random");
  options.value("--memory", "SIZE", memory_, "budget for what has to be kept");
  options.flag("--timing", global_.timing, "say how long it took");
}

GlobalOptions GlobalDeclarations::finish() const {
  GlobalOptions global = global_;
  global.format = format_given() ? format_named(format_) : format_of(global.output);
  global.color = color_named(color_);
  global.seed = read_seed(seed_);
  global.memory = read_memory(memory_);
  global.threads = threads_.value_or(0);
  require(global.plot_path.empty() || figure_kind(global.plot_path),
          "--plot writes files that end in .svg, .png, .pdf or .html, got '{}'", global.plot_path);
  return global;
}

}  // namespace mathtool::cli
