#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/stats/distribution_family.hpp"

namespace mathtool::stats {
namespace {

constexpr int deepest = 100;  ///< brackets within brackets

bool begins_name(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
bool continues_name(char c) { return begins_name(c) || c == '_' || (c >= '0' && c <= '9'); }

/// The given arguments by parameter.
using Slots = std::vector<std::optional<Argument>>;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  AnyDistribution whole() { return ended(distribution()); }

  std::variant<AnyDistribution, AnyMultivariate> whole_of_any_kind() {
    const std::size_t start = at_;
    if (const MultivariateFamily* family = find_multivariate_family(name()))
      return ended(made(*family));
    at_ = start;
    return whole();
  }

 private:
  template <class Any>
  Any ended(Any d) {
    if (next() != '\0') fail("the end");
    return d;
  }

  /// The next character that is not blank, or 0 at the end.
  char next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool take(char c) {
    if (next() != c) return false;
    ++at_;
    return true;
  }

  [[noreturn]] void fail(std::string_view expected) const {
    throw DomainError(at_ >= text_.size()
                          ? fmt::format("'{}' ends where {} should stand", excerpt(), expected)
                          : fmt::format("'{}' has '{}' at position {}, where {} should stand",
                                        excerpt(), text_[at_], at_ + 1, expected));
  }

  /// All of a short specification, of a long one what stands about the place.
  std::string excerpt() const {
    constexpr std::size_t longest = 60;
    if (text_.size() <= longest) return std::string(text_);
    const std::size_t start = at_ < longest / 2 ? 0 : at_ - longest / 2;
    return fmt::format("{}{}{}", start > 0 ? "..." : "", text_.substr(start, longest),
                       start + longest < text_.size() ? "..." : "");
  }

  std::string_view name() {
    if (!begins_name(next())) fail("a name");
    const std::size_t start = at_;
    while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  double plain_number() {
    next();
    if (at_ < text_.size() && text_[at_] == '+') ++at_;
    double value = 0;
    const char* const start = text_.data() + at_;
    const auto [end, error] = std::from_chars(start, text_.data() + text_.size(), value);
    if (error == std::errc::invalid_argument) fail("a number");
    if (error == std::errc::result_out_of_range)
      throw DomainError(
          fmt::format("'{}' is beyond the range of a double",
                      std::string_view(start, static_cast<std::size_t>(end - start))));
    at_ += static_cast<std::size_t>(end - start);
    return value;
  }

  double number() {
    const double value = plain_number();
    return take('/') ? value / plain_number() : value;
  }

  template <class T>
  std::vector<T> list(T (Reader::*item)(), std::string_view what) {
    if (!take('[')) fail(what);
    std::vector<T> items;
    if (take(']')) return items;
    do items.push_back((this->*item)());
    while (take(','));
    if (!take(']')) fail("',' or ']'");
    return items;
  }

  std::vector<double> row() { return list(&Reader::number, "a list such as [0.2, 0.8]"); }

  Argument argument(Form form) {
    switch (form) {
      case Form::number: return number();
      case Form::list: return row();
      case Form::matrix: return list(&Reader::row, "a matrix such as [[2, 1], [1, 2]]");
      case Form::distribution: return distribution();
      case Form::distributions:
        return list(&Reader::distribution, "a list such as [normal(0, 1), normal(3, 2)]");
      case Form::rest: break;
    }
    std::vector<double> items{number()};
    while (take(',')) items.push_back(number());
    return items;
  }

  /// "name =", if that is what comes.
  std::optional<std::string_view> argument_name() {
    const std::size_t start = at_;
    if (begins_name(next())) {
      const std::string_view given = name();
      if (take('=')) return given;
    }
    at_ = start;
    return {};
  }

  template <class Any>
  static std::size_t place_of(std::string_view given, const Family<Any>& family) {
    const auto found = std::ranges::find(family.parameters, given, &Parameter::name);
    if (found != family.parameters.end())
      return static_cast<std::size_t>(found - family.parameters.begin());
    std::vector<std::string> names;
    for (const Parameter& parameter : family.parameters) names.emplace_back(parameter.name);
    throw DomainError(fmt::format("{} has no parameter '{}'{}; it has {}", family.name, given,
                                  did_you_mean(given, names), fmt::join(names, ", ")));
  }

  template <class Any>
  void read_arguments(const Family<Any>& family, Slots& slots) {
    bool named = false;
    std::size_t position = 0;
    do {
      std::size_t place = position++;
      if (const auto given = argument_name()) {
        place = place_of(*given, family);
        named = true;
      } else if (named) {
        fail("name=value, as after the first named argument");
      }
      require(place < slots.size(), "{} takes {} argument{}, got more", family.name, slots.size(),
              slots.size() == 1 ? "" : "s");
      const Parameter& parameter = family.parameters[place];
      require(!slots[place], "{}: {} is given twice", family.name, parameter.name);
      slots[place] = argument(parameter.form);
    } while (take(','));
    if (!take(')')) fail("',' or ')'");
  }

  AnyDistribution distribution() {
    require(++depth_ <= deepest, "'{:.40}...' has more than {} brackets within each other", text_,
            deepest);
    const AnyDistribution d = made(find_distribution_family(name()));
    --depth_;
    return d;
  }

  /// The name has been read.
  template <class Any>
  Any made(const Family<Any>& family) {
    Slots slots(family.parameters.size());
    if (take('(') && !take(')')) read_arguments(family, slots);
    std::vector<Argument> arguments;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const Parameter& parameter = family.parameters[i];
      require(slots[i] || parameter.standard, "{} needs {}, its {}", family.name, parameter.name,
              parameter.meaning);
      arguments.push_back(slots[i] ? *slots[i] : Argument(*parameter.standard));
    }
    return family.make(arguments);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

AnyDistribution parse_distribution(std::string_view text) { return Reader(text).whole(); }

std::variant<AnyDistribution, AnyMultivariate> parse_any_distribution(std::string_view text) {
  return Reader(text).whole_of_any_kind();
}

}  // namespace mathtool::stats
