#include "loss_kernels.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/error.hpp"
#include "sum_in_lanes.hpp"

namespace mathtool::nn {
namespace {

namespace kernels = math::kernels;

/// What a term is and how it changes with its output.
struct Term {
  double value, slope;
};

struct SquaredErrorTerm {
  MATHTOOL_KERNEL Term operator()(double z, double t) const {
    const double r = z - t;
    return {r * r, 2 * r};
  }
};

struct HuberTerm {
  double delta;
  MATHTOOL_KERNEL Term operator()(double z, double t) const {
    const double r = z - t, size = std::abs(r);
    const bool near = size <= delta;
    const double far = std::copysign(delta, r), beyond = delta * (size - delta / 2);
    return {near ? r * r / 2 : beyond, near || r != r ? r : far};
  }
};

struct BinaryCrossEntropyTerm {
  double positive_weight;
  MATHTOOL_KERNEL Term operator()(double z, double t) const {
    const double e = kernels::exp(-std::abs(z));  // ≤ 1, so that nothing overflows
    // log(1 + exp z) and log(1 + exp(−z)); a product with 0 is 0, also of ∞.
    const double rest = kernels::log1p(e), yes = positive_weight * t, no = 1 - t;
    const double of_no = no * (rest + std::max(z, 0.0)), of_yes = yes * (rest + std::max(-z, 0.0));
    const double value = (no == 0 ? 0 : of_no) + (yes == 0 ? 0 : of_yes);
    const double larger = 1 / (1 + e), smaller = e / (1 + e);
    const double slope = no * (z < 0 ? smaller : larger) - yes * (z < 0 ? larger : smaller);
    return {z == z ? value : z, slope};
  }
};

template <class T, class Function>
MATHTOOL_MULTIVERSION double sum_terms_of(Function term, Index n, const T* outputs,
                                          const T* targets, double scale, T* gradient) {
  constexpr Index block = 512;
  double values[block];
  double sum = 0;
  for (Index first = 0; first < n; first += block) {
    const Index count = std::min(block, n - first);
    const T *z = outputs + first, *t = targets + first;
    if (gradient) {
      T* out = gradient + first;
      MATHTOOL_INDEPENDENT for (Index i = 0; i < count; ++i) {
        const Term found = term(static_cast<double>(z[i]), static_cast<double>(t[i]));
        values[i] = found.value;
        out[i] = static_cast<T>(scale * found.slope);
      }
    } else {
      MATHTOOL_INDEPENDENT for (Index i = 0; i < count; ++i) values[i] =
          term(static_cast<double>(z[i]), static_cast<double>(t[i])).value;
    }
    sum += sum_in_lanes(count, [&](Index i) { return values[i]; });
  }
  return sum;
}

/// Some targets' logits zⱼ on the way to the logarithm of Σ exp zⱼ.
struct Exponentials {
  Exponentials(Index most, Index classes)
      : of_logits(static_cast<std::size_t>(most * classes)),
        others(static_cast<std::size_t>(most)),
        logarithm(static_cast<std::size_t>(most)),
        largest(static_cast<std::size_t>(most)) {}

  std::vector<double> of_logits;  ///< exp(zⱼ − max z)
  std::vector<double> others;     ///< their sum without the largest, which is 1
  std::vector<double> logarithm;  ///< log(1 + others), to all digits where one class is certain
  std::vector<Index> largest;     ///< its class
};

template <class T>
MATHTOOL_MULTIVERSION void exponentiate(Index n, Index classes, const T* logits,
                                        Exponentials& found) {
  double *e = found.of_logits.data(), *others = found.others.data();
  double* logarithm = found.logarithm.data();
  Index* largest = found.largest.data();
  for (Index i = 0; i < n; ++i) {
    const T* z = logits + i * classes;
    Index most = 0;
    for (Index j = 1; j < classes; ++j)
      if (z[j] > z[most]) most = j;
    largest[i] = most;
    const auto top = static_cast<double>(z[most]);
    for (Index j = 0; j < classes; ++j) e[i * classes + j] = static_cast<double>(z[j]) - top;
  }
  // In one go: a row of logits is often shorter than a vector.
  MATHTOOL_INDEPENDENT for (Index k = 0; k < n * classes; ++k) e[k] = kernels::exp(e[k]);
  for (Index i = 0; i < n; ++i) {
    double* row = e + i * classes;
    const double one = row[largest[i]];
    row[largest[i]] = 0;
    // 1 − 1, but for NaN, which must not get lost.
    others[i] = sum_in_lanes(classes, [&](Index j) { return row[j]; }) + (one - 1);
    row[largest[i]] = one;
  }
  MATHTOOL_INDEPENDENT for (Index i = 0; i < n; ++i) logarithm[i] = kernels::log1p(others[i]);
}

/// −Σ aⱼ log pⱼ with aⱼ = (1 − ε) wₜ [j = t] + ε wⱼ / K, and its derivatives.
template <class T>
class ClassTerm {
 public:
  ClassTerm(const CrossEntropy& loss, Index classes) : loss_(loss), classes_(classes) {
    for (Index j = 0; j < classes; ++j) {
      spread_.push_back(loss.label_smoothing * weight(j) / static_cast<double>(classes));
      spread_sum_ += spread_.back();
    }
  }

