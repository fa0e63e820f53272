#include "mathtool/stats/model_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>

#include "formula_excerpt.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::stats {
namespace {

using BoundKind = ModelFrame::Variable::Kind;

constexpr std::size_t most_terms = 100'000;  // their Gram matrix alone takes 80 GB

bool is_simple_name(const std::string& name) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  const auto inner = [&](char c) { return letter(c) || c == '_' || (c >= '0' && c <= '9'); };
  if (name.empty() || (!letter(name[0]) && name[0] != '_')) return false;
  for (std::size_t i = 1; i < name.size(); ++i)
    if (!inner(name[i]) && !(name[i] == '.' && i + 1 < name.size() && name[i + 1] != '.'))
      return false;
  return true;
}

/// A column's name as a formula writes it.
std::string formula_name(const std::string& name) {
  if (is_simple_name(name)) return name;
  std::string result = "`";
  for (const char c : name) result += c == '`' ? "``" : std::string(1, c);
  return result + "`";
}

Index place_among(std::vector<Index>& columns, Index column) {
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found != columns.end()) return found - columns.begin();
  columns.push_back(column);
  return std::ssize(columns) - 1;
}

}  // namespace

/// Gives the names of a formula their columns.
class ModelFrame::Binder {
 public:
  Binder(const Formula& formula, std::span<const FormulaColumn> columns, ModelFrame& frame)
      : formula_(formula), columns_(columns), frame_(frame) {
    for (const FormulaColumn& column : columns) {
      places_.emplace(column.name, std::ssize(names_));
      names_.push_back(column.name);
      types_.push_back(
          {column.name, column.text ? math::ValueType::text : math::ValueType::number});
    }
  }

  void bind() {
    const std::vector<Index> of_response = columns_of(formula_.response);
    Labelled known{frame_.variables_};
    std::vector<Term>& terms = frame_.terms_;
    std::set<Term> seen, gone;
    for (const FormulaTerm& term : formula_.terms)
      for (const FormulaTerm& one : without_dots(term, of_response)) {
        Term candidate = bound_into(one, known);
        if (seen.insert(candidate).second) terms.push_back(std::move(candidate));
      }
    for (const FormulaTerm& term : formula_.removed)
      for (const FormulaTerm& one : without_dots(term, of_response))
        gone.insert(bound_into(one, known));
    std::erase_if(terms, [&](const Term& term) { return gone.contains(term); });
    std::stable_sort(terms.begin(), terms.end(),
                     [](const Term& a, const Term& b) { return a.size() < b.size(); });
    drop_unused_variables();
    // In the order of the terms, the response last: a table of plain columns is a design as it is.
    std::vector<bool> assigned(frame_.variables_.size(), false);
    for (const Term& term : terms)
      for (const std::size_t v : term) {
        if (!assigned[v]) assign_columns(frame_.variables_[v]);
        assigned[v] = true;
      }
    frame_.term_numbers_ = std::ssize(frame_.numbers_);
    frame_.term_texts_ = std::ssize(frame_.texts_);
    frame_.response_ = resolved(formula_.response);
    for (const Term& term : terms)
      if (term.size() == 1 && frame_.variables_[term[0]].kind == frame_.response_.kind &&
          frame_.variables_[term[0]].label == frame_.response_.label)
        fail(formula_.response.position,
             fmt::format("the response '{}' cannot be a term as well", frame_.response_.label));
    assign_columns(frame_.response_);
  }

 private:
  [[noreturn]] void fail(int position, std::string_view message) const {
    throw math::FormulaError(fmt::format("formula: column {}: {}: \"{}\"", position, message,
                                         formula_excerpt(formula_.text, position)),
                             position, formula_.text);
  }

  Index find(const FormulaVariable& variable) const {
    const auto found = places_.find(variable.column);
    if (found == places_.end())
      fail(variable.position,
           fmt::format("there is no column '{}'{}", formula_excerpt(variable.column, 1),
                       did_you_mean(variable.column, names_)));
    return found->second;
  }

  std::vector<Index> columns_of(const FormulaVariable& variable) const {
    if (variable.kind == FormulaVariable::Kind::others)
      fail(variable.position, "'.' stands for terms, not for a response");
    if (variable.kind != FormulaVariable::Kind::expression) return {find(variable)};
    return evaluator(variable).used();
  }

  math::BlockEvaluator evaluator(const FormulaVariable& variable) const {
    try {
      return {*variable.expression, types_, math::elementary_functions(), "formula"};
    } catch (const math::FormulaError& error) {
      // Places are counted from the beginning of the whole formula.
      std::string message = error.what();
      const std::string head = fmt::format("formula: column {}: ", error.column);
      if (message.starts_with(head)) message.erase(0, head.size());
      if (message.starts_with("no function 'factor'")) message = "a factor is written C(g)";
      if (message.starts_with("no function 'I'")) message = "I(...) is written without the I";
      fail(variable.position + std::max(error.column - 1, 0), message);
    }
  }

  /// The term with every other column in the place of each `.`.
  std::vector<FormulaTerm> without_dots(const FormulaTerm& term,
                                        const std::vector<Index>& of_response) const {
    std::vector<FormulaTerm> result;
    replace_dots(term, of_response, result);
    return result;
  }

