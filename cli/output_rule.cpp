#include "cli/output_rule.hpp"

#include "cli/npy_path.hpp"
#include "cli/plot/figure_file.hpp"
#include "cli/staged_files.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

void check_output(const Command& command, const GlobalOptions& global, bool format_given) {
  const bool picture = figure_kind(global.output).has_value();
  if (!picture && !is_npy_path(global.output)) return;
  const OutputKind kind = picture ? OutputKind::picture : OutputKind::array;
  require(command.output == kind, "-o writes text, not '{}'{}", global.output,
          !picture        ? "; NPY is for the scores of pca and apply"
          : command.draws ? "; --plot=" + global.output + " draws"
                          : "");
  require(!format_given, "-o {} has a form of its own; leave out --format", global.output);
}

bool names_file(const std::string& placeholder) {
  return placeholder.starts_with("FILE") || placeholder.starts_with("MODEL");
}

void check_kept(const GlobalOptions& global, const std::vector<std::string>& files) {
  for (const std::string& path : {global.output, global.plot_path})
    for (const std::string& file : files)
      require(path.empty() || path == "-" || !same_file(path, file),
              "'{}' is named twice, and would be written over; give the output another name", path);
}

}  // namespace mathtool::cli
