#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/opt/schedule.hpp"

namespace mathtool::opt {
namespace {

std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t colon = text.find(':');
    fields.push_back(text.substr(0, colon));
    if (colon == text.npos) return fields;
    text.remove_prefix(colon + 1);
  }
}

/// The whole field as a number, or nothing.
template <class T>
std::optional<T> number_in(std::string_view field) {
  T value{};
  const char* end = field.data() + field.size();
  const auto [rest, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

/// Reads one form of text after the other; whatever does not fit is the same mistake.
class ScheduleReader {
 public:
  explicit ScheduleReader(std::string_view text) : text_(text) {}

  Schedule read() const {
    Schedule schedule;
    std::string_view shape = text_;
    if (const std::size_t plus = text_.find('+');
        text_.starts_with("warmup") && plus != text_.npos) {
      const std::vector<std::string_view> fields = fields_of(text_.substr(0, plus));
      if (fields.size() != 2 || fields[0] != "warmup") fail();
      schedule.warmup = whole(fields[1]);
      shape.remove_prefix(plus + 1);
    }
    const std::vector<std::string_view> fields = fields_of(shape);
    const std::string_view name = fields[0];
    const std::size_t given = fields.size() - 1;
    if (name == "constant" && given == 0)
      schedule.shape = ConstantRate{};
    else if (name == "step" && given == 2)
      schedule.shape = StepDecay{whole(fields[1]), real(fields[2])};
    else if (name == "exponential" && given == 1)
      schedule.shape = ExponentialDecay{real(fields[1])};
    else if (name == "cosine" && given <= 1)
      schedule.shape = CosineDecay{given == 1 ? positive(fields[1]) : 0};
    else if (name == "onecycle" && given == 1)
      schedule.shape = OneCycle{real(fields[1])};
    else if (name == "plateau" && given == 2)
      schedule.shape = Plateau{whole(fields[1]), real(fields[2])};
    else
      fail();
    return schedule;
  }

 private:
  std::int64_t whole(std::string_view field) const {
    const auto value = number_in<std::int64_t>(field);
    if (!value) fail();
    return *value;
  }
  std::int64_t positive(std::string_view field) const {
    const std::int64_t value = whole(field);
    if (value < 1) fail();
    return value;
  }
  double real(std::string_view field) const {
    const auto value = number_in<double>(field);
    if (!value) fail();
    return *value;
  }

  [[noreturn]] void fail() const {
    throw DataError(fmt::format(
        "schedule '{}': expected constant, step:30:0.1, exponential:0.95, cosine, "
        "cosine:50, onecycle:0.01 or plateau:5:0.5, with or without warmup:10+ in front",
        text_));
  }

  std::string_view text_;
};

struct ScheduleText {
  std::string operator()(const ConstantRate&) const { return "constant"; }
  std::string operator()(const StepDecay& s) const {
    return fmt::format("step:{}:{}", s.every, s.factor);
  }
  std::string operator()(const ExponentialDecay& s) const {
    return fmt::format("exponential:{}", s.factor);
  }
  std::string operator()(const CosineDecay& s) const {
    return s.restart == 0 ? "cosine" : fmt::format("cosine:{}", s.restart);
  }
  std::string operator()(const OneCycle& s) const { return fmt::format("onecycle:{}", s.max_rate); }
  std::string operator()(const Plateau& s) const {
    return fmt::format("plateau:{}:{}", s.patience, s.factor);
  }
};

}  // namespace

Schedule parse_schedule(std::string_view text, std::int64_t total_steps) {
  Schedule schedule = ScheduleReader(text).read();
  schedule.total_steps = total_steps;
  try {
    schedule.validate();
  } catch (const DomainError& error) {
    throw DataError(fmt::format("schedule '{}': {}", text,
                                std::string_view(error.what()).substr(sizeof("schedule: ") - 1)));
  }
  return schedule;
}

std::string to_string(const Schedule& schedule) {
  const std::string shape = std::visit(ScheduleText{}, schedule.shape);
  return schedule.warmup == 0 ? shape : fmt::format("warmup:{}+{}", schedule.warmup, shape);
}

}  // namespace mathtool::opt
