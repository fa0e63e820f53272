#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>
#include <map>

#include "cli/global_options.hpp"
#include "cli/help_page.hpp"
#include "cli/operand_rule.hpp"
#include "cli/output_rule.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// The long name of "-s,--standardize", for messages.
std::string long_name(const std::string& names) { return names.substr(names.find("--")); }

int read_within(const std::string& text, int least, int most, const std::string& name) {
  int number = 0;
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(begin, end, number);
  require(read.ptr == end && read.ec != std::errc::invalid_argument,
          "{} must be a whole number, got '{}'", name, text);
  // A number too long for its type is out of range, whatever the range.
  require(read.ec == std::errc() && least <= number && number <= most,
          "{} must be between {} and {}, got {}", name, least, most, text);
  return number;
}

char read_character(const std::string& text, const std::string& name) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "space") return ' ';
  require(text.size() == 1, "{} must be one character of one byte, or tab or space, got '{}'", name,
          text);
  return text[0];
}

/// "a, b or c"
std::string alternatives(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

}  // namespace

struct Options::State {
  struct Operand {
    std::string name;
    std::function<void(const std::string&)> take;
    bool required = false;
    bool repeats = false;
  };
  struct Meaning {
    std::string option, word;
  };
  using Values = CLI::results_t;

  explicit State(const Invocation& made) : invocation(made) { app.set_help_flag(); }

  CLI::Option* add(const std::string& names, const OptionHelp& shown,
                   const std::function<void(const Values&)>& take) {
    pages.push_back(shown);
    for (const std::string& name : CLI::detail::split(names, ','))
      if (name.starts_with("--")) known.push_back(name);
    return app.add_option(
        names,
        [take](const Values& values) {
          take(values);
          return true;
        },
        shown.help);
  }

  void add_value(const std::string& names, const std::string& placeholder, const std::string& help,
                 const std::string& otherwise, std::function<void(const std::string&)> take) {
    add(names, {heading, names, placeholder, help, otherwise},
        [take = std::move(take)](const Values& values) { take(values.back()); })
        ->take_last();
  }

  std::optional<Takes> takes(const std::string& name) const {
    if (std::find(figures.begin(), figures.end(), name) != figures.end()) return Takes::figure_file;
    if (shorthands.count(name) > 0) return Takes::nothing;
    const CLI::Option* option = app.get_option_no_throw(name);
    if (!option) return std::nullopt;
    return option->get_items_expected_max() == 0 ? Takes::nothing : Takes::value;
  }

  void take_operands(const std::vector<std::string>& found) const;

  /// Whether the value of this option is a file that is not its output.
  bool takes_file(const std::string& option) const {
    if (option == "-o" || option == "--output" || option == "--plot") return false;
    return std::ranges::any_of(pages, [&](const OptionHelp& page) {
      const std::vector<std::string> names = CLI::detail::split(page.names, ',');
      return names_file(page.placeholder) && std::ranges::count(names, option) > 0;
    });
  }

  /// The same of the operand that stands k-th.
  bool operand_takes_file(std::size_t k) const {
    return !operands.empty() && names_file(operands[std::min(k, operands.size() - 1)].name);
  }

  const Invocation& invocation;
  CLI::App app;
  std::string heading = "Options";
  std::vector<OptionHelp> pages = {};
  std::vector<OptionHelp> operand_pages = {};
  std::vector<Operand> operands = {};
  std::vector<std::string> known = {};             ///< long names, for "did you mean"
  std::map<std::string, Meaning> shorthands = {};  ///< flags that stand for an option and a word
  std::vector<std::string> figures = {};           ///< options whose value may be left out
};

void Options::State::take_operands(const std::vector<std::string>& found) const {
  std::size_t next = 0;
  for (const Operand& operand : operands) {
    require(next < found.size() || !operand.required, "{} is missing; see mathtool help {}",
            operand.name, invocation.command.name);
    if (next < found.size()) operand.take(found[next++]);
    while (operand.repeats && next < found.size()) operand.take(found[next++]);
  }
  if (next == found.size()) return;
  // What was meant as an option is the likelier mistake.
  for (const std::string& word : found)
    require(word.size() < 2 || word[0] != '-', "unknown option '{}'; see mathtool help {}", word,
            invocation.command.name);
  throw DomainError(fmt::format("one operand too many: '{}'; usage: mathtool {} [options] {}",
                                found[next], invocation.command.name, invocation.command.operands));
}

Options::Options(const Invocation& invocation) : state_(std::make_unique<State>(invocation)) {}

Options::~Options() = default;

void Options::heading(const std::string& title) { state_->heading = title; }

void Options::flag(const std::string& names, bool& target, const std::string& help) {
  state_
      ->add(names, {state_->heading, names, "", help, ""},
            [&target](const State::Values&) { target = true; })
      ->expected(0);
}

