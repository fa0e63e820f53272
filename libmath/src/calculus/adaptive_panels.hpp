#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gauss_kronrod.hpp"
#include "integrand_end.hpp"
#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/compensated_sum.hpp"

namespace mathtool::math {

/// The panels that cover a range, and what was added for what no panel can reach.
class AdaptivePanels {
 public:
  /// The range [low, high] is to be covered by so many pieces, which share the samples of the scan.
  AdaptivePanels(FunctionRef<double(double)> f, double low, double high, int pieces,
                 const IntegrateOptions& options)
      : f_(f), low_(low), high_(high), pieces_(pieces), options_(options), charts_(1) {
    panels_.reserve(64);
  }

  /// Covers a finite piece. Where an end is one of the range or a break, f may be singular.
  void add_piece(double low, double high, bool low_is_end = true, bool high_is_end = true);

  /// Covers from `origin` to ±∞, the sign being that of `reach`: to origin + reach as a piece, and
  /// beyond on the logarithm of the distance.
  void add_infinite_piece(double origin, double reach);

  /// Refines until both rules agree, or something forbids it.
  Integral integrate();

 private:
  struct Totals {
    double value = 0.0, error = 0.0, disagreement = 0.0, magnitude = 0.0;
    double noise = 0.0;  // panels add up as a random walk
  };

  // adaptive_panels.cpp: the loop
  void push(const IntegrationPanel& panel);
  IntegrationPanel pop_worst();
  void refine();
  void divide(IntegrationPanel panel);
  void cut(const IntegrationPanel& panel, double point);
  void halve(const IntegrationPanel& panel);
  void freeze(const IntegrationPanel& panel);
  bool rules_agree();
  bool find_hidden_peak();
  void remove(std::size_t panel);
  void fail(Status status, std::string reason);
  bool over() const { return status_ != Status::converged; }
  Totals totals() const;
  double rounding(const Totals& sum) const;
  double tolerance(const Totals& sum) const;
  double widest_gap() const;

  // integral_cover.cpp: what covers a piece
  static void suspect_end(IntegrationPanel& panel, const IntegrationPanel& neighbour);
  void lay_panels(const IntegrationChart& chart, double last);
  void cover_logarithmic(IntegrationChart chart);
  void cover_towards(double origin, double end);
  void cover_around(double point, double low, double high);
  void cover_peak(double top, double low, double high);
  void lay_straight(double from, double to, int depth);
  void cover_end(const IntegrationPanel& panel);
  void diverge(const IntegrationChart& chart, const IntegrandEnd& end);

  ChartedIntegrand f_;
  double low_, high_;
  int pieces_;
  const IntegrateOptions& options_;
  std::vector<IntegrationChart> charts_;  // the first is linear
  std::vector<IntegrationPanel> panels_;  // a heap, the largest error on top
  Totals running_;         // of the panels, but for rounding; its noise is the last known
  CompensatedSum beyond_;  // what was extrapolated, and panels too narrow to halve
  double beyond_error_ = 0.0;
  double rounded_ = 0.0;  // what rounding may have done at single places
  int stagnations_ = 0, broken_ = 0, deepest_ = 0;
  Status status_ = Status::converged;  // until something is found
  std::string reason_;
  double infinite_value_ = 0.0;  // of a divergent integral: ±∞ where its sign is known, else NaN
};

}  // namespace mathtool::math
