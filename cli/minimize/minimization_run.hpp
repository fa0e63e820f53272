#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/minimize/minimization_problem.hpp"
#include "mathtool/opt/constraints/minimize.hpp"
#include "mathtool/opt/schedule.hpp"

namespace mathtool::cli {

/// How a problem is to be solved.
struct MethodRequest {
  std::string name = "auto";
  std::map<std::string, double> settings = {};  ///< of the method
  std::string schedule = {};                    ///< of a rule's learning rate; empty: none
  opt::StoppingOptions stopping = {};
  double feasibility_tol = 1e-9;
  bool keep_path = false;                         ///< every iterate, for a trace and a figure
  std::int64_t memory = std::int64_t{256} << 20;  ///< bytes that the path may take
  bool keep_records = false;                      ///< of the multipliers too, for --explain
};

/// One iterate on the way.
struct PathPoint {
  std::int64_t iteration = 0, evaluations = 0;
  double value = 0, gradient_norm = 0, infeasibility = 0, step = 0;
  Vec x = {};
};

/// One run of one method.
struct MinimizationRun {
  std::string method = {};
  opt::ConstrainedMinimum minimum = {};  ///< of unconstrained runs with the bounds' multipliers
  bool has_verdict = false;              ///< second_order says something
  std::vector<PathPoint> path = {};
  std::vector<std::string> notes = {}, decisions = {};
};

/// Throws: DomainError for a method that there is not, or not for such a problem; Stopped.
MinimizationRun run_method(const MinimizationProblem& problem, const MethodRequest& request);

/// The names of all methods that serve the problem, for --race all.
std::vector<std::string> methods_for(const MinimizationProblem& problem);

/// Whether a method is a rule of first order, with a learning rate.
bool is_rule(std::string_view name);

/// Whether a method has a setting of this name. Throws: DomainError where there is no such method.
bool has_setting(std::string_view method, std::string_view setting);

}  // namespace mathtool::cli
