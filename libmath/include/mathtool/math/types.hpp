#pragma once

#include <Eigen/Core>

namespace mathtool {

using Index = Eigen::Index;
using Vec = Eigen::VectorXd;  ///< n
using Mat = Eigen::MatrixXd;  ///< n × p, one observation per row, stored by columns
using RowMat =  ///< n × p, one observation per row, stored by rows as a table arrives
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using VecRef = Eigen::Ref<const Vec>;
using MatRef = Eigen::Ref<const Mat>;
using RowMatRef = Eigen::Ref<const RowMat>;

}  // namespace mathtool