void Options::value(const std::string& names, const std::string& placeholder, std::string& target,
                    const std::string& help) {
  state_->add_value(names, placeholder, help, target == "-" ? "" : target,
                    [&target, name = long_name(names)](const std::string& text) {
                      require(!text.empty(), "{} needs a value, got an empty one", name);
                      target = text;
                    });
}

void Options::value(const std::string& names, const std::string& placeholder,
                    std::optional<char>& target, const std::string& help) {
  state_->add_value(names, placeholder, help, "",
                    [&target, name = long_name(names)](const std::string& text) {
                      target = read_character(text, name);
                    });
}

void Options::value(const std::string& names, const std::string& placeholder,
                    std::optional<int>& target, int least, int most, const std::string& help) {
  state_->add_value(names, placeholder, help, "",
                    [&target, least, most, name = long_name(names)](const std::string& text) {
                      target = read_within(text, least, most, name);
                    });
}

void Options::choice(const std::string& names, std::vector<std::string> words, std::string& target,
                     const std::string& help) {
  const std::string placeholder = fmt::format("{}", fmt::join(words, "|"));
  state_->add_value(
      names, placeholder, help, target,
      [&target, words = std::move(words), name = long_name(names)](const std::string& text) {
        require(std::find(words.begin(), words.end(), text) != words.end(),
                "{} must be {}, got '{}'{}", name, alternatives(words), text,
                did_you_mean(text, words));
        target = text;
      });
}

void Options::shorthand(const std::string& name, const std::string& option, const std::string& word,
                        const std::string& help) {
  state_->pages.push_back({state_->heading, name, "", help, ""});
  state_->known.push_back(name);
  state_->shorthands[name] = {option, word};
}

void Options::list(const std::string& names, const std::string& placeholder,
                   std::vector<std::string>& target, const std::string& help) {
  state_
      ->add(names, {state_->heading, names, placeholder, help + "; may be repeated", ""},
            [&target](const State::Values& values) { target = values; })
      ->take_all();
}

void Options::figure(const std::string& names, bool& asked, std::string& path,
                     const std::string& help) {
  state_->add_value(names, "[FILE]", help, "", [&asked, &path](const std::string& text) {
    asked = true;
    path = text;
  });
  for (const std::string& name : CLI::detail::split(names, ',')) state_->figures.push_back(name);
}

void Options::operand(const std::string& name, std::string& target, bool required,
                      const std::string& help) {
  state_->operand_pages.push_back({"Operands", name, "", help, target == "-" ? "" : target});
  state_->operands.push_back(
      {name, [&target](const std::string& text) { target = text; }, required});
}

void Options::operands(const std::string& name, std::vector<std::string>& target,
                       const std::string& help) {
  state_->operand_pages.push_back({"Operands", name, "", help, ""});
  state_->operands.push_back(
      {.name = name,
       .take = [&target](const std::string& text) { target.push_back(text); },
       .repeats = true});
}

GlobalOptions Options::parse() {
  GlobalDeclarations global;
  global.declare(*this);
  const std::string page_wanted = "-h,--help";
  state_
      ->add(page_wanted, {state_->heading, page_wanted, "", "this page", ""},
            [](const State::Values&) {})
      ->expected(0);

  const auto takes = [this](const std::string& name) { return state_->takes(name); };
  std::vector<std::string> operands, options, files;
  for (Argument& argument : divide_arguments(state_->invocation.arguments, takes, state_->known)) {
    if (argument.option.empty()) {
      if (state_->operand_takes_file(operands.size())) files.push_back(argument.value);
      operands.push_back(std::move(argument.value));
      continue;
    }
    if (state_->takes_file(argument.option)) files.push_back(argument.value);
    const auto shorthand = state_->shorthands.find(argument.option);
    if (shorthand != state_->shorthands.end())
      argument = {shorthand->second.option, shorthand->second.word};
    options.push_back(argument.option);
    if (takes(argument.option) != Takes::nothing) options.push_back(std::move(argument.value));
  }

  if (std::find(options.begin(), options.end(), "--help") != options.end() ||
      std::find(options.begin(), options.end(), "-h") != options.end()) {
    std::vector<OptionHelp> pages = state_->operand_pages;
    pages.insert(pages.end(), state_->pages.begin(), state_->pages.end());
    data::OutputFile out("-");
    out.write(command_help(state_->invocation.command, pages));
    out.commit();
    throw HelpShown();
  }

  std::reverse(options.begin(), options.end());  // CLI11 takes the words from the back
  try {
    state_->app.parse(std::move(options));
  } catch (const CLI::Error& error) { throw DomainError(error.what()); }
  state_->take_operands(operands);
  GlobalOptions result = global.finish();
  check_output(state_->invocation.command, result, global.format_given());
  check_kept(result, files);
  require(!result.plot || state_->invocation.command.draws,
          "{} has nothing to draw; leave out --plot", state_->invocation.command.name);
  return result;
}

}  // namespace mathtool::cli
