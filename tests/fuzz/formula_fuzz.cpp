#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/latex.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

using namespace mathtool;

namespace {

const std::string names[] = {"x", "y"};

/// What the calculator does with a formula, short of calling its functions of functions. Each may
/// refuse; that must not keep the next from being tried.
template <class Attempt>
void attempt(Attempt&& try_it) {
  try {
    try_it();
  } catch (const Error& error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos) std::abort();
  }
}

void use(const math::Expression& formula) {
  const std::string printed = to_string(formula);
  if (!(math::parse_expression(printed, {.calculator = true}).expression == formula)) std::abort();
  (void)to_latex(formula);
  attempt([&] {
    const math::ScalarProgram<double> program(formula, names);
    const double point[] = {0.75, -2.0};
    (void)program(point);
  });
  attempt([&] { (void)to_string(math::simplify(formula)); });
  attempt([&] { (void)to_string(math::differentiate(formula, "x").value); });
}

}  // namespace

/// The language of the calculator: refusals are errors of this project, on one line; what is read
/// prints as text that reads as the same tree.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  attempt([&] {
    const auto program = math::parse_program({reinterpret_cast<const char*>(bytes), size},
                                             {.source = "fuzz", .calculator = true});
    for (const math::Statement& statement : program.statements) use(statement.value);
  });
  return 0;
}
