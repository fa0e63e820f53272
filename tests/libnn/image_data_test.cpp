#include "mathtool/nn/image_data.hpp"

#include <numeric>

#include "libdata/array_bytes.hpp"
#include "mathtool/math/error.hpp"
#include "support/reference_data.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using namespace std::string_literals;
using math::Shape;
using nn::Batch;
using nn::ByteRows;
using nn::Dataset;
using test::bytes_of;
using test::idx;
using test::npy;
using test::ScratchFolder;

namespace {

/// Two images of 2 × 2 pixels, and their labels.
const std::string two_images = idx(0x08, {2, 2, 2}, "abcdefgh");
const std::string two_labels = idx(0x08, {2}, "\1\0"s);

Shape shape_of(const ScratchFolder& folder, const std::string& npy_bytes) {
  return nn::read_images(folder.write("x.npy", npy_bytes)).shape;
}

}  // namespace

TEST_CASE("images: IDX bytes stay bytes, with the classes that labels need", "[nn][images]") {
  const ScratchFolder folder;
  const std::string images = folder.write("i", two_images), labels = folder.write("l", two_labels);
  const Dataset data = nn::read_images(images, labels);
  data.validate();
  CHECK(data.shape == Shape{1, 2, 2});
  const auto& pixels = std::get<ByteRows>(data.features);
  CHECK(std::string(pixels.bytes.begin(), pixels.bytes.end()) == "abcdefgh");
  CHECK(pixels.scale == 1.0F / 255.0F);
  CHECK(data.labels() == std::vector<Index>{1, 0});
  CHECK(data.classes == std::vector<std::string>{"0", "1"});
  const Dataset named = nn::read_images(images, labels, {"shirt", "shoe", "bag"});
  CHECK(named.classes == std::vector<std::string>{"shirt", "shoe", "bag"});

  const Dataset alone = nn::read_images(images);
  CHECK(alone.size() == 2);
  CHECK(alone.targets.cols() == 0);
  alone.validate();
}

TEST_CASE("images: either spelling of MNIST's names is found, compressed or not", "[nn][images]") {
  const std::string spellings[] = {"train-images-idx3-ubyte", "train-images.idx3-ubyte",
                                   "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte.gz"};
  for (const std::string& there : spellings) {
    const ScratchFolder folder;
    folder.write(there, there.ends_with(".gz") ? test::gzip(two_images) : two_images);
    for (const std::string& asked : spellings) {
      INFO(asked << " where there is " << there);
      CHECK(nn::read_images(folder / asked).size() == 2);
    }
  }
  const ScratchFolder folder;
  CHECK_THROWS_AS(nn::read_images(folder / spellings[0]), DataError);
  for (const std::string& spelling : spellings)
    CHECK_THROWS_WITH(
        nn::read_images(folder / spellings[0]),
        ContainsSubstring("no such file; tried ") && ContainsSubstring(folder / spelling));
  CHECK_THROWS_WITH(
      nn::read_images(folder / "digits.npy"),
      ContainsSubstring("tried " + folder / "digits.npy" + ", " + (folder / "digits.npy.gz")));
}

