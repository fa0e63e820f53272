#include "mathtool/math/expression/block_evaluator.hpp"

#include <algorithm>

#include "mathtool/math/error.hpp"
#include "strip_program.hpp"

namespace mathtool::math {
namespace {

/// Rows at a time: a few registers of this length stay in the first-level cache.
constexpr std::size_t strip_length = 256;

/// Whether a comparison holds of two texts that stand in this order (< 0, 0, > 0).
bool holds(Operator op, int order) {
  switch (op) {
    case Operator::equal: return order == 0;
    case Operator::not_equal: return order != 0;
    case Operator::less: return order < 0;
    case Operator::less_equal: return order <= 0;
    case Operator::greater: return order > 0;
    default: return order >= 0;
  }
}

/// Runs the steps of a program on consecutive rows.
class StripMachine {
 public:
  StripMachine(std::span<const ValueColumn> columns, BlockEvaluator::Scratch& scratch)
      : columns_(columns), scratch_(scratch) {}

  void fill_constants(const StripProgram& program) const {
    for (const StripProgram::Constant& constant : program.constants)
      std::fill_n(strip(constant.result), strip_length, constant.value);
  }

  void run(const StripProgram& program, std::size_t first_row, std::span<double> result) {
    first_row_ = static_cast<Index>(first_row);
    for (const StripProgram::Step& step : program.steps) {
      filled_ = {strip(step.result), result.size()};
      std::visit(*this, step.action);
    }
    std::copy_n(strip(program.result), result.size(), result.begin());
  }

  void operator()(const StripProgram::LoadColumn& load) const {
    const auto& [first, stride] = std::get<NumberColumn>(columns_[load.column]);
    const double* cell = first + first_row_ * stride;
    for (std::size_t i = 0; i < filled_.size(); ++i)
      filled_[i] = cell[static_cast<Index>(i) * stride];
  }

  void operator()(const StripProgram::CompareTexts& comparison) const {
    std::string_view literals[2];
    const TextColumn left = texts(comparison.left, literals[0]);
    const TextColumn right = texts(comparison.right, literals[1]);
    for (std::size_t i = 0; i < filled_.size(); ++i) {
      const auto row = static_cast<Index>(i);
      const int order = left.first[row * left.stride].compare(right.first[row * right.stride]);
      filled_[i] = holds(comparison.op, order) ? 1 : 0;
    }
  }

  void operator()(const StripProgram::Apply& apply) const {
    std::vector<const double*>& arguments = scratch_.arguments;
    arguments.clear();
    for (const std::size_t argument : apply.arguments) arguments.push_back(strip(argument));
    apply.kernel(arguments, filled_);
  }

 private:
  double* strip(std::size_t index) const {
    return scratch_.registers.data() + index * strip_length;
  }

  /// The rows from the current one; a literal is a column that stands still.
  TextColumn texts(const StripProgram::TextOperand& operand, std::string_view& literal) const {
    if (const auto* load = std::get_if<StripProgram::LoadColumn>(&operand)) {
      const auto& [first, stride] = std::get<TextColumn>(columns_[load->column]);
      return {first + first_row_ * stride, stride};
    }
    literal = std::get<std::string>(operand);
    return {&literal, 0};
  }

  std::span<const ValueColumn> columns_;
  BlockEvaluator::Scratch& scratch_;
  Index first_row_ = 0;
  std::span<double> filled_ = {};
};

}  // namespace

BlockEvaluator::BlockEvaluator(const Expression& expression,
                               std::span<const VariableType> variables,
                               const FunctionTable& functions, std::string_view source)
    : program_(
          std::make_unique<const StripProgram>(compile(expression, variables, functions, source))) {
}

BlockEvaluator::BlockEvaluator(BlockEvaluator&&) noexcept = default;
BlockEvaluator& BlockEvaluator::operator=(BlockEvaluator&&) noexcept = default;
BlockEvaluator::~BlockEvaluator() = default;

const std::vector<Index>& BlockEvaluator::used() const { return program_->used; }

void BlockEvaluator::evaluate(std::span<const ValueColumn> columns, std::span<double> result,
                              Scratch& scratch) const {
  require<DimensionError>(columns.size() == program_->used.size(),
                          "BlockEvaluator: {} columns wanted, got {}", program_->used.size(),
                          columns.size());
  scratch.registers.resize(std::max(scratch.registers.size(), program_->registers * strip_length));
  StripMachine machine(columns, scratch);
  machine.fill_constants(*program_);
  for (std::size_t row = 0; row < result.size(); row += strip_length)
    machine.run(*program_, row, result.subspan(row, std::min(strip_length, result.size() - row)));
}

}  // namespace mathtool::math
