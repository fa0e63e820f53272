#include "cli/fit/curve_rows.hpp"

#include <algorithm>
#include <cmath>

#include "cli/kept_memory.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/special_functions.hpp"

namespace mathtool::cli {
namespace {

std::vector<math::VariableType> number_variables(const std::vector<std::string>& names) {
  std::vector<math::VariableType> types;
  for (const std::string& name : names) types.push_back({name});
  return types;
}

void append(std::vector<double>& all, const std::vector<double>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

std::vector<math::NumberColumn> CurveRows::views() const {
  std::vector<math::NumberColumn> result;
  for (const std::vector<double>& column : columns) result.push_back({column.data(), 1});
  return result;
}

CurveReader::CurveReader(const FitFormula& formula, const FitNames& names)
    : response_(formula.response, number_variables(names.column_names), math::special_functions(),
                "formula"),
      names_(names.column_names) {
  for (const std::string& name : names.model_columns)
    places_.push_back(std::find(names_.begin(), names_.end(), name) - names_.begin());
}

Vec CurveReader::response(const RowMatRef& numbers) const {
  Vec y(numbers.rows());
  std::vector<math::ValueColumn> used;
  for (const Index place : response_.used())
    used.emplace_back(math::NumberColumn{numbers.data() + place, numbers.outerStride()});
  math::BlockEvaluator::Scratch scratch;
  response_.evaluate(used, {y.data(), static_cast<std::size_t>(y.size())}, scratch);
  return y;
}

CurveRows CurveReader::read(const TableRows& rows) const {
  for (Index j = 0; j < rows.numbers.cols(); ++j)
    for (Index i = 0; i < rows.numbers.rows(); ++i)
      require<InsufficientDataError>(!std::isinf(rows.numbers(i, j)),
                                     "'{}' is infinite in some row; --where leaves rows out",
                                     names_[static_cast<std::size_t>(j)]);
  const Vec y = response(rows.numbers);
  CurveRows result;
  result.columns.resize(places_.size());
  for (Index i = 0; i < y.size(); ++i) {
    if (std::isnan(y[i])) {
      ++result.undefined;
      continue;
    }
    require<InsufficientDataError>(!std::isinf(y[i]),
                                   "the left side of the formula is infinite in some row; --where "
                                   "leaves rows out");
    result.y.push_back(y[i]);
    if (rows.weights.size() > 0) result.weights.push_back(rows.weights[i]);
    for (std::size_t k = 0; k < places_.size(); ++k)
      result.columns[k].push_back(rows.numbers(i, places_[k]));
  }
  return result;
}

CurveRows gather_curve_rows(const CurveReader& reader, ModelRows& rows, std::int64_t memory) {
  CurveRows all;
  all.columns.resize(reader.model_places().size());
  rows.pass([&](const TableRows& block) { return reader.read(block); },
            [&](CurveRows&& part) {
              append(all.y, part.y);
              append(all.weights, part.weights);
              for (std::size_t k = 0; k < all.columns.size(); ++k)
                append(all.columns[k], part.columns[k]);
              all.undefined += part.undefined;
              // Vectors that grow hold up to twice what is in them.
              require_memory(
                  static_cast<double>(all.y.size()) * static_cast<double>(all.columns.size() + 2),
                  memory, "keeping the rows of a fit",
                  "allow more with --memory, or take fewer rows with --where");
            });
  return all;
}

}  // namespace mathtool::cli
