#include "cli/failure.hpp"

#include <unistd.h>

#include <new>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/progress_bar.hpp"
#include "cli/standard_error.hpp"
#include "cli/terminal.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::cli {
namespace {

/// "mathtool pca" when the first words are a command, else "mathtool".
std::string speaker(const std::vector<std::string>& words) {
  const std::string two = words.size() > 1 ? words[0] + " " + words[1] : "";
  for (const Command* command : commands()) {
    if (words.empty() || words[0] != command->name) continue;
    for (const Command* member : family_of(*command))
      if (two == member->name) return "mathtool " + two;
    return "mathtool " + words[0];
  }
  return "mathtool";
}

}  // namespace

Exit explain_failure(const std::vector<std::string>& words) {
  erase_progress();
  const auto fail = [&](Exit exit, const std::string& message) {
    write_stderr_line(speaker(words) + ": " + message);
    return exit;
  };
  try {
    throw;
  } catch (const HelpShown&) { return Exit::done; } catch (const data::ClosedPipe&) {
    return Exit::done;  // the reader has seen enough: `mathtool ... | head`
  } catch (const Stopped&) {
    return Exit::interrupted;
  } catch (const InsufficientDataError& error) {
    return fail(Exit::data, error.what());
  } catch (const math::FormulaError& error) {
    const std::string place = is_terminal(STDERR_FILENO) ? math::caret_text(error) : "";
    return fail(Exit::usage, error.what() + (place.empty() ? "" : "\n" + place));
  } catch (const DomainError& error) {
    return fail(Exit::usage, error.what());
  } catch (const DimensionError& error) {
    return fail(Exit::usage, error.what());
  } catch (const std::bad_alloc&) {
    return fail(Exit::runtime, "out of memory");
  } catch (const std::exception& error) { return fail(Exit::runtime, error.what()); }
}

}  // namespace mathtool::cli
