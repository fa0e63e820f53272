#include "mathtool/nn/loss.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using nn::Batch;
using nn::Loss;

namespace {

/// The loss of one observation and its gradient.
template <class T = double>
std::pair<double, std::vector<T>> loss_of(const Loss& loss, std::vector<T> z, std::vector<T> t) {
  std::vector<T> gradient(z.size());
  const Index m = std::ssize(z);
  nn::Rows<T> dz(gradient.data(), 1, m);
  const double sum = loss.sum<T>(nn::ConstRows<T>(z.data(), 1, m),
                                 nn::ConstRows<T>(t.data(), 1, std::ssize(t)), {m}, 1, dz);
  return {sum, gradient};
}

}  // namespace

TEST_CASE("losses: class weights of another number are refused, not read past", "[nn]") {
  const nn::Loss loss = nn::CrossEntropy{.class_weights = {1, 2}};
  const nn::Batch<double> targets = nn::Batch<double>::Constant(1, 1, 4);
  CHECK_THROWS_AS(loss.weight<double>(nn::ConstRows<double>(targets.data(), 1, 1), math::Shape{5}),
                  DimensionError);
}

TEST_CASE("losses: values by hand", "[nn]") {
  using V = std::vector<double>;
  CHECK(loss_of(nn::SquaredError{}, {1, 4}, {0, 2}) == std::pair(2.5, V{1, 2}));
  CHECK(loss_of(nn::Huber{1}, {0.5}, {0}) == std::pair(0.125, V{0.5}));
  CHECK(loss_of(nn::Huber{2}, {-5}, {0}) == std::pair(8.0, V{-2}));
  const double log_2 = std::log(2.0);
  CHECK_NEAR(loss_of(nn::CrossEntropy{}, {3, 3}, {1}).first, log_2, 1e-16);
  CHECK(loss_of(nn::CrossEntropy{}, {3, 3}, {1}).second == V{0.5, -0.5});
  CHECK_NEAR(loss_of(nn::BinaryCrossEntropy{}, {0}, {1}).first, log_2, 1e-16);
  CHECK(loss_of(nn::BinaryCrossEntropy{}, {0}, {1}).second == V{-0.5});
  CHECK_NEAR(loss_of(nn::BinaryCrossEntropy{3}, {0}, {1}).first, 3 * log_2, 1e-15);
  CHECK(loss_of(nn::CrossEntropy{}, {3, 3}, {-1}) == std::pair(0.0, V{0, 0}));
}

TEST_CASE("losses: where one class is certain, no digit is lost", "[nn]") {
  // log(1 + e⁻⁴⁰) and its derivative (mpmath: log1p(exp(-40)), exp(-40)/(1+exp(-40))).
  const auto [value, gradient] = loss_of(nn::CrossEntropy{}, {40, 0}, {0});
  CHECK_NEAR(value, 4.2483542552915889863e-18, 1e-33);
  CHECK_NEAR(gradient[0], -4.2483542552915889773e-18, 1e-33);
  CHECK_NEAR(gradient[1], 4.2483542552915889773e-18, 1e-33);
  const auto [binary, slope] = loss_of(nn::BinaryCrossEntropy{}, {40}, {1});
  CHECK_NEAR(binary, 4.2483542552915889863e-18, 1e-33);
  CHECK_NEAR(slope[0], -4.2483542552915889773e-18, 1e-33);
}

TEST_CASE("losses: extreme logits give extreme losses, and no overflow", "[nn]") {
  for (const double large : {1e4, 1e30, 1e300}) {
    CHECK(loss_of(nn::CrossEntropy{}, {large, 0}, {0}).first == 0);
    CHECK(loss_of(nn::CrossEntropy{}, {large, 0}, {1}).first == large);
    CHECK(loss_of(nn::CrossEntropy{}, {-large, large}, {1}).first == 0);
    CHECK(loss_of(nn::BinaryCrossEntropy{}, {large}, {1}).first == 0);
    CHECK(loss_of(nn::BinaryCrossEntropy{}, {large}, {0}).first == large);
    CHECK(loss_of(nn::BinaryCrossEntropy{}, {-large}, {1}).first == large);
    CHECK(loss_of(nn::BinaryCrossEntropy{}, {-large}, {0}).first == 0);
    CHECK(loss_of(nn::Huber{2}, {large}, {0}).first == 2 * (large - 1));
    CHECK(loss_of(nn::Huber{2}, {large}, {0}).second[0] == 2);
  }
  CHECK(loss_of<float>(nn::CrossEntropy{}, {1e4F, -1e4F}, {1}) ==
        std::pair(2e4, std::vector<float>{1, -1}));
}

