#include "cli/pca/pca_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/bar.hpp"
#include "cli/render/json.hpp"
#include "cli/terminal.hpp"
#include "cli/terminal_text.hpp"
#include "mathtool/data/csv_format.hpp"

namespace mathtool::cli {
namespace {

constexpr Index most_shown = 20;     ///< components in the table for people
constexpr Index most_explained = 5;  ///< of them, those whose strongest loadings are listed

std::string component_name(Index k) { return fmt::format("PC{}", k + 1); }

std::string heading(const stats::Pca& pca, bool standardized, std::optional<std::uint64_t> seed) {
  return fmt::format("{} rows, {} column{}{}; {} of {} component{} (solver {}{})", pca.observations,
                     pca.input_size(), pca.input_size() == 1 ? "" : "s",
                     standardized ? ", standardised" : "", pca.output_size(), pca.rank,
                     pca.rank == 1 ? "" : "s", to_string(pca.solver),
                     seed ? fmt::format(", seed {}", *seed) : "");
}

Table eigenvalue_table(const stats::Pca& pca, bool round_percent) {
  const Vec ratio = pca.explained_ratio(), cumulative = pca.cumulative_ratio();
  const bool utf8 = utf8_locale();
  const auto percent = [=](double share) {
    return round_percent ? std::round(1e4 * share) / 100 : 100 * share;
  };
  return {.title = "",
          .columns = {"PC", "eigenvalue", "sd", "%", "cumulative %", "share of the variance"},
          .rows = std::min(pca.output_size(), most_shown),
          .cell = [=, values = pca.eigenvalues](Index k, Index column) -> Cell {
            switch (column) {
              case 0: return std::int64_t{k + 1};
              case 1: return values[k];
              case 2: return std::sqrt(values[k]);
              case 3: return percent(ratio[k]);
              case 4: return percent(cumulative[k]);
              default: return bar(ratio[k], 24, utf8);
            }
          }};
}

/// "+ a 0.86, b 0.36  - c 0.08": the entries of at least a quarter of the largest, strongest first.
std::string strongest(const stats::Pca& pca, Index k) {
  constexpr std::size_t most_listed = 6;
  const auto component = pca.components.col(k);
  std::vector<Index> order(static_cast<std::size_t>(pca.input_size()));
  std::iota(order.begin(), order.end(), Index{0});
  const std::size_t count = std::min(order.size(), most_listed);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](Index i, Index j) {
                      return std::abs(component[i]) > std::abs(component[j]) ||
                             (std::abs(component[i]) == std::abs(component[j]) && i < j);
                    });
  order.resize(count);
  std::string plus, minus;
  for (const Index j : order) {
    if (std::abs(component[j]) < 0.25 * std::abs(component[order.front()])) break;
    std::string& side = component[j] > 0 ? plus : minus;
    const std::string name = printable(pca.variables[static_cast<std::size_t>(j)]);
    side += fmt::format("{}{} {:.3f}", side.empty() ? "" : ", ", name, std::abs(component[j]));
  }
  if (!plus.empty()) plus = fmt::format("+ {}", plus);
  if (!minus.empty())
    minus = fmt::format("{}{} {}", plus.empty() ? "" : "   ", utf8_locale() ? "−" : "-", minus);
  return plus + minus;
}

Paragraph loadings_paragraph(const stats::Pca& pca) {
  std::string text = "Strongest entries of each component";
  const Index count = std::min(pca.output_size(), most_explained);
  for (Index k = 0; k < count; ++k)
    text += fmt::format("\n{:<5}{}", component_name(k), strongest(pca, k));
  return {text};
}

Table main_table(const stats::Pca& pca) {
  std::vector<std::string> columns{"component", "eigenvalue", "ratio", "cumulative"};
  columns.insert(columns.end(), pca.variables.begin(), pca.variables.end());
  return {.columns = columns,
          .rows = pca.output_size(),
          .cell = [&pca, ratio = pca.explained_ratio(), cumulative = pca.cumulative_ratio()](
                      Index k, Index column) -> Cell {
            switch (column) {
              case 0: return component_name(k);
              case 1: return pca.eigenvalues[k];
              case 2: return ratio[k];
              case 3: return cumulative[k];
              default: return pca.components(column - 4, k);
            }
          }};
}

Json diagnostics_json(const RowDiagnostics& diagnostics) {
  return {{"confidence", diagnostics.confidence},
          {"t_squared_limit", diagnostics.t_squared_limit},
          {"q_limit", diagnostics.q_limit},
          {"t_squared", diagnostics.t_squared},
          {"q", diagnostics.q}};
}

