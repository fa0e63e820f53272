#include <fmt/core.h>

#include <cmath>
#include <string_view>

#include "cli/command.hpp"
#include "cli/report.hpp"
#include "cli/verify/certified_figure.hpp"

namespace mathtool::cli {
namespace {

double one_decimal(double digits) { return std::round(10 * digits) / 10; }

Table figure_table(const std::vector<CertifiedFigure>& figures) {
  return {.columns = {"suite", "case", "quantity", "certified", "computed", "lre", "limit"},
          .rows = std::ssize(figures),
          .cell = [&figures](Index row, Index column) -> Cell {
            const CertifiedFigure& figure = figures[static_cast<std::size_t>(row)];
            switch (column) {
              case 0: return figure.suite;
              case 1: return figure.name;
              case 2: return figure.quantity;
              case 3: return figure.certified;
              case 4: return figure.computed;
              case 5: return one_decimal(figure.lre);
              default: return one_decimal(figure.limit);
            }
          },
          .digits = 15};
}

Json figures_json(const std::vector<CertifiedFigure>& figures) {
  Json rows = Json::array();
  for (const CertifiedFigure& figure : figures)
    rows.push_back({{"suite", figure.suite},
                    {"case", figure.name},
                    {"quantity", figure.quantity},
                    {"certified", figure.certified},
                    {"computed", figure.computed},
                    {"lre", figure.lre},
                    {"limit", figure.limit}});
  return {{"rows", rows}};
}

constexpr std::string_view nist_digits =
    "14.5 of means and deviations, 13 of analyses of variance and Longley's regression, 12 of the "
    "others";
constexpr std::string_view opt_digits = "9 of parameters, 6 of standard errors";

std::vector<CertifiedFigure> figures_of(const std::string& suite) {
  if (suite == "opt") return nist_nonlinear();
  std::vector<CertifiedFigure> figures = nist_univariate();
  for (const std::vector<CertifiedFigure>& more : {nist_anova(), nist_linear()})
    figures.insert(figures.end(), more.begin(), more.end());
  return figures;
}

Exit run(const Invocation& invocation) {
  std::string suite = "nist";
  Options options(invocation);
  options.choice("--suite", {"nist", "opt"}, suite,
                 "which certified data; opt: nonlinear regressions");
  const GlobalOptions global = options.parse();

  const std::vector<CertifiedFigure> figures = figures_of(suite);
  std::size_t held = 0;
  for (const CertifiedFigure& figure : figures) held += figure.holds();
  const bool all = held == figures.size();

  Report report{.command = "verify"};
  report.status = all ? Status::converged : Status::suspicious;
  report.reason = fmt::format(
      "{} of {} figures have the digits wanted ({}) or all that the data as rounded to doubles "
      "allow, less 0.5",
      held, figures.size(), suite == "opt" ? opt_digits : nist_digits);
  report.main = figure_table(figures);
  report.screen = {report.main, Paragraph{report.reason}};
  report.result = [&] { return figures_json(figures); };
  render(report, global);
  return all ? Exit::done : Exit::not_established;
}

}  // namespace

extern const Command verify;
const Command verify{"verify", "this program against certified results", "",
                     R"(Examples:
  mathtool verify          every certified figure, ours, and the digits that agree
  mathtool verify --csv    the same for other programs
  mathtool verify --suite opt    nonlinear regressions from both of their starts

lre is the log relative error, -log10(|computed - certified| / |certified|): the number of correct
digits, at most 15.5. limit is what exact arithmetic gives on the same data once they are rounded to
doubles; no program that reads doubles can do better. Source: NIST Statistical Reference Datasets.
)",
                     run};

}  // namespace mathtool::cli