TEST_CASE("losses: infinite logits give the limit where there is one, NaN stays", "[nn]") {
  using V = std::vector<double>;
  // A class excluded by −∞ changes nothing for the others; hit, it costs everything.
  CHECK_NEAR(loss_of(nn::CrossEntropy{}, {0, 0, -infinity}, {0}).first, std::log(2.0), 1e-16);
  CHECK(loss_of(nn::CrossEntropy{}, {0, 0, -infinity}, {0}).second == V{-0.5, 0.5, 0});
  CHECK(loss_of(nn::CrossEntropy{}, {0, 0, -infinity}, {2}).first == infinity);
  CHECK(loss_of(nn::CrossEntropy{0.1}, {0, 0, -infinity}, {0}).first == infinity);
  CHECK(std::isnan(loss_of(nn::CrossEntropy{}, {infinity, 0}, {0}).first));
  CHECK(loss_of(nn::BinaryCrossEntropy{}, {infinity}, {1}) == std::pair(0.0, V{0}));
  CHECK(loss_of(nn::BinaryCrossEntropy{}, {-infinity}, {0}) == std::pair(0.0, V{0}));
  CHECK(loss_of(nn::BinaryCrossEntropy{}, {infinity}, {0}).first == infinity);
  CHECK(loss_of(nn::Huber{}, {-infinity}, {0}) == std::pair(infinity, V{-1}));
  CHECK(loss_of(nn::SquaredError{}, {infinity}, {0}).first == infinity);
  const std::vector<Loss> all = {nn::SquaredError{}, nn::Huber{}, nn::BinaryCrossEntropy{},
                                 nn::CrossEntropy{}, nn::CrossEntropy{0.1}};
  for (const Loss& loss : all)
    for (const std::vector<double>& z : {V{not_a_number, 0}, V{0, not_a_number}}) {
      INFO(nn::to_string(loss));
      const bool classes = std::holds_alternative<nn::CrossEntropy>(loss);
      for (const double target : {0.0, 1.0}) {
        const auto [value, gradient] = loss_of(loss, z, classes ? V{target} : V{target, 0});
        CHECK(std::isnan(value));
        CHECK((std::isnan(gradient[0]) || std::isnan(gradient[1])));
      }
    }
}

TEST_CASE("losses: thousands of classes and one row at a time give the same sum", "[nn]") {
  constexpr Index n = 5, classes = 5000;
  Batch<double> z(n, classes);
  for (Index i = 0; i < z.size(); ++i) z.data()[i] = std::sin(static_cast<double>(i));
  const std::vector<double> t = {0, 17, 4999, 300, 2};
  const Loss loss = nn::CrossEntropy{};
  nn::Rows<double> none(nullptr, 0, 0);
  const double all = loss.sum<double>(nn::ConstRows<double>(z.data(), n, classes),
                                      nn::ConstRows<double>(t.data(), n, 1), {classes}, 1, none);
  double sum = 0, by_hand = 0;
  for (Index i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    sum += loss.sum<double>(nn::ConstRows<double>(z.data() + i * classes, 1, classes),
                            nn::ConstRows<double>(t.data() + i, 1, 1), {classes}, 1, none);
    by_hand += std::log(z.row(i).array().exp().sum()) - z(i, static_cast<Index>(t[at]));
  }
  CHECK_NEAR(all, sum, 1e-12);
  CHECK_NEAR(all, by_hand, 1e-11);
}

