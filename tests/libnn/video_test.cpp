#include "mathtool/math/error.hpp"
#include "mathtool/nn/architecture.hpp"
#include "support/network_pass.hpp"
#include "support/tolerance.hpp"

// Videos (frames, channels, height, width): layers of images see each frame as one.

using namespace mathtool;
using nn::Batch;

TEST_CASE("video: layers of images do with frames what they do with as many images", "[nn]") {
  constexpr Index videos = 3, frames = 4;
  for (const char* layers :
       {"conv 4 3x2 stride 2 pad 1", "conv 6 3x3 pad same groups 2", "conv 3 1x1", "deconv 2 3x3",
        "deconv 2 2x2 stride 2", "maxpool 2", "maxpool 3 stride 2", "avgpool 2", "batchnorm",
        "conv 4 3x3 relu, batchnorm, maxpool 2, deconv 2 2x2 tanh, avgpool 2"}) {
    INFO(layers);
    nn::Sequential<double> of_videos({frames, 2, 6, 7}, nn::parse_layers(layers), 5);
    nn::Sequential<double> of_images({2, 6, 7}, nn::parse_layers(layers), 5);
    math::Shape output = of_images.architecture().output();
    output.insert(output.begin(), frames);
    REQUIRE(of_videos.architecture().output() == output);
    const Index size = 2 * 6 * 7, outputs = math::element_count(output);
    const Batch<double> x = test::random_rows(videos, frames * size, 1);
    const Batch<double> c = test::random_rows(videos, outputs, 2);
    const auto as_images = [](const Batch<double>& numbers) {
      return Batch<double>(Eigen::Map<const Batch<double>>(numbers.data(), videos * frames,
                                                           numbers.cols() / frames));
    };
    for (const nn::Mode mode : {nn::Mode::training, nn::Mode::inference}) {
      const auto video = test::network_pass(of_videos, x, c, {.mode = mode});
      const auto image = test::network_pass(of_images, as_images(x), as_images(c), {.mode = mode});
      // Products of other sizes may add in another order.
      CHECK_NEAR((as_images(video.y) - image.y).cwiseAbs().maxCoeff(), 0, 1e-13);
      CHECK_NEAR((as_images(video.x_gradient) - image.x_gradient).cwiseAbs().maxCoeff(), 0, 1e-12);
      if (image.gradient.size() > 0)
        CHECK_NEAR((video.gradient - image.gradient).cwiseAbs().maxCoeff(), 0, 1e-11);
      CHECK_NEAR((of_videos.buffers() - of_images.buffers()).norm(), 0, 1e-13);
    }
  }
}

TEST_CASE("video: one of one frame can be normalised, as its pixels differ", "[nn]") {
  nn::Sequential<double> network({1, 1, 1, 2}, nn::parse_layers("batchnorm epsilon 1e-300"));
  const Batch<double> x = (Batch<double>(1, 2) << 1, 5).finished();
  CHECK(test::network_pass(network, x, x).y == (Batch<double>(1, 2) << -1, 1).finished());
}

TEST_CASE("video: layers that cannot take one say what they expect", "[nn]") {
  const auto architecture = [](const char* layers) {
    return nn::Architecture({2, 3, 4, 5}, nn::parse_layers(layers));
  };
  CHECK(architecture("flatten, dense 7").output() == math::Shape{7});
  CHECK_THROWS_WITH(architecture("lstm 4"),
                    ContainsSubstring("layer 1 (lstm 4): expects") &&
                        ContainsSubstring("got (2, 3, 4, 5) from the input"));
  CHECK_THROWS_AS(architecture("embedding 4 vocabulary 9"), DimensionError);
  CHECK_THROWS_WITH(architecture("conv 4 9x9"), ContainsSubstring("expects images of height 9"));
  CHECK_THROWS_WITH(nn::Architecture({6, 4, 5}, nn::parse_layers("flatten, batchnorm, conv 2 2x2")),
                    ContainsSubstring("expects (channels, height, width) or (frames, channels, "
                                      "height, width), got (120,)"));
  CHECK_THROWS_WITH(nn::Architecture({4, 5}, nn::parse_layers("batchnorm")),
                    ContainsSubstring("expects (features), (channels, height, width) or (frames, "
                                      "channels, height, width), got (4, 5)"));
}
