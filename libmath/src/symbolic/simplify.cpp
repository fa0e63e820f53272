#include "mathtool/math/symbolic/simplify.hpp"

#include "canonical.hpp"

namespace mathtool::math {
namespace {

/// Nodes of a tree, counted no further than `most`.
int count_nodes(const Expression& expression, int most) {
  int count = 1;
  for (const Expression& part : children(expression)) {
    if (count > most) break;
    count += count_nodes(part, most - count);
  }
  return count;
}

}  // namespace

Expression simplify(const Expression& expression) {
  constexpr int most = 20000;
  return count_nodes(expression, most) > most ? expression : readable(canonical(expression));
}

}  // namespace mathtool::math
