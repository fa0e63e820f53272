#include "cli/regress/model_options.hpp"

#include <fmt/core.h>

#include "cli/staged_files.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

void ModelOptions::declare(Options& options) {
  options.value("--diagnostics", "FILE", diagnostics,
                "write fitted, residual, leverage and Cook's distance of every row");
  options.value("--save", "MODEL", model, "save the fit for 'mathtool apply'");
  table.declare(options);
  table.declare_groups(options);
}

void ModelOptions::check(const GlobalOptions& global, std::string_view kind,
                         std::string_view one) const {
  require(table.missing == "drop" || table.missing == "error",
          "a {} takes complete rows: --missing drop or error", kind);
  for (const std::string* path : {&diagnostics, &model})
    require(*path != "-" || global.output != "-",
            "standard output takes the report; name a file, or send the report to one with -o");
  require_different_files({{"--diagnostics", diagnostics},
                           {"--save", model},
                           {"--output", global.output},
                           {"--plot", global.plot_path}});
  require(table.groups.empty() || (diagnostics.empty() && model.empty() && !global.plot),
          "-g fits one {} per group; --diagnostics, --save and --plot are about one: pick the "
          "group with --where",
          one);
}

std::string ModelOptions::apply_hint() const {
  return fmt::format("mathtool apply {} NEW.csv --interval 0.95   predictions for new rows", model);
}

}  // namespace mathtool::cli
