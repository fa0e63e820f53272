#include "mathtool/math/autodiff/polygamma.hpp"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/polygamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"
#include "mathtool/math/fifty_digits.hpp"

namespace mathtool::math {
namespace {

using namespace boost::math::policies;
using QuietPolicy = policy<domain_error<ignore_error>, pole_error<ignore_error>,
                           overflow_error<ignore_error>, evaluation_error<ignore_error>>;

}  // namespace

template <class T>
T polygamma(int order, const T& x) {
  using std::floor;
  require(order >= 0, "polygamma: the order must be >= 0, got {}", order);
  const bool pole = x <= 0 && x == floor(x);
  if (pole || !(x == x)) return std::numeric_limits<T>::quiet_NaN();
  if (order == 0) return boost::math::digamma(x, QuietPolicy());
  if (order == 1) return boost::math::trigamma(x, QuietPolicy());
  return boost::math::polygamma(order, x, QuietPolicy());
}

template double polygamma(int, const double&);
template FiftyDigits polygamma(int, const FiftyDigits&);

}  // namespace mathtool::math
