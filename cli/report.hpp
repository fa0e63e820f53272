#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/figure.hpp"
#include "cli/options.hpp"
#include "cli/staged_files.hpp"
#include "cli/table.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::cli {

using Json = nlohmann::ordered_json;

/// A paragraph of prepared lines, for people only.
struct Paragraph {
  std::string text = {};
};

/// What was read, for the envelope's `input`.
struct InputSummary {
  std::string path = {};
  std::int64_t rows = 0;
  std::int64_t used = 0;
  std::vector<std::pair<std::string, std::int64_t>> dropped = {};  ///< column, missing cells
  std::vector<std::pair<std::string, std::string>> skipped = {};   ///< column, why
};

/// The result of a command, rendered once for all of them: `screen` for people (--format table),
/// `main` as CSV, TSV, Markdown and LaTeX, `result` as JSON, `figure` by --plot. Only what the
/// chosen format needs is ever computed.
struct Report {
  std::string command = {};
  std::vector<std::variant<Paragraph, Table>> screen = {};
  Table main = {};
  std::function<Json()> result = {};
  std::function<Figure()> figure = {};  ///< empty: the command has nothing to draw
  std::optional<InputSummary> input = {};
  std::optional<Status> status = {};
  std::string reason = {};
  std::optional<std::uint64_t> seed = {};
  std::vector<std::string> notes = {};      ///< on stderr unless -q, and in JSON
  std::vector<std::string> decisions = {};  ///< on stderr under -v
  std::vector<std::string> hints =
      {};  ///< on stderr of a terminal unless -q: the next useful command
};

/// Prints the report as `global` asks: to stdout or -o FILE, notes to stderr, the figure by
/// gnuplot. Then puts all files in place: -o, the picture, and `files`, what the command has
/// written besides. Throws: DataError where something cannot be written, ClosedPipe.
void render(const Report& report, const GlobalOptions& global, StagedFiles files = {});

/// Notes, decisions and time on stderr, as far as `global` asks; a part of `render`.
void remark(const Report& report, const GlobalOptions& global);

}  // namespace mathtool::cli
