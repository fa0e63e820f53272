#include <fmt/format.h>

#include <sstream>
#include <utility>

#include "cli/fit/fit_formula.hpp"
#include "cli/verify/certified_data.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"
#include "mathtool/opt/least_squares/expression_residuals.hpp"
#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"

namespace mathtool::cli {
namespace {

using math::FiftyDigits;
using FiftyProgram = math::ScalarProgram<FiftyDigits>;

/// A set as a fit takes it.
struct CurveData {
  FitFormula formula;
  std::vector<std::string> columns = {}, parameters = {};
  Mat cells = {};  ///< rows × columns
  Vec y = {};      ///< the left side of the formula

  std::vector<math::NumberColumn> views() const {
    std::vector<math::NumberColumn> result;
    for (Index j = 0; j < cells.cols(); ++j) result.push_back({cells.col(j).data(), 1});
    return result;
  }
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

CurveData curve_data(const CertifiedData& data) {
  CurveData result{.formula = parse_fit_formula(data.fields.at("formula")),
                   .columns = words_of(data.fields.at("columns"))};
  const int p = std::stoi(data.fields.at("parameters"));
  for (int j = 1; j <= p; ++j) result.parameters.push_back(fmt::format("b{}", j));
  const auto columns = std::ssize(result.columns);
  const std::vector<double>& cells = data.groups.at(0);
  result.cells = Eigen::Map<const RowMat>(cells.data(), std::ssize(cells) / columns, columns);
  std::vector<math::VariableType> types;
  for (const std::string& name : result.columns) types.push_back({name});
  const math::BlockEvaluator response(result.formula.response, types);
  std::vector<math::ValueColumn> used;
  for (const Index place : response.used())
    used.emplace_back(result.views()[static_cast<std::size_t>(place)]);
  result.y.resize(result.cells.rows());
  math::BlockEvaluator::Scratch scratch;
  response.evaluate(used, {result.y.data(), static_cast<std::size_t>(result.y.size())}, scratch);
  return result;
}

using FiftyVector = std::vector<FiftyDigits>;

/// A x = b and A⁻¹ of a positive definite A by Gauss and Jordan.
void solve_in_place(std::vector<FiftyVector>& A, FiftyVector& b) {
  const std::size_t p = A.size();
  for (std::size_t k = 0; k < p; ++k) {
    const FiftyDigits pivot = 1 / A[k][k];
    A[k][k] = 1;
    for (FiftyDigits& each : A[k]) each *= pivot;
    b[k] *= pivot;
    for (std::size_t i = 0; i < p; ++i) {
      if (i == k) continue;
      const FiftyDigits factor = std::exchange(A[i][k], FiftyDigits(0));
      for (std::size_t j = 0; j < p; ++j) A[i][j] -= factor * A[k][j];
      b[i] -= factor * b[k];
    }
  }
}

struct ExactCurve {
  FiftyVector estimates, standard_errors;
};

/// Gauss-Newton with 50 digits from the certified values on: each step takes a part of the error
/// away that is far below the 11 digits which they have.
ExactCurve exact_curve(const CurveData& data, const CertifiedData& certified) {
  constexpr int steps = 4;
  std::vector<std::string> names = data.columns;
  names.insert(names.end(), data.parameters.begin(), data.parameters.end());
  const FiftyProgram response(data.formula.response, names), model(data.formula.model, names);
  std::vector<FiftyProgram> slopes;
  for (const std::string& name : data.parameters)
    slopes.emplace_back(math::differentiate(data.formula.model, name).value, names);
  const std::size_t p = slopes.size();
  ExactCurve result;
  for (const std::string& name : data.parameters)
    result.estimates.emplace_back(certified.fields.at(name));
  FiftyVector stack;
  for (int step = 0; step <= steps; ++step) {
    std::vector<FiftyVector> gram(p, FiftyVector(p));
    FiftyVector downhill(p), g(p), values(names.size());
    FiftyDigits rss = 0;
    for (std::size_t j = 0; j < p; ++j) values[data.columns.size() + j] = result.estimates[j];
    for (Index i = 0; i < data.cells.rows(); ++i) {
      for (Index j = 0; j < data.cells.cols(); ++j)
        values[static_cast<std::size_t>(j)] = data.cells(i, j);
      const FiftyDigits r = response.run(values, stack) - model.run(values, stack);
      rss += r * r;
      for (std::size_t j = 0; j < p; ++j) g[j] = slopes[j].run(values, stack);
      for (std::size_t a = 0; a < p; ++a) {
        downhill[a] += g[a] * r;
        for (std::size_t b = 0; b < p; ++b) gram[a][b] += g[a] * g[b];
      }
    }
    solve_in_place(gram, downhill);
    if (step < steps) {
      for (std::size_t j = 0; j < p; ++j) result.estimates[j] += downhill[j];
      continue;
    }
    const auto df = static_cast<double>(data.cells.rows()) - static_cast<double>(p);
    for (std::size_t j = 0; j < p; ++j)
      result.standard_errors.push_back(sqrt(gram[j][j] * rss / df));
  }
  return result;
}

}  // namespace

std::vector<CertifiedFigure> nist_nonlinear() {
  constexpr double parameter_digits = 9, error_digits = 6;
  std::vector<CertifiedFigure> figures;
  for (const EmbeddedFile& file : verification_nonlinear_files()) {
    const CertifiedData certified = parse_certified(file);
    const CurveData data = curve_data(certified);
    const ExactCurve exact = exact_curve(data, certified);
    const opt::ParametricModel model(data.formula.model, data.columns, data.parameters);
    const opt::ExpressionResiduals residuals(
        model, data.views(), {data.y.data(), static_cast<std::size_t>(data.y.size())});
    for (const int start : {1, 2}) {
      Vec x(std::ssize(data.parameters));
      const std::vector<std::string> words =
          words_of(certified.fields.at(fmt::format("start{}", start)));
      for (Index j = 0; j < x.size(); ++j) x[j] = std::stod(words[static_cast<std::size_t>(j)]);
      const opt::NonlinearFit fit = opt::levenberg_marquardt(
          residuals, x, {.linear = model.linear(), .names = data.parameters});
      for (std::size_t j = 0; j < data.parameters.size(); ++j) {
        const auto place = static_cast<Index>(j);
        const std::string name = data.parameters[j], error = "se_" + name;
        for (CertifiedFigure figure :
             {certified.figure(name, fit.x[place], Real50(exact.estimates[j]), parameter_digits),
              certified.figure(error, fit.standard_errors[place], Real50(exact.standard_errors[j]),
                               error_digits)}) {
          figure.suite = "opt";
          figure.quantity += fmt::format(" from start {}", start);
          figures.push_back(std::move(figure));
        }
      }
    }
  }
  return figures;
}

}  // namespace mathtool::cli
