#pragma once

#include <string>
#include <vector>

#include "mathtool/nn/dataset.hpp"

namespace mathtool::nn {

/// The observations of an IDX, NPY or NPZ file, plain or compressed. Unsigned bytes stay bytes that
/// count 1/255 each, all other numbers become floats as they are.
/// Shapes: (n, d) gives observations of (d), (n, t, d) of (t, d), (n, c, h, w) of (c, h, w),
///         (n, f, c, h, w) of (f, c, h, w); bytes and IDX files of (n, h, w) are images of one
///         channel, (1, h, w). Targets are n × 0.
/// Throws: DataError for a path that is none under either spelling of MNIST's names
///         (train-images-idx3-ubyte, train-images.idx3-ubyte), with and without .gz, naming all
///         that were tried; for a file that is neither, broken or cut short, or holds labels;
///         InsufficientDataError for no observation and for an infinite number.
/// Cost:   memory for what there is, never for what only a header claims.
Dataset read_images(const std::string& path);

/// The same with the class of each: whole numbers from 0 in an IDX, NPY or NPZ file of n.
/// `classes` names the classes there are; none: "0", "1", ... as far as the labels go. Where all
/// names are numbers, as of a network of the digits 5 to 9, labels are the names, else places.
/// Throws: as above; DataError that names the first label that is not whole, below 0 or of no
///         class, and where there are not as many labels as images.
Dataset read_images(const std::string& images, const std::string& labels,
                    const std::vector<std::string>& classes = {});

}  // namespace mathtool::nn