TEST_CASE("images: arrays of every shape keep it", "[nn][images]") {
  const ScratchFolder folder;
  const std::string eight = bytes_of<float>({1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(shape_of(folder, npy("<f4", "(2, 4)", eight)) == Shape{4});
  CHECK(shape_of(folder, npy("<f4", "(2, 2, 2)", eight)) == Shape{2, 2});
  CHECK(shape_of(folder, npy("<f4", "(2, 1, 2, 2)", eight)) == Shape{1, 2, 2});
  CHECK(shape_of(folder, npy("<f4", "(1, 2, 1, 2, 2)", eight)) == Shape{2, 1, 2, 2});
  CHECK(shape_of(folder, npy("|u1", "(2, 2, 2)", "abcdefgh")) == Shape{1, 2, 2});
  CHECK(shape_of(folder, idx(0x0D, {2, 2, 2}, bytes_of<float>({1, 2, 3, 4, 5, 6, 7, 8}, true))) ==
        Shape{1, 2, 2});
  CHECK_THROWS_AS(shape_of(folder, npy("<f4", "(1, 1, 2, 1, 2, 2)", eight)), DataError);
  CHECK_THROWS_WITH(shape_of(folder, npy("<f4", "(8,)", eight)),
                    ContainsSubstring("one number for each of 8 observations"));

  // A sequence of two steps ends behind its first.
  const std::string ended = bytes_of<float>({1, 2, std::nanf(""), 4, 5, 6, 7, 8});
  CHECK(shape_of(folder, npy("<f4", "(2, 2, 2)", ended)) == Shape{2, 2});
  CHECK_THROWS_WITH(shape_of(folder, npy("<f4", "(2, 4)", ended)),
                    ContainsSubstring("number 3 of observation 1 is nan"));

  const Dataset data = nn::read_images(folder.write("x.npy", npy("<f4", "(2, 4)", eight)));
  CHECK(std::get<Batch<float>>(data.features) ==
        (Batch<float>(2, 4) << 1, 2, 3, 4, 5, 6, 7, 8).finished());
}

TEST_CASE("images: labels may be any whole numbers of an array", "[nn][images]") {
  const ScratchFolder folder;
  const std::string images = folder.write("i", two_images);
  const auto labels = [&](const std::string& bytes) {
    return nn::read_images(images, folder.write("l", bytes)).labels();
  };
  CHECK(labels(npy("<i8", "(2,)", bytes_of<std::int64_t>({3, 1}))) == std::vector<Index>{3, 1});
  CHECK(labels(npy("<f8", "(2, 1)", bytes_of<double>({0, 2}))) == std::vector<Index>{0, 2});
  CHECK_THROWS_WITH(labels(npy("<f8", "(2,)", bytes_of<double>({0, 0.5}))),
                    ContainsSubstring("label 2 is 0.5; labels are whole numbers from 0"));
  CHECK_THROWS_WITH(labels(npy("<i8", "(2,)", bytes_of<std::int64_t>({-1, 0}))),
                    ContainsSubstring("label 1 is -1"));
  CHECK_THROWS_AS(labels(npy("<f8", "(2,)", bytes_of<double>({0, std::nan("")}))), DataError);
  CHECK_THROWS_AS(labels(npy("<i8", "(2,)", bytes_of<std::int64_t>({0, 1'000'000'000}))),
                  DataError);
}

TEST_CASE("images: what does not belong together is refused in plain words", "[nn][images]") {
  const ScratchFolder folder;
  const std::string images = folder.write("i", two_images), labels = folder.write("l", two_labels);
  CHECK_THROWS_WITH(nn::read_images(labels, images),
                    ContainsSubstring("Are images and labels swapped?"));
  CHECK_THROWS_WITH(nn::read_images(images, images),
                    ContainsSubstring("labels are one number each, but its array is (2, 2, 2)"));
  CHECK_THROWS_WITH(nn::read_images(images, folder.write("m", idx(0x08, {3}, "\1\1\1"))),
                    ContainsSubstring("has 3 labels for the 2 images"));
  CHECK_THROWS_WITH(nn::read_images(images, labels, {"only"}),
                    ContainsSubstring("label 1 is 1, which is none of the 1 classes: only"));
}

TEST_CASE("images: broken files are errors, and cost no memory that they only claim",
          "[nn][images]") {
  const ScratchFolder folder;
  const auto read = [&](const std::string& bytes) {
    return nn::read_images(folder.write("x", bytes));
  };
  CHECK_THROWS_WITH(read(""), ContainsSubstring("is empty"));
  CHECK_THROWS_AS(read(""), InsufficientDataError);
  CHECK_THROWS_WITH(read("height,width\n1,2\n"),
                    ContainsSubstring("neither an IDX nor an NPY file"));
  for (std::size_t size = 1; size < two_images.size(); ++size)
    CHECK_THROWS_AS(read(two_images.substr(0, size)), DataError);
  CHECK_THROWS_AS(read(idx(0x08, {1u << 20, 1u << 10}, "abc")), DataError);  // 1 GiB
  CHECK_THROWS_AS(read(test::gzip(idx(0x08, {1u << 20, 1u << 10}, "abc"))), DataError);
  CHECK_THROWS_WITH(read(idx(0x08, {0, 28, 28}, "")), ContainsSubstring("is empty"));
  CHECK_THROWS_AS(read(idx(0x08, {0, 28, 28}, "")), InsufficientDataError);
  CHECK_THROWS_WITH(read(npy("<f4", "(2, 2)", bytes_of<float>({1, 2, 3, std::nanf("")}))),
                    ContainsSubstring("number 2 of observation 2 is nan"));
  CHECK_THROWS_WITH(read(npy("<f8", "(1, 2)", bytes_of<double>({0, 1e300}))),
                    ContainsSubstring("number 2 of observation 1 is inf in single precision"));
  CHECK_THROWS_AS(read(npy("<f8", "(1, 2)", bytes_of<double>({0, 1e300}))), InsufficientDataError);
}

TEST_CASE("images: MNIST is what its authors counted", "[nn][images]") {
  REQUIRE_REFERENCE_DATA(folder);
  const std::string mnist = (folder / "images" / "mnist").string();
  const Dataset test =
      nn::read_images(mnist + "/t10k-images.idx3-ubyte", mnist + "/t10k-labels.idx1-ubyte");
  test.validate();
  CHECK(test.shape == Shape{1, 28, 28});
  std::vector<Index> counts(10);
  for (const Index label : test.labels()) ++counts[static_cast<std::size_t>(label)];
  // From the README beside the data.
  CHECK(counts == std::vector<Index>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009});
}
