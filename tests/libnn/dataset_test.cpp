#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/dataset.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using nn::Batch;
using nn::ByteRows;
using nn::Dataset;

namespace {

/// Three observations of two features and a class.
Dataset flowers() {
  return {.shape = {2},
          .features = Batch<float>((Batch<float>(3, 2) << 1, 2, 3, 4, 5, 6).finished()),
          .targets = (Batch<float>(3, 1) << 0, 1, 1).finished(),
          .classes = {"setosa", "virginica"}};
}

/// Observation i of `n` has the bytes i, i + 1, ... modulo 256, and i as target.
Dataset pictures(Index n, const math::Shape& shape) {
  const Index width = math::element_count(shape);
  ByteRows pixels;
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < width; ++j) pixels.bytes.push_back(static_cast<std::uint8_t>(i + j));
  Batch<float> targets(n, 1);
  std::iota(targets.data(), targets.data() + n, 0.0F);
  return {.shape = shape, .features = std::move(pixels), .targets = std::move(targets)};
}

template <class T>
struct Gathered {
  Batch<T> x, t;
};

/// In the memory of a batch of `room` observations.
template <class T>
Gathered<T> gather(const Dataset& data, const std::vector<Index>& rows, Index room) {
  Gathered<T> result{Batch<T>::Constant(room, math::element_count(data.shape), T{-7}),
                     Batch<T>::Constant(room, data.targets.cols(), T{-7})};
  nn::Rows<T> x(result.x.data(), room, result.x.cols()), t(result.t.data(), room, result.t.cols());
  data.gather<T>(rows, x, t);
  return result;
}

}  // namespace

TEST_CASE("dataset: a batch holds the rows asked for, in their order", "[nn][dataset]") {
  const auto [x, t] = gather<float>(flowers(), {2, 0, 2}, 3);
  CHECK(x == (Batch<float>(3, 2) << 5, 6, 1, 2, 5, 6).finished());
  CHECK(t == (Batch<float>(3, 1) << 1, 0, 1).finished());
  const auto [wide, wide_t] = gather<double>(flowers(), {1}, 1);
  CHECK(wide == (Batch<double>(1, 2) << 3, 4).finished());
  CHECK(wide_t(0, 0) == 1);
}

TEST_CASE("dataset: a short batch leaves the rest of its memory alone", "[nn][dataset]") {
  const auto [x, t] = gather<float>(flowers(), {1}, 3);
  CHECK(x == (Batch<float>(3, 2) << 3, 4, -7, -7, -7, -7).finished());
  CHECK(t == (Batch<float>(3, 1) << 1, -7, -7).finished());
}

TEST_CASE("dataset: bytes count 1/255 each, the same in float and double", "[nn][dataset]") {
  const Dataset data = pictures(256, {3, 67});  // no multiple of any vector's length
  std::vector<Index> rows(256);
  std::iota(rows.rbegin(), rows.rend(), Index{0});
  const auto [x, t] = gather<float>(data, rows, 256);
  const auto wide = gather<double>(data, rows, 256);
  bool exact = true;
  for (Index i = 0; i < 256; ++i)
    for (Index j = 0; j < 201; ++j) {
      const float expected = static_cast<float>((255 - i + j) % 256) * (1.0F / 255.0F);
      exact = exact && x(i, j) == expected && wide.x(i, j) == static_cast<double>(expected);
    }
  CHECK(exact);
  CHECK(t(0, 0) == 255);
  CHECK(wide.t(255, 0) == 0);
}

TEST_CASE("dataset: a subset is a data set of these observations", "[nn][dataset]") {
  const std::vector<Index> rows = {2, 0};
  const Dataset part = flowers().subset(rows);
  CHECK(std::get<Batch<float>>(part.features) == (Batch<float>(2, 2) << 5, 6, 1, 2).finished());
  CHECK(part.labels() == std::vector<Index>{1, 0});
  CHECK(part.classes == flowers().classes);
  part.validate();

  const Dataset images = pictures(4, {1, 2, 2}).subset(rows);
  CHECK(std::get<ByteRows>(images.features).bytes ==
        std::vector<std::uint8_t>{2, 3, 4, 5, 0, 1, 2, 3});
  CHECK(images.targets == (Batch<float>(2, 1) << 2, 0).finished());
  images.validate();
  CHECK_THROWS_AS(images.labels(), DomainError);

  const Dataset nothing = flowers().subset({});
  CHECK(nothing.size() == 0);
  nothing.validate();
}

TEST_CASE("dataset: what does not fit together is named", "[nn][dataset]") {
  Dataset data = flowers();
  data.validate();
  data.targets.resize(2, 1);
  CHECK_THROWS_WITH(data.validate(), ContainsSubstring("3 observations, but targets of 2"));
  data = flowers();
  data.shape = {3};
  CHECK_THROWS_WITH(data.validate(),
                    ContainsSubstring("2 features per observation, where the shape (3,) has 3"));
  data.shape = {2, 0};
  CHECK_THROWS_AS(data.validate(), DimensionError);
  data = pictures(2, {2, 2});
  data.validate();
  std::get<ByteRows>(data.features).bytes.pop_back();
  CHECK_THROWS_WITH(
      data.validate(),
      ContainsSubstring("7 bytes of features, where 2 observations of shape (2, 2) have 4 each"));
}

TEST_CASE("dataset: values that no training survives are named with their place", "[nn][dataset]") {
  Dataset data = flowers();
  std::get<Batch<float>>(data.features)(1, 1) = std::nanf("");
  CHECK_THROWS_WITH(data.validate(), ContainsSubstring("observation 2: feature 2 of 2 is nan"));
  data = flowers();
  data.targets(2, 0) = std::numeric_limits<float>::infinity();
  CHECK_THROWS_WITH(data.validate(), ContainsSubstring("observation 3: target 1 of 1 is inf"));
  for (const float no_class : {2.0F, -1.0F, 0.5F}) {
    data = flowers();
    data.targets(0, 0) = no_class;
    CHECK_THROWS_AS(data.validate(), DomainError);
    CHECK_THROWS_WITH(data.validate(), ContainsSubstring("observation 1: there is no class") &&
                                           ContainsSubstring("2 classes are numbered from 0 to 1"));
  }
}

TEST_CASE("dataset: of a sequence's targets, those below 0 do not count", "[nn][dataset]") {
  Dataset data = flowers();
  data.targets = (Batch<float>(3, 2) << 0, -1, 1, 1, -1, 0).finished();
  data.validate();
  data.targets(1, 1) = 2;
  CHECK_THROWS_WITH(data.validate(), ContainsSubstring("observation 2: there is no class 2"));
}
