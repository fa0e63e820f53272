#include "mathtool/math/expression/parse_expression.hpp"

#include "mathtool/math/error.hpp"
#include "parser.hpp"

namespace mathtool::math {
namespace {

void require_length(std::string_view text, const ParseOptions& options) {
  constexpr std::size_t longest = std::size_t{1} << 20;
  require(text.size() <= longest, "{}longer than {} bytes", SourceText{options.source, ""}.head(),
          longest);
}

}  // namespace

ParsedExpression parse_expression(std::string_view text, const ParseOptions& options) {
  require_length(text, options);
  return Parser({options.source, text}, options).expression();
}

ParsedProgram parse_program(std::string_view text, const ParseOptions& options) {
  require_length(text, options);
  return Parser({options.source, text}, options).program();
}

}  // namespace mathtool::math