TEST_CASE("losses: what observations count", "[nn]") {
  const std::vector<float> t = {0, 2, 2, -1};
  const nn::ConstRows<float> targets(t.data(), 4, 1);
  CHECK(Loss(nn::CrossEntropy{}).weight<float>(targets, {3}) == 3);
  CHECK(Loss(nn::CrossEntropy{.class_weights = {0.5, 1, 2}}).weight<float>(targets, {3}) == 4.5);
  CHECK(Loss(nn::SquaredError{}).weight<float>(targets, {1}) == 4);
  CHECK(Loss(nn::CrossEntropy{}).targets({7, 3}) == 7);
  CHECK(Loss(nn::CrossEntropy{}).targets({3}) == 1);
  CHECK(Loss(nn::Huber{}).targets({7, 3}) == 21);
}

TEST_CASE("losses: classes and settings that there are not are named", "[nn]") {
  for (const double target : {3.0, 0.5, 1e30, not_a_number}) {
    const nn::ConstRows<double> targets(&target, 1, 1);
    CHECK_THROWS_AS(Loss(nn::CrossEntropy{}).weight<double>(targets, {3}), DomainError);
    CHECK_THROWS_AS(loss_of(nn::CrossEntropy{}, {0, 0, 0}, {target}), DomainError);
  }
  CHECK_THROWS_WITH(loss_of(nn::CrossEntropy{}, {0, 0, 0}, {3}),
                    ContainsSubstring("3 is no class; they are whole numbers from 0 to 2"));
  const double two = 2;
  CHECK_THROWS_WITH(Loss(nn::BinaryCrossEntropy{}).weight<double>({&two, 1, 1}, {1}),
                    ContainsSubstring("2 is neither 0 nor 1"));
  CHECK_THROWS_AS(Loss(nn::Huber{0}).targets({1}), DomainError);
  CHECK_THROWS_AS(Loss(nn::CrossEntropy{1}).targets({1}), DomainError);
  CHECK_THROWS_AS(Loss(nn::BinaryCrossEntropy{-1}).targets({1}), DomainError);
  CHECK_THROWS_AS(Loss(nn::CrossEntropy{0, {1, -1}}).targets({2}), DomainError);
  CHECK_THROWS_AS(Loss(nn::CrossEntropy{0, {0, 0}}).targets({2}), DomainError);
  CHECK_THROWS_WITH(Loss(nn::CrossEntropy{0, {1, 1}}).targets({3}),
                    ContainsSubstring("2 class weights for 3 classes"));
  CHECK_THROWS_AS(loss_of(nn::SquaredError{}, {1, 2}, {1}), DimensionError);
}

TEST_CASE("losses: as people write them", "[nn]") {
  CHECK(nn::parse_loss("mse") == Loss(nn::SquaredError{}));
  CHECK(nn::parse_loss("huber") == Loss(nn::Huber{}));
  CHECK(nn::parse_loss("huber:0.5") == Loss(nn::Huber{0.5}));
  CHECK(nn::parse_loss("cross_entropy:0.1") == Loss(nn::CrossEntropy{0.1}));
  CHECK(nn::parse_loss("cross_entropy:0:1,2") == Loss(nn::CrossEntropy{0, {1, 2}}));
  CHECK(nn::parse_loss("bce") == Loss(nn::BinaryCrossEntropy{}));
  for (const char* text :
       {"", "mse:1", "huber:", "huber:x", "huber:0", "huber:1:2", "huber:nan", "cross_entropy:1",
        "cross_entropy:0:", "cross_entropy:0:1,", "cross_entropy:0:-1,2", "bce:0", "nll"}) {
    INFO(text);
    CHECK_THROWS_AS(nn::parse_loss(text), DataError);
  }
  CHECK_THROWS_WITH(nn::parse_loss("crossentropy"),
                    ContainsSubstring("did you mean 'cross_entropy'?"));
  CHECK_THROWS_WITH(nn::parse_loss("huber:-1"), ContainsSubstring("delta must be > 0, got -1"));
}
