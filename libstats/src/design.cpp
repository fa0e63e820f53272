#include "mathtool/stats/design.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

using FrameKind = ModelFrame::Variable::Kind;

/// Whether the term without one of its variables is in the model.
bool has_margin(const std::set<ModelFrame::Term>& terms, const ModelFrame::Term& term,
                std::size_t variable) {
  ModelFrame::Term rest = term;
  std::erase(rest, variable);
  return rest.empty() || terms.contains(rest);
}

/// For each term, of each of its variables, whether it is a factor that keeps all its levels.
std::vector<std::vector<bool>> whole_factors(const ModelFrame& frame) {
  const std::set<ModelFrame::Term> terms(frame.terms().begin(), frame.terms().end());
  std::vector<std::vector<bool>> whole;
  bool first_factor_whole = !frame.intercept();
  for (const ModelFrame::Term& term : frame.terms()) {
    whole.emplace_back();
    for (const std::size_t v : term) {
      const bool factor = frame.variables()[v].kind == FrameKind::factor;
      whole.back().push_back(factor && (first_factor_whole || !has_margin(terms, term, v)));
      if (factor) first_factor_whole = false;
    }
  }
  return whole;
}

}  // namespace

Design::Design(ModelFrame frame, std::vector<std::vector<std::string>> levels)
    : frame_(std::move(frame)), levels_(std::move(levels)) {
  const auto factors = frame_.factors();
  require<DimensionError>(factors.size() == levels_.size(),
                          "Design: {} lists of levels for {} factors", levels_.size(),
                          factors.size());
  for (std::size_t f = 0; f < factors.size(); ++f) {
    if (levels_[f].size() == 1 && factors[f] != &frame_.response())
      throw InsufficientDataError(
          fmt::format("factor '{}' has one level, '{}', in the rows that are used: it cannot "
                      "explain anything; leave it out",
                      factors[f]->label, levels_[f][0]));
    numeric_levels_.emplace_back();
    for (const std::string& level : levels_[f])
      if (!factors[f]->text) numeric_levels_.back().push_back(std::strtod(level.c_str(), nullptr));
  }
  add_columns();
  plain_ = frame_.texts().empty() && frame_.response().kind == FrameKind::column &&
           std::ssize(frame_.numbers()) == std::ssize(frame_.terms()) + 1 &&
           frame_.response().place == std::ssize(frame_.terms());
  for (std::size_t t = 0; plain_ && t < frame_.terms().size(); ++t) {
    const ModelFrame::Variable& variable = frame_.variables()[frame_.terms()[t][0]];
    plain_ = frame_.terms()[t].size() == 1 && variable.kind == FrameKind::column &&
             variable.place == static_cast<Index>(t);
  }
}

const std::vector<std::string>& Design::response_levels() const {
  static const std::vector<std::string> none;
  return frame_.response().kind == FrameKind::factor ? levels_.back() : none;
}

double Design::count_columns(const ModelFrame& frame,
                             const std::vector<std::vector<std::string>>& levels) {
  std::vector<double> levels_of;  // of each variable, 0 for one that is no factor
  std::size_t factor = 0;
  for (const ModelFrame::Variable& variable : frame.variables())
    levels_of.push_back(
        variable.kind == FrameKind::factor ? static_cast<double>(levels[factor++].size()) : 0.0);
  const std::vector<std::vector<bool>> whole = whole_factors(frame);
  double sum = frame.intercept() ? 1 : 0;
  for (std::size_t t = 0; t < whole.size(); ++t) {
    double product = 1;
    for (std::size_t k = 0; k < whole[t].size(); ++k) {
      const std::size_t v = frame.terms()[t][k];
      const ModelFrame::Variable& variable = frame.variables()[v];
      if (variable.kind == FrameKind::factor)
        product *= levels_of[v] - (whole[t][k] ? 0 : 1);
      else if (variable.kind == FrameKind::polynomial && !variable.only_highest)
        product *= variable.degree;
    }
    sum += product;
  }
  return sum;
}

