#include "cli/distribution/vector_distribution_report.hpp"

#include <fmt/format.h>

#include "cli/constant_expression.hpp"
#include "cli/distribution/draw_count.hpp"
#include "cli/interrupt.hpp"
#include "cli/render/json.hpp"
#include "mathtool/math/closest_match.hpp"

namespace mathtool::cli {
namespace {

using stats::AnyMultivariate;

constexpr int digits = 15;

/// "[1, 2pi]"
Vec parse_vector(const std::string& text) {
  require(text.size() > 2 && text.front() == '[' && text.back() == ']',
          "'{}' is no vector; write [1, 2]", text);
  std::vector<double> values;
  int depth = 0;
  std::string item;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    depth += (c == '(') - (c == ')');
    if ((c == ',' && depth == 0) || i + 1 == text.size()) {
      values.push_back(constant_expression(item, "X"));
      item.clear();
    } else {
      item += c;
    }
  }
  return Eigen::Map<const Vec>(values.data(), std::ssize(values));
}

std::vector<std::string> coordinates(Index dimension) {
  std::vector<std::string> names;
  for (Index i = 0; i < dimension; ++i) names.push_back(fmt::format("x{}", i + 1));
  return names;
}

void report_rows(Mat rows, Report& report) {
  report.main = {.columns = coordinates(rows.cols()),
                 .rows = rows.rows(),
                 .cell = [rows](Index i, Index j) -> Cell { return rows(i, j); },
                 .digits = digits};
  report.screen = {report.main};
}

void report_densities(const AnyMultivariate& d, bool logarithm,
                      const std::vector<std::string>& operands, Report& report) {
  require(!operands.empty(), "{} needs a vector, as in '[1, 2]'", logarithm ? "log_pdf" : "pdf");
  const Index n = d.dimension();
  Mat rows(std::ssize(operands), n + 1);
  for (Index i = 0; i < rows.rows(); ++i) {
    const Vec x = parse_vector(operands[static_cast<std::size_t>(i)]);
    rows(i, n) = logarithm ? stats::log_pdf(d, x) : stats::pdf(d, x);
    rows.row(i).head(n) = x.transpose();
  }
  report_rows(rows, report);
  report.main.columns.back() = logarithm ? "log_pdf" : "pdf";
  report.screen = {report.main};
  report.result = [rows, n] {
    Json list = Json::array();
    for (Index i = 0; i < rows.rows(); ++i)
      list.push_back({{"x", to_json(Vec(rows.row(i).head(n)))}, {"value", rows(i, n)}});
    return Json{{"values", std::move(list)}};
  };
}

void report_value(Json value, Report& report) {
  report.result = [value = std::move(value)] {
    return Json{{"values", Json::array({{{"x", Json()}, {"value", value}}})}};
  };
}

void report_sample(const AnyMultivariate& d, const std::vector<std::string>& operands,
                   const GlobalOptions& global, Report& report) {
  Mat rows(static_cast<Index>(draw_count(operands, d.dimension(), global)), d.dimension());
  const StopToken stop = interrupt_token();
  math::Philox random(global.seed);
  for (Index i = 0; i < rows.rows(); ++i) {
    if (i % 1024 == 0) stop.check();
    rows.row(i) = d.sample(random).transpose();
  }
  report.seed = global.seed;
  report_rows(rows, report);
  report.result = [rows] { return Json{{"values", rows_to_json(rows)}}; };
}

void report_info(const AnyMultivariate& d, Report& report) {
  const Vec mean = d.mean();
  const Mat covariance = d.covariance();
  const double entropy = d.entropy();
  Mat rows(covariance.rows() + 1, covariance.cols());
  rows << mean.transpose(), covariance;
  report_rows(rows, report);
  report.main.title = "mean, then covariance";
  report.screen = {
      Paragraph{fmt::format("{}, of {} numbers, entropy {:.6g}", d.text(), d.dimension(), entropy)},
      report.main};
  report.result = [text = d.text(), discrete = d.discrete(), mean, covariance, entropy] {
    return Json{{"properties",
                 {{"distribution", text},
                  {"discrete", discrete},
                  {"mean", to_json(mean)},
                  {"variance", rows_to_json(covariance)},
                  {"entropy", entropy}}}};
  };
}

}  // namespace

void report_vector_distribution(const AnyMultivariate& d, const std::string& verb,
                                const std::vector<std::string>& operands,
                                const GlobalOptions& global, Report& report) {
  if (verb == "pdf" || verb == "log_pdf")
    return report_densities(d, verb == "log_pdf", operands, report);
  if (verb == "sample") return report_sample(d, operands, global, report);
  require(operands.empty(), "{} stands alone, without '{}'", verb,
          operands.empty() ? "" : operands[0]);
  if (verb == "info" || verb.empty()) return report_info(d, report);
  if (verb == "mean") {
    report_rows(d.mean().transpose(), report);
    return report_value(to_json(d.mean()), report);
  }
  if (verb == "variance") {
    report_rows(d.covariance(), report);
    return report_value(rows_to_json(d.covariance()), report);
  }
  if (verb == "entropy") {
    report_rows(Mat::Constant(1, 1, d.entropy()), report);
    report.main.columns = {"entropy"};
    report.screen = {report.main};
    return report_value(d.entropy(), report);
  }
  const std::vector<std::string> verbs{"pdf",     "log_pdf", "mean", "variance",
                                       "entropy", "sample",  "info"};
  throw DomainError(fmt::format("no verb '{}' for a distribution of vectors{}; the verbs are {}",
                                verb, did_you_mean(verb, verbs), fmt::join(verbs, " ")));
}

}  // namespace mathtool::cli
