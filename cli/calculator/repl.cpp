#include "cli/calculator/repl.hpp"

#include <fmt/core.h>

#include <cstdio>

#include "cli/calculator/line_editor.hpp"
#include "cli/calculator/show_answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/nesting.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::cli {
namespace {

constexpr const char* introduction =
    "mathtool calculator: type a formula, help, or quit. "
    "integrate(sin(x), x, 0, pi), diff(x^x, x), [1,2;3,4]^2, 1/3 + 1/6\n";

constexpr const char* help =
    R"(limit integrate diff antiderivative sum product taylor solve roots extrema ode ...
cdf(normal(0,1), x) quantile mean sample ...; mean sd var cov corr median of numbers
det inv eig svd lu qr chol expm linsolve norm rank ...; [1,2;3,4] is a matrix, A' its transpose
x = 3, f(x) = x^2 + 1 define; ans is the last value; the tab key completes names
mathtool calc --help lists every function; docs/calculator.md explains them
)";

/// Whether a bracket is open that a further line can close.
bool goes_on(const std::string& text) {
  Nesting nesting;
  for (const char c : text) {
    if (c == '#' && !nesting.quoted()) break;
    nesting.step(c);
  }
  return nesting.depth() > 0;
}

void answer(Calculator& calculator, const std::string& entry, int digits) {
  try {
    const Answer result = calculator.run(entry);
    fmt::print("{}\n", show_answer(result, digits));
    for (const std::string& note : result.notes) fmt::print("note: {}\n", note);
  } catch (const Stopped&) { fmt::print("given up\n"); } catch (const math::FormulaError& error) {
    if (const std::string place = math::caret_text(error); !place.empty())
      fmt::print("{}\n", place);
    fmt::print("{}\n", error.what());
  } catch (const std::exception& error) { fmt::print("{}\n", error.what()); }
  std::fflush(stdout);
}

}  // namespace

Exit converse(Calculator& calculator, int digits) {
  forgive_interrupts();
  LineEditor editor(history_path(), [&calculator] { return calculator.names(); });
  fmt::print("{}", introduction);
  std::string entry;
  while (true) {
    clear_interrupt();
    const LineEditor::Event event = editor.read(entry.empty() ? "> " : "  ");
    if (event == LineEditor::Event::end) break;
    if (event == LineEditor::Event::interrupted) {
      fmt::print("\n");
      entry.clear();
      continue;
    }
    entry += (entry.empty() ? "" : " ") + editor.line();
    if (entry.find_first_not_of(" \t") == std::string::npos) {
      entry.clear();
      continue;
    }
    if (entry == "quit" || entry == "exit") break;
    if (goes_on(entry)) continue;
    editor.remember(entry);
    if (entry == "help")
      fmt::print("{}", help);
    else
      answer(calculator, entry, digits);
    entry.clear();
  }
  fmt::print("\n");
  return Exit::done;
}

}  // namespace mathtool::cli
