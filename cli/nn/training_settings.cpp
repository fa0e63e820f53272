#include "cli/nn/training_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "cli/constant_expression.hpp"
#include "cli/named_values.hpp"
#include "cli/nn/network_plan.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/rules/all.hpp"

namespace mathtool::cli {
namespace {

struct SettingHelp {
  std::string_view name, placeholder, help;
};

constexpr std::array network_settings = {
    SettingHelp{"layers", "LAYERS", "such as 'dense 128 relu, dropout 0.2, dense 10'"},
    SettingHelp{"loss", "LOSS",
                "auto, mse, huber[:DELTA], cross_entropy or bce (default auto: cross_entropy of "
                "classes, bce of two where one output tells them, mse of numbers)"},
    SettingHelp{"label-smoothing", "E", "share of a label that is spread over all classes"},
    SettingHelp{"class-weights", "WEIGHTS", "balanced, or CLASS=WEIGHT,... with 1 for the others"}};

constexpr std::array training_settings = {
    SettingHelp{"optimizer", "NAME", "one of those above (default adam)"},
    SettingHelp{"learning-rate", "RATE", "of the optimizer (default its own, of adam 0.001)"},
    SettingHelp{"schedule", "TEXT",
                "of the learning rate, in epochs: step:30:0.1, cosine, warmup:2+cosine, ..."},
    SettingHelp{"weight-decay", "L", "pull of the squares of the weights; of adamw its own decay"},
    SettingHelp{"l1", "L", "pull of their absolute values"},
    SettingHelp{"clip", "C",
                "largest norm of the gradient; norm:C of each array, value:C of each entry"},
    SettingHelp{"epochs", "N",
                "passes over the data (default so many as make about 4000 steps, 10 to 1000)"},
    SettingHelp{"batch", "N", "observations a step (default 32, of images 64)"},
    SettingHelp{
        "validation", "SHARE",
        "set aside to choose the best epoch (default 0.1; 0 below 100 observations, and with "
        "--folds)"},
    SettingHelp{"early-stop", "N", "end after so many epochs without a better validation loss"},
    SettingHelp{"freeze", "LAYERS", "that keep their parameters, as in 1,3-4"},
    SettingHelp{"augment", "LIST",
                "vary the images that are learnt from: 'shift:2, flip, crop:4, noise:0.05, "
                "colour:0.2'"}};

/// Recorded with the others, but options of their own or of every command.
constexpr std::array other_settings = {std::string_view("seed"), std::string_view("set"),
                                       std::string_view("from")};

/// What the numbers of a checkpoint are about: other settings would make them something else.
const std::set<std::string, std::less<>> settled = {
    "from",          "layers",    "loss",       "label-smoothing",
    "class-weights", "optimizer", "validation", "seed"};

/// What stands for a setting that nobody gave, where it is always the same.
std::string otherwise(const std::string& name) {
  if (name == "optimizer") return "adam";
  if (name == "loss") return "auto";
  if (name == "seed" || name == "label-smoothing") return "0";
  return "";
}

/// One spelling of what means the same.
std::string plain(const std::string& name, const std::string& text) {
  if (text.empty()) return otherwise(name);
  if (name == "layers") return nn::to_string(parse_layers_option(text, "--layers"));
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end) return fmt::format("{}", number);
  std::string spaceless = text;
  std::erase(spaceless, ' ');
  return spaceless;
}

template <std::size_t n>
void declare(Options& options, const std::array<SettingHelp, n>& listed,
             TrainingSettings::Words& words) {
  for (const SettingHelp& setting : listed)
    options.value(fmt::format("--{}", setting.name), std::string(setting.placeholder),
                  words.find(setting.name)->second, std::string(setting.help));
}

bool is_rule_setting(std::string_view name) {
  return std::ranges::any_of(opt::rules(), [&](const opt::RuleInfo& rule) {
    return std::ranges::any_of(rule.settings, [&](const auto& setting) {
      return setting.name == name && name != "learning_rate";
    });
  });
}

}  // namespace