void Design::add_columns() {
  const auto add = [&](std::string name, math::DesignTerm product, Index term) {
    names_.push_back(std::move(name));
    products_.push_back(std::move(product));
    term_of_.push_back(term);
  };
  if (frame_.intercept()) add("(Intercept)", {}, -1);
  const std::vector<std::vector<bool>> whole = whole_factors(frame_);
  for (std::size_t t = 0; t < frame_.terms().size(); ++t) {
    const ModelFrame::Term& term = frame_.terms()[t];
    std::vector<Part> columns{{}};
    for (std::size_t k = 0; k < term.size(); ++k) {
      std::vector<Part> longer;
      for (const Part& part : parts_of(term[k], whole[t][k]))  // the first variable runs fastest
        for (const Part& column : columns) {
          longer.push_back(
              {column.name + (column.name.empty() ? "" : ":") + part.name, column.raw});
          longer.back().raw.insert(longer.back().raw.end(), part.raw.begin(), part.raw.end());
        }
      columns = std::move(longer);
    }
    for (Part& column : columns)
      add(std::move(column.name), std::move(column.raw), static_cast<Index>(t));
  }
}

std::vector<Design::Part> Design::parts_of(std::size_t v, bool all_levels) {
  const ModelFrame::Variable& variable = frame_.variables()[v];
  using Raw = RawColumn::Kind;
  std::vector<Part> parts;
  switch (variable.kind) {
    case FrameKind::column:
      parts.push_back({variable.label, {raw_index({Raw::number, v, variable.place})}});
      break;
    case FrameKind::expression:
      parts.push_back({variable.label, {raw_index({Raw::expression, v})}});
      break;
    case FrameKind::polynomial: {
      const Index raw = raw_index({Raw::number, v, variable.place});
      for (int power = variable.only_highest ? variable.degree : 1; power <= variable.degree;
           ++power)
        parts.push_back(
            {variable.only_highest ? variable.label : fmt::format("{}{}", variable.label, power),
             math::DesignTerm(static_cast<std::size_t>(power), raw)});
      break;
    }
    case FrameKind::factor: {
      const std::vector<std::string>& levels = levels_[factor_index(v)];
      for (Index k = all_levels ? 0 : 1; k < std::ssize(levels); ++k)
        parts.push_back({fmt::format("{}[{}]", variable.label, levels[static_cast<std::size_t>(k)]),
                         {raw_index({Raw::level, v, 0, k})}});
      break;
    }
  }
  return parts;
}

Index Design::raw_index(const RawColumn& column) {
  const bool number = column.kind == RawColumn::Kind::number;  // whatever variables read it
  const auto [known, added] = raw_places_.emplace(
      std::tuple{column.kind, number ? 0 : column.variable, number ? column.place : column.level},
      std::ssize(raw_));
  if (added) raw_.push_back(column);
  return known->second;
}

std::size_t Design::factor_index(std::size_t variable) const {
  std::size_t index = 0;
  for (std::size_t v = 0; v < variable; ++v)
    if (frame_.variables()[v].kind == FrameKind::factor) ++index;
  return index;
}

/// The level of each row, −1 where it is none of those known.
std::vector<Index> Design::codes(const FrameRows& rows, const ModelFrame::Variable& factor,
                                 std::size_t index) const {
  std::vector<Index> result(static_cast<std::size_t>(rows.numbers.rows()), -1);
  const auto place = [&](const auto& levels, const auto& level) -> Index {
    const auto found = std::lower_bound(levels.begin(), levels.end(), level);
    return found != levels.end() && *found == level ? found - levels.begin() : -1;
  };
  for (Index i = 0; i < std::ssize(result); ++i)
    result[static_cast<std::size_t>(i)] =
        factor.text ? place(levels_[index], rows.text(i, factor.place))
                    : place(numeric_levels_[index], rows.numbers(i, factor.place));
  return result;
}

