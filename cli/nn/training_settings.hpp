#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"

namespace mathtool::cli {

/// The settings of a training in words, by the names of their options without dashes: as a command
/// line gives them, as a model file keeps them to go on, as a search varies them.
class TrainingSettings {
 public:
  using Words = std::map<std::string, std::string, std::less<>>;

  TrainingSettings();

  /// Those of the network and of its training as options; `this` must outlive the parsing.
  void declare_network(Options& options);
  void declare_training(Options& options);
  /// --from, of a command that fine-tunes.
  void declare_origin(Options& options);

  /// What was given; empty: nothing. Pre: there is such a setting.
  const std::string& text(std::string_view name) const;
  bool given(std::string_view name) const { return !text(name).empty(); }
  /// What stands for it otherwise.
  std::string text_or(std::string_view name, std::string_view otherwise) const;

  /// A setting, or one of the optimizer's own. Throws: DomainError for other names, with the
  /// nearest one.
  void set(const std::string& name, const std::string& text);

  /// Numbers, as expressions without variables. Throws: DomainError that names the option.
  double number(std::string_view name, double otherwise) const;
  std::int64_t count(std::string_view name, std::int64_t least, std::int64_t otherwise) const;

  /// The optimizer's own settings: --set and --learning-rate.
  std::map<std::string, double> rule_settings() const;

  /// What was given, for a model file.
  std::map<std::string, std::string> record() const;
  /// Takes from a model file what was not given, and tells in notes what was given as something
  /// else. Throws: DomainError where that is a setting that decides what a training is about.
  void adopt(const std::map<std::string, std::string>& record, const std::string& model,
             std::vector<std::string>& notes);

 private:
  Words words_ = {};  ///< of every setting there is
  std::vector<std::string> rule_settings_ = {};
};

}  // namespace mathtool::cli