Json result_json(const stats::Pca& pca, const RowDiagnostics* diagnostics) {
  Json result{{"variables", pca.variables},
              {"observations", pca.observations},
              {"mean", to_json(pca.mean)},
              {"scale", to_json(pca.scale)},
              {"eigenvalues", to_json(pca.eigenvalues)},
              {"explained_variance_ratio", to_json(pca.explained_ratio())},
              {"cumulative_ratio", to_json(pca.cumulative_ratio())},
              {"total_variance", pca.total_variance},
              {"components", rows_to_json(pca.components.transpose())},
              {"loadings", rows_to_json(pca.loadings().transpose())},
              {"solver", to_string(pca.solver)},
              {"rank", pca.rank},
              {"error_bound", pca.error_bound}};
  if (diagnostics) result["diagnostics"] = diagnostics_json(*diagnostics);
  return result;
}

/// How many times its limit a value is; 0 where there is no limit.
double excess(double value, double limit) { return limit > 0 ? value / limit : 0.0; }

std::string limit_text(const char* name, double limit) {
  return std::isnan(limit) ? fmt::format("{} limit not known", name)
                           : fmt::format("{} {:.4g}", name, limit);
}

/// The rows beyond a limit, furthest first; `over` says how far beyond the nearer of its limits a
/// row is.
std::variant<Paragraph, Table> outliers(const RowDiagnostics& diagnostics) {
  constexpr std::size_t most_listed = 10;
  std::vector<std::size_t> rows;
  std::size_t scored = 0;
  const auto over = [&](std::size_t i) {
    return std::max(excess(diagnostics.t_squared[i], diagnostics.t_squared_limit),
                    excess(diagnostics.q[i], diagnostics.q_limit));
  };
  for (std::size_t i = 0; i < diagnostics.t_squared.size(); ++i) {
    if (std::isnan(diagnostics.t_squared[i])) continue;
    ++scored;
    if (over(i) > 1) rows.push_back(i);
  }
  const std::size_t beyond = rows.size();
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t i, std::size_t j) { return over(i) > over(j); });
  rows.resize(std::min(rows.size(), most_listed));
  const double percent = 100 * diagnostics.confidence;
  if (std::isnan(diagnostics.t_squared_limit) && std::isnan(diagnostics.q_limit))
    return Paragraph{fmt::format("T2 and Q of {} rows, {:.0f} % limit not known; --json lists them",
                                 scored, percent)};
  const std::string title = fmt::format(
      "{} of {} rows beyond a {:.0f} % limit ({}, {}){}", beyond, scored, percent,
      limit_text("T2", diagnostics.t_squared_limit), limit_text("Q", diagnostics.q_limit),
      beyond > most_listed ? ", the furthest:" : "");
  if (rows.empty()) return Paragraph{title};
  return Table{.title = title,
               .columns = {"row", "T2", "Q"},
               .rows = static_cast<Index>(rows.size()),
               .cell = [rows, &diagnostics](Index i, Index column) -> Cell {
                 const std::size_t row = rows[static_cast<std::size_t>(i)];
                 if (column == 0) return static_cast<std::int64_t>(row + 1);
                 return column == 1 ? diagnostics.t_squared[row] : diagnostics.q[row];
               }};
}

}  // namespace

void report_pca(const stats::Pca& pca, const RowDiagnostics* diagnostics, bool standardized,
                std::optional<int> digits, Report& report) {
  report.screen = {Paragraph{heading(pca, standardized, report.seed)},
                   eigenvalue_table(pca, !digits)};
  if (pca.output_size() > most_shown)
    report.screen.push_back(Paragraph{fmt::format(
        "... and {} more components; --csv and --json show all", pca.output_size() - most_shown)});
  report.screen.push_back(loadings_paragraph(pca));
  if (diagnostics) report.screen.push_back(outliers(*diagnostics));
  report.main = main_table(pca);
  report.result = [&pca, diagnostics] { return result_json(pca, diagnostics); };
  report.status = pca.status;
  report.reason =
      pca.status == Status::converged
          ? fmt::format("the largest residual is {:.3g}, {:.1g} of the largest eigenvalue",
                        pca.error_bound, pca.error_bound / pca.eigenvalues[0])
          : fmt::format(
                "the iteration ended with a residual of {:.3g} beside a largest eigenvalue of "
                "{:.3g}",
                pca.error_bound, pca.eigenvalues[0]);
}

std::string loadings_csv(const stats::Pca& pca) {
  const Mat loadings = pca.loadings();
  std::string text = "variable";
  for (Index k = 0; k < pca.output_size(); ++k) text += "," + component_name(k);
  text += '\n';
  for (Index j = 0; j < pca.input_size(); ++j) {
    data::append_field(text, pca.variables[static_cast<std::size_t>(j)]);
    for (Index k = 0; k < pca.output_size(); ++k) {
      text += ',';
      data::append_number(text, loadings(j, k));
    }
    text += '\n';
  }
  return text;
}

}  // namespace mathtool::cli