/// A variable that is one number for each row.
Vec Design::values(const FrameRows& rows, const ModelFrame::Variable& variable) const {
  if (variable.kind != FrameKind::expression) return rows.numbers.col(variable.place);
  std::vector<math::ValueColumn> columns;
  const Index n = rows.numbers.rows();
  const Index texts_per_row = n > 0 ? std::ssize(rows.texts) / n : 0;
  for (const auto& [text, place] : variable.inputs) {
    if (text)
      columns.push_back(math::TextColumn{rows.texts.data() + place, texts_per_row});
    else
      columns.push_back(math::NumberColumn{rows.numbers.data() + place, rows.numbers.cols()});
  }
  Vec result(n);
  math::BlockEvaluator::Scratch scratch;
  variable.evaluator->evaluate(columns, {result.data(), static_cast<std::size_t>(result.size())},
                               scratch);
  for (const double x : result)
    require<InsufficientDataError>(!std::isinf(x), "'{}' is infinite in some row", variable.label);
  return result;
}

DesignRows Design::evaluate(const FrameRows& rows, bool with_response) const {
  const Index n = rows.numbers.rows();
  DesignRows result{RowMat(n, std::ssize(raw_)), {}, {}};
  std::vector<std::vector<Index>> codes_of(levels_.size());
  for (Index j = 0; j < std::ssize(raw_); ++j) {
    const RawColumn& column = raw_[static_cast<std::size_t>(j)];
    if (column.kind == RawColumn::Kind::number) {
      result.raw.col(j) = rows.numbers.col(column.place);
      continue;
    }
    const ModelFrame::Variable& variable = frame_.variables()[column.variable];
    if (column.kind == RawColumn::Kind::expression) {
      result.raw.col(j) = values(rows, variable);
      continue;
    }
    const std::size_t index = factor_index(column.variable);
    if (codes_of[index].empty()) codes_of[index] = codes(rows, variable, index);
    for (Index i = 0; i < n; ++i) {
      const Index code = codes_of[index][static_cast<std::size_t>(i)];
      result.raw(i, j) = code < 0 ? not_a_number : static_cast<double>(code == column.level);
    }
  }
  if (with_response) {
    if (frame_.response().kind == FrameKind::factor) {
      result.y.resize(n);
      const std::vector<Index> of_response = codes(rows, frame_.response(), levels_.size() - 1);
      for (Index i = 0; i < n; ++i) {
        const Index code = of_response[static_cast<std::size_t>(i)];
        result.y[i] = code < 0 ? not_a_number : static_cast<double>(code);
      }
    } else if (frame_.response().kind == FrameKind::polynomial) {
      const Vec base = rows.numbers.col(frame_.response().place);
      result.y = base.unaryExpr(
          [power = frame_.response().degree](double x) { return std::pow(x, power); });
    } else {
      result.y = values(rows, frame_.response());
    }
  }
  for (Index i = 0; i < n; ++i)
    if (!result.raw.row(i).hasNaN() && !(with_response && std::isnan(result.y[i])))
      result.rows.push_back(i);
  if (std::ssize(result.rows) < n) {
    result.raw = RowMat(result.raw(result.rows, Eigen::all));
    if (with_response) result.y = Vec(result.y(result.rows));
  }
  return result;
}

RowMat Design::expand(const RowMatRef& raw) const {
  const Index n = raw.rows(), p = columns();
  RowMat X(n, p);
  for (Index j = 0; j < p; ++j) {
    const math::DesignTerm& product = products_[static_cast<std::size_t>(j)];
    if (product.empty()) {
      X.col(j).setOnes();
      continue;
    }
    X.col(j) = raw.col(product[0]);
    for (std::size_t k = 1; k < product.size(); ++k)
      X.col(j).array() *= raw.col(product[k]).array();
  }
  return X;
}

}  // namespace mathtool::stats