  /// Adds to the sum that it returns; z and e are the target's logits and exponentials.
  double value(Index target, const T* z, Index largest, double logarithm) const {
    const auto log_odds = [&](Index j) {  // −log pⱼ
      return (static_cast<double>(z[largest]) - static_cast<double>(z[j])) + logarithm;
    };
    double sum = 0;
    if (const double a = own(target); a > 0) sum = a * log_odds(target);
    if (loss_.label_smoothing > 0)
      for (Index j = 0; j < classes_; ++j)
        if (const double a = spread_[static_cast<std::size_t>(j)]; a > 0) sum += a * log_odds(j);
    return sum;
  }

  void differentiate(Index target, const double* e, Index largest, double others, double scale,
                     T* gradient) const {
    const double kept = own(target), all = kept + spread_sum_;
    const double factor = scale * all / (1 + others);
    if (loss_.label_smoothing > 0)
      for (Index j = 0; j < classes_; ++j)
        gradient[j] = static_cast<T>(factor * e[j] - scale * spread_[static_cast<std::size_t>(j)]);
    else
      for (Index j = 0; j < classes_; ++j) gradient[j] = static_cast<T>(factor * e[j]);
    // p − 1 of the likeliest class is minus the sum of the others.
    const double less = target == largest ? -others * factor : factor * e[target] - scale * all;
    const double a = spread_[static_cast<std::size_t>(target)];
    gradient[target] = static_cast<T>(less + scale * (spread_sum_ - a));
  }

 private:
  double weight(Index j) const {
    return loss_.class_weights.empty() ? 1 : loss_.class_weights[static_cast<std::size_t>(j)];
  }
  double own(Index target) const { return (1 - loss_.label_smoothing) * weight(target); }

  const CrossEntropy& loss_;
  Index classes_;
  std::vector<double> spread_;  ///< ε wⱼ / K
  double spread_sum_ = 0;
};

}  // namespace

template <std::floating_point T>
double sum_terms(const SquaredError&, Index n, const T* outputs, const T* targets, double scale,
                 T* gradient) {
  return sum_terms_of(SquaredErrorTerm(), n, outputs, targets, scale, gradient);
}

template <std::floating_point T>
double sum_terms(const Huber& loss, Index n, const T* outputs, const T* targets, double scale,
                 T* gradient) {
  return sum_terms_of(HuberTerm{loss.delta}, n, outputs, targets, scale, gradient);
}

template <std::floating_point T>
double sum_terms(const BinaryCrossEntropy& loss, Index n, const T* outputs, const T* targets,
                 double scale, T* gradient) {
  return sum_terms_of(BinaryCrossEntropyTerm{loss.positive_weight}, n, outputs, targets, scale,
                      gradient);
}

template <std::floating_point T>
double sum_cross_entropy(const CrossEntropy& loss, Index n, Index classes, const T* outputs,
                         const T* targets, double scale, T* gradient) {
  const Index block = std::clamp<Index>(4096 / classes, 1, std::max<Index>(n, 1));
  Exponentials found(block, classes);
  const ClassTerm<T> term(loss, classes);
  double sum = 0;
  for (Index first = 0; first < n; first += block) {
    const Index count = std::min(block, n - first);
    exponentiate(count, classes, outputs + first * classes, found);
    for (Index i = 0; i < count; ++i) {
      const Index target = class_of(static_cast<double>(targets[first + i]), classes);
      const T* z = outputs + (first + i) * classes;
      const auto k = static_cast<std::size_t>(i);
      if (target >= 0) sum += term.value(target, z, found.largest[k], found.logarithm[k]);
      if (!gradient) continue;
      T* out = gradient + (first + i) * classes;
      if (target >= 0)
        term.differentiate(target, found.of_logits.data() + i * classes, found.largest[k],
                           found.others[k], scale, out);
      else
        std::fill_n(out, classes, T(0));
    }
  }
  return sum;
}

Index class_of(double target, Index classes) {
  if (target < 0) return -1;
  require(target < static_cast<double>(classes) && target == std::floor(target),
          "cross_entropy: {} is no class; they are whole numbers from 0 to {}", target,
          classes - 1);
  return static_cast<Index>(target);
}

#define MATHTOOL_LOSS(T)                                                                           \
  template double sum_terms(const SquaredError&, Index, const T*, const T*, double, T*);           \
  template double sum_terms(const Huber&, Index, const T*, const T*, double, T*);                  \
  template double sum_terms(const BinaryCrossEntropy&, Index, const T*, const T*, double, T*);     \
  template double sum_cross_entropy(const CrossEntropy&, Index, Index, const T*, const T*, double, \
                                    T*)
MATHTOOL_LOSS(float);
MATHTOOL_LOSS(double);

}  // namespace mathtool::nn
