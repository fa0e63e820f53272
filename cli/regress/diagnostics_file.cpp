#include "cli/regress/diagnostics_file.hpp"

#include <utility>

#include "cli/pca/scored_rows.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::cli {

data::OutputFile write_diagnostics_file(const std::string& path, TableInput& input,
                                        FunctionRef<void(const AllRows&, RowMat&)> diagnose,
                                        const RunControl& run) {
  const char delimiter = path.ends_with(".tsv") ? '\t' : ',';
  data::OutputFile file(path);
  file.write(
      header_line(input.carried_names(), {"fitted", "residual", "leverage", "cook"}, delimiter));
  TablePass(input, {.texts = true})
      .read_all(
          [&](AllRows&& rows) {
            ScoredRows scored{.carried = std::ssize(input.carried),
                              .scores = RowMat::Constant(rows.block.rows(), 4, not_a_number)};
            diagnose(rows, scored.scores);
            scored.texts = std::move(rows.block.texts);
            std::string lines;
            append_lines(lines, scored, delimiter);
            return lines;
          },
          [&](std::string&& lines) { file.write(lines); }, run);
  return file;
}

}  // namespace mathtool::cli