  void replace_dots(const FormulaTerm& term, const std::vector<Index>& of_response,
                    std::vector<FormulaTerm>& result) const {
    const auto dot = std::find_if(term.begin(), term.end(), [](const FormulaVariable& variable) {
      return variable.kind == FormulaVariable::Kind::others;
    });
    if (dot == term.end()) {
      if (result.size() == most_terms)
        throw math::FormulaError(
            fmt::format("formula: more than {} terms; '.' stands for {} columns", most_terms,
                        columns_.size()),
            term.empty() ? 0 : term.front().position, formula_.text);
      return result.push_back(term);
    }
    for (Index j = 0; j < std::ssize(columns_); ++j) {
      const FormulaColumn& column = columns_[static_cast<std::size_t>(j)];
      if (!column.offered ||
          std::find(of_response.begin(), of_response.end(), j) != of_response.end())
        continue;
      FormulaTerm one = term;
      FormulaVariable& place = one[static_cast<std::size_t>(dot - term.begin())];
      place.kind = FormulaVariable::Kind::column;
      place.column = place.label = column.name;
      place.text = formula_name(column.name);
      replace_dots(one, of_response, result);
    }
  }

  /// Variables by what they are and their labels, each once: a column may be named `log(x)`.
  struct Labelled {
    std::vector<Variable>& variables;
    std::map<std::pair<FormulaVariable::Kind, std::string>, std::size_t> places = {};
  };

  Term bound_into(const FormulaTerm& term, Labelled& known) const {
    Term result;
    for (const FormulaVariable& variable : term) {
      const auto [place, added] =
          known.places.emplace(std::pair{variable.kind, variable.label}, known.variables.size());
      if (added) known.variables.push_back(resolved(variable));
      result.push_back(place->second);
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  /// Before it has places among the numbers and texts that are read, `place` is a column.
  Variable resolved(const FormulaVariable& variable) const {
    Variable result{.label = variable.label, .source = variable.text};
    using From = FormulaVariable::Kind;
    if (variable.kind == From::expression) {
      result.kind = BoundKind::expression;
      result.evaluator = std::make_shared<const math::BlockEvaluator>(evaluator(variable));
      for (const Index column : result.evaluator->used())
        result.inputs.emplace_back(columns_[static_cast<std::size_t>(column)].text, column);
      return result;
    }
    result.place = find(variable);
    result.text = columns_[static_cast<std::size_t>(result.place)].text;
    if (variable.kind == From::factor || (variable.kind == From::column && result.text)) {
      result.kind = BoundKind::factor;
    } else if (variable.kind == From::polynomial) {
      if (result.text)
        fail(variable.position,
             fmt::format("column '{}' is text and has no powers", variable.column));
      result.kind = BoundKind::polynomial;
      result.degree = variable.degree;
      result.only_highest = variable.only_highest;
    }
    return result;
  }

  void drop_unused_variables() {
    std::vector<Variable> used;
    std::vector<std::size_t> to(frame_.variables_.size(), frame_.variables_.size());
    std::vector<bool> wanted(frame_.variables_.size(), false);
    for (const Term& term : frame_.terms_)
      for (const std::size_t v : term) wanted[v] = true;
    for (std::size_t v = 0; v < wanted.size(); ++v)
      if (wanted[v]) {
        to[v] = used.size();
        used.push_back(frame_.variables_[v]);
      }
    for (Term& term : frame_.terms_)
      for (std::size_t& v : term) v = to[v];
    frame_.variables_ = std::move(used);
  }

  void assign_columns(Variable& variable) {
    const auto place = [&](bool text, Index column) {
      return place_among(text ? frame_.texts_ : frame_.numbers_, column);
    };
    if (variable.kind == BoundKind::expression)
      for (auto& [text, column] : variable.inputs) column = place(text, column);
    else
      variable.place = place(variable.kind == BoundKind::factor && variable.text, variable.place);
  }

  const Formula& formula_;
  std::span<const FormulaColumn> columns_;
  ModelFrame& frame_;
  std::vector<std::string> names_ = {};
  std::vector<math::VariableType> types_ = {};
  std::map<std::string, Index, std::less<>> places_ = {};
};

ModelFrame::ModelFrame(const Formula& formula, std::span<const FormulaColumn> columns)
    : intercept_(formula.intercept) {
  Binder(formula, columns, *this).bind();
}

std::string ModelFrame::formula() const {
  std::vector<std::string> texts;
  if (!intercept_) texts.emplace_back("0");
  const auto add = [&](const Term& term) {
    std::string product;
    for (const std::size_t v : term) product += (product.empty() ? "" : ":") + variables_[v].source;
    texts.push_back(std::move(product));
  };
  // Interactions are named in the order of the variables: where terms do not give it away, as after
  // g*h - g, the product of all variables stands in front, and is taken out again.
  Term all(variables_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::size_t seen = 0;
  bool in_order = true;
  for (const Term& term : terms_)
    for (const std::size_t v : term) {
      in_order = in_order && v <= seen;
      if (v == seen) ++seen;
    }
  if (!in_order) add(all);
  for (const Term& term : terms_)
    if (in_order || term != all) add(term);
  if (texts.empty()) texts.emplace_back("1");
  const bool whole = std::find(terms_.begin(), terms_.end(), all) != terms_.end();
  const std::string extra =
      texts.size() > 1 && !in_order && !whole ? texts[intercept_ ? 0 : 1] : "";
  return fmt::format("{} ~ {}{}{}", response_.source, fmt::join(texts, " + "),
                     extra.empty() ? "" : " - ", extra);
}

std::string ModelFrame::label(const Term& term) const {
  std::vector<std::string_view> labels;
  for (const std::size_t v : term) labels.push_back(variables_[v].label);
  return fmt::format("{}", fmt::join(labels, ":"));
}

std::vector<const ModelFrame::Variable*> ModelFrame::factors() const {
  std::vector<const Variable*> factors;
  for (const Variable& variable : variables_)
    if (variable.kind == BoundKind::factor) factors.push_back(&variable);
  if (response_.kind == BoundKind::factor) factors.push_back(&response_);
  return factors;
}

}  // namespace mathtool::stats