TrainingSettings::TrainingSettings() {
  for (const SettingHelp& setting : network_settings) words_.emplace(setting.name, "");
  for (const SettingHelp& setting : training_settings) words_.emplace(setting.name, "");
  for (const std::string_view name : other_settings) words_.emplace(name, "");
}

void TrainingSettings::declare_network(Options& options) {
  declare(options, network_settings, words_);
}

void TrainingSettings::declare_origin(Options& options) {
  options.value(
      "--from", "MODEL", words_.find("from")->second,
      "begin with the layers of a trained network, for other classes with a new last one");
}

void TrainingSettings::declare_training(Options& options) {
  declare(options, training_settings, words_);
  options.list("--set", "NAME=NUMBER,...", rule_settings_,
               "other settings of the optimizer, as in beta1=0.8");
}

const std::string& TrainingSettings::text(std::string_view name) const {
  return words_.find(name)->second;
}

std::string TrainingSettings::text_or(std::string_view name, std::string_view otherwise) const {
  return given(name) ? text(name) : std::string(otherwise);
}

void TrainingSettings::set(const std::string& name, const std::string& text) {
  const auto known = words_.find(name);
  if (known != words_.end() && name != "from") {
    known->second = text;
    return;
  }
  std::vector<std::string> names;
  for (const auto& [each, unused] : words_)
    if (each != "set" && each != "from") names.push_back(each);
  require(is_rule_setting(name),
          "there is no setting '{}'{}; there are {}, and those of optimizers", name,
          did_you_mean(name, names), fmt::join(names, ", "));
  rule_settings_.push_back(name + "=" + text);
}

double TrainingSettings::number(std::string_view name, double otherwise) const {
  return given(name) ? constant_expression(text(name), fmt::format("--{}", name)) : otherwise;
}

std::int64_t TrainingSettings::count(std::string_view name, std::int64_t least,
                                     std::int64_t otherwise) const {
  if (!given(name)) return otherwise;
  const double value = number(name, 0);
  constexpr double most = 1e9;
  require(value >= static_cast<double>(least) && value <= most && value == std::floor(value),
          "--{} takes a whole number from {} to {:.0f}, got '{}'", name, least, most, text(name));
  return static_cast<std::int64_t>(value);
}

std::map<std::string, double> TrainingSettings::rule_settings() const {
  std::map<std::string, double> settings;
  for (const NamedValue& setting : named_values(rule_settings_, "--set"))
    settings[setting.name] = setting.value;
  require(!given("learning-rate") || !settings.contains("learning_rate"),
          "--set learning_rate and --learning-rate are the same; give one of them");
  if (given("learning-rate")) settings["learning_rate"] = number("learning-rate", 0);
  return settings;
}

std::map<std::string, std::string> TrainingSettings::record() const {
  std::map<std::string, std::string> record;
  for (const auto& [name, text] : words_)
    if (!text.empty()) record[name] = text;
  if (!rule_settings_.empty()) record["set"] = fmt::format("{}", fmt::join(rule_settings_, ","));
  return record;
}

void TrainingSettings::adopt(const std::map<std::string, std::string>& record,
                             const std::string& model, std::vector<std::string>& notes) {
  Words given_now = words_;
  given_now["set"] = fmt::format("{}", fmt::join(rule_settings_, ","));
  for (const auto& [name, now] : given_now) {
    const auto kept = record.find(name);
    const std::string before = kept == record.end() ? "" : kept->second;
    if (now.empty() || name == "epochs" || plain(name, now) == plain(name, before)) continue;
    const std::string as = before.empty() ? fmt::format("the default of --{}", name)
                                          : fmt::format("--{} {}", name, before);
    require(!settled.contains(name),
            "{} was trained with {}, which cannot change on the way: leave --{} out", model, as,
            name);
    notes.push_back(
        fmt::format("--{} {} from here on; {} was trained with {}", name, now, model, as));
  }
  for (const auto& [name, text] : record) {
    if (name == "set" && rule_settings_.empty()) rule_settings_ = {text};
    const auto known = words_.find(name);
    if (known != words_.end() && name != "set" && known->second.empty()) known->second = text;
  }
}

}  // namespace mathtool::cli
