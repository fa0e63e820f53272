#include "cli/calculator/exact_arithmetic.hpp"

#include <algorithm>
#include <boost/multiprecision/miller_rabin.hpp>

namespace mathtool::cli {
namespace {

using math::Operator;

unsigned length(const Integer& number) {
  return number == 0 ? 0 : boost::multiprecision::msb(abs(number)) + 1;
}

Integer floor_of(const Rational& x) {
  const Integer over = numerator(x), under = denominator(x);
  const Integer quotient = over / under;  // towards zero
  return quotient * under > over ? Integer(quotient - 1) : quotient;
}

Rational divided(const Rational& x, const Rational& y) {
  if (y == 0) throw NotEstablished(Status::not_finite, "division by zero");
  return x / y;
}

std::optional<Value> power(const Rational& x, const Rational& y) {
  if (x == 0 && y < 0) throw NotEstablished(Status::not_finite, "division by zero");
  if (denominator(y) != 1) {
    const std::optional<Value> root = exact_function("sqrt", {x});
    if (denominator(y) == 2 && root && root->is<Rational>())
      return power(*root->as<Rational>(), Rational(numerator(y)));
    return {};
  }
  if (x == 0 || x == 1) return Value(y == 0 ? Rational(1) : x);
  const Integer size = abs(numerator(y));
  if (size * bits(x) > most_exact_bits && x != -1) return {};
  const auto times = static_cast<unsigned>(x == -1 ? Integer(size % 2) : size);
  const Rational result(pow(numerator(x), times), pow(denominator(x), times));
  return Value(y < 0 ? Rational(1 / result) : result);
}

std::optional<Integer> whole_root(const Integer& n) {
  if (n < 0) return {};
  const Integer root = sqrt(n);
  return root * root == n ? std::optional(root) : std::nullopt;
}

Integer whole(const std::string& name, const Rational& x) {
  if (denominator(x) != 1) throw DomainError(name + " takes whole numbers, not " + x.str());
  return numerator(x);
}

std::optional<Value> factorial(const Rational& x) {
  constexpr int most = 20000;  // its factorial has 77,338 digits
  if (denominator(x) != 1) return {};
  if (x < 0)
    throw NotEstablished(Status::not_finite, "factorial: no value at negative whole numbers");
  if (x > most) return {};
  // Products of neighbours first, so that long numbers meet long ones.
  const auto product = [](auto&& self, int low, int high) -> Integer {
    if (low > high) return 1;
    if (low == high) return low;
    const int middle = (low + high) / 2;
    return self(self, low, middle) * self(self, middle + 1, high);
  };
  return Value(Rational(product(product, 2, static_cast<int>(numerator(x)))));
}

std::optional<Value> choose(const Rational& n, const Rational& k) {
  if (denominator(n) != 1 || denominator(k) != 1) return {};
  if (k < 0 || (n >= 0 && k > n)) return Value(Rational(0));
  constexpr int most = 20000;
  const Rational smaller = n >= 0 ? std::min(k, Rational(n - k)) : k;
  if (smaller > most) return {};
  Rational result = 1;
  for (int i = 1; i <= static_cast<int>(numerator(smaller)); ++i) {
    result *= (n - smaller + i) / Rational(i);
    if (bits(result) > most_exact_bits) return {};
  }
  return Value(result);
}

std::optional<Value> is_prime(const Integer& n) {
  if (n < 2) return Value(Rational(0));
  for (int small = 2; small < 200; ++small)
    if (n % small == 0) return Value(Rational(n == small ? 1 : 0));
  require(length(n) <= 4096, "isprime: a number of more than 4096 bits takes too long");
  constexpr unsigned rounds = 40;  // wrong with a probability below 4^-40
  return Value(Rational(boost::multiprecision::miller_rabin_test(n, rounds) ? 1 : 0));
}

std::optional<Value> of_one(const std::string& name, const Rational& x) {
  if (name == "abs") return Value(Rational(abs(x)));
  if (name == "sign") return Value(Rational(x.sign()));
  if (name == "floor") return Value(Rational(floor_of(x)));
  if (name == "ceil") return Value(Rational(-floor_of(-x)));
  if (name == "trunc") return Value(Rational(numerator(x) / denominator(x)));
  if (name == "round") return Value(Rational(x.sign() * floor_of(abs(x) + Rational(1, 2))));
  if (name == "factorial") return factorial(x);
  if (name == "isprime") return is_prime(whole(name, x));
  if (name == "re" || name == "conj") return Value(x);
  if (name == "im") return Value(Rational(0));
  if (name == "gamma" && denominator(x) == 1 && x > 0) return factorial(x - 1);
  if (name == "sqrt") {
    const auto over = whole_root(numerator(x)), under = whole_root(denominator(x));
    if (over && under) return Value(Rational(*over, *under));
  }
  // The values that are whole everywhere else are, too, at the one exact place they have.
  if (x == 0) {
    if (name == "exp" || name == "cos" || name == "cosh") return Value(Rational(1));
    if (name == "sin" || name == "tan" || name == "sinh" || name == "tanh" || name == "asin" ||
        name == "atan" || name == "erf" || name == "expm1" || name == "log1p")
      return Value(Rational(0));
  }
  if (x == 1 && (name == "log" || name == "ln" || name == "log2" || name == "log10"))
    return Value(Rational(0));
  return {};
}

}  // namespace

unsigned bits(const Rational& number) {
  return std::max(length(numerator(number)), length(denominator(number)));
}

std::optional<Value> exact(Operator op, const Rational& x, const Rational& y) {
  if (bits(x) + bits(y) > 2 * most_exact_bits) return {};
  switch (op) {
    case Operator::add: return Value(Rational(x + y));
    case Operator::subtract: return Value(Rational(x - y));
    case Operator::multiply: return Value(Rational(x * y));
    case Operator::divide: return Value(divided(x, y));
    case Operator::modulo: return Value(Rational(x - y * Rational(floor_of(divided(x, y)))));
    default: return power(x, y);
  }
}

std::optional<Value> exact_function(const std::string& name, const std::vector<Rational>& x) {
  if (x.size() == 1) return of_one(name, x[0]);
  if (name == "max") return Value(*std::max_element(x.begin(), x.end()));
  if (name == "min") return Value(*std::min_element(x.begin(), x.end()));
  if (x.size() == 2 && name == "mod") return exact(Operator::modulo, x[0], x[1]);
  if (x.size() == 2 && name == "choose") return choose(x[0], x[1]);
  if (name == "gcd" || name == "lcm") {
    Integer result = abs(whole(name, x[0]));
    for (std::size_t i = 1; i < x.size(); ++i) {
      const Integer next = abs(whole(name, x[i]));
      result = name == "gcd" ? Integer(gcd(result, next)) : Integer(lcm(result, next));
    }
    return Value(Rational(result));
  }
  return {};
}

}  // namespace mathtool::cli
