#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace mathtool::cli {

enum class Format { table, csv, tsv, json, markdown, latex };
enum class Color { automatic, always, never };

/// The options that every command has.
struct GlobalOptions {
  Format format = Format::table;
  std::string output = "-";  ///< -o
  std::optional<int> digits = {};
  bool quiet = false;
  bool verbose = false;
  Color color = Color::automatic;
  int threads = 0;
  std::uint64_t seed = 0;
  std::int64_t memory = std::int64_t{256} << 20;  ///< bytes to keep, --memory
  bool plot = false;
  std::string plot_path = {};  ///< empty: in the terminal
  bool timing = false;
};

/// --help was asked for and printed; main() ends with Exit::done.
struct HelpShown {};

/// The options and operands of one command: declare each with the variable it fills, then parse.
/// Unknown options and values out of range throw DomainError (exit 2), with the nearest name.
class Options {
 public:
  explicit Options(const Invocation& invocation);
  ~Options();

  /// `names` as in "-s,--standardize"; the variable's value before `parse` is the default. A
  /// heading groups the options declared after it in --help.
  void heading(const std::string& title);
  void flag(const std::string& names, bool& target, const std::string& help);
  void value(const std::string& names, const std::string& placeholder, std::string& target,
             const std::string& help);
  /// One character, or its name: tab, space.
  void value(const std::string& names, const std::string& placeholder, std::optional<char>& target,
             const std::string& help);
  void value(const std::string& names, const std::string& placeholder, std::optional<int>& target,
             int least, int most, const std::string& help);
  /// One of a fixed set of words.
  void choice(const std::string& names, std::vector<std::string> words, std::string& target,
              const std::string& help);
  /// A flag that stands for another option and its value: "--json" for "--format json".
  void shorthand(const std::string& name, const std::string& option, const std::string& word,
                 const std::string& help);
  /// Repeatable, one value each time.
  void list(const std::string& names, const std::string& placeholder,
            std::vector<std::string>& target, const std::string& help);
  /// A flag whose value, the picture to write, may be left out.
  void figure(const std::string& names, bool& asked, std::string& path, const std::string& help);
  void operand(const std::string& name, std::string& target, bool required,
               const std::string& help);
  /// All operands that are left, if any.
  void operands(const std::string& name, std::vector<std::string>& target, const std::string& help);

  /// Fills the variables. Adds the global options, returned here.
  /// Throws: DomainError for what cannot be understood; HelpShown after printing --help.
  GlobalOptions parse();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mathtool::cli
