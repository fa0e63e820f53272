#pragma once

#include <concepts>
#include <span>
#include <vector>

#include "mathtool/nn/loss.hpp"

namespace mathtool::nn {

/// The sums of the losses' terms over outputs that lie one after the other, and `scale` times the
/// derivative of each term where `gradient` is not null.

/// For losses whose terms belong to one output each. Terms are not divided by their number.
template <std::floating_point T>
double sum_terms(const SquaredError& loss, Index n, const T* outputs, const T* targets,
                 double scale, T* gradient);
template <std::floating_point T>
double sum_terms(const Huber& loss, Index n, const T* outputs, const T* targets, double scale,
                 T* gradient);
template <std::floating_point T>
double sum_terms(const BinaryCrossEntropy& loss, Index n, const T* outputs, const T* targets,
                 double scale, T* gradient);

/// Over n targets, for each of which there are so many classes.
/// Throws: DomainError for a target that is none of them.
template <std::floating_point T>
double sum_cross_entropy(const CrossEntropy& loss, Index n, Index classes, const T* outputs,
                         const T* targets, double scale, T* gradient);

/// The number of the class that a target stands for, −1 for one that does not count.
/// Throws: DomainError for none.
Index class_of(double target, Index classes);

}  // namespace mathtool::nn
