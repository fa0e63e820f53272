#include "mathtool/nn/image_data.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "mathtool/data/read_array.hpp"
#include "mathtool/math/error.hpp"
#include "number_text.hpp"

namespace mathtool::nn {
namespace {

/// "train-images-idx3-ubyte" for "train-images.idx3-ubyte" and the other way round; the same for
/// other names.
std::string other_spelling(const std::string& path) {
  const std::size_t place = path.rfind("idx");
  const std::size_t folder = path.rfind('/');
  if (place == std::string::npos || place == 0 ||
      (folder != std::string::npos && place <= folder + 1))
    return path;
  std::string other = path;
  if (path[place - 1] == '-') other[place - 1] = '.';
  if (path[place - 1] == '.') other[place - 1] = '-';
  return other;
}

/// The path itself, its other spelling, and both with .gz or without.
std::vector<std::string> spellings_of(const std::string& path) {
  std::vector<std::string> spellings;
  for (const std::string& name : {path, other_spelling(path)}) {
    const bool compressed = name.ends_with(".gz");
    for (const std::string& spelling :
         {name, compressed ? name.substr(0, name.size() - 3) : name + ".gz"})
      if (std::find(spellings.begin(), spellings.end(), spelling) == spellings.end())
        spellings.push_back(spelling);
  }
  return spellings;
}

data::Input open_array(const std::string& path) {
  if (path == "-" || path.find(".npz:") != std::string::npos) return data::Input::open(path);
  const std::vector<std::string> spellings = spellings_of(path);
  std::string tried;
  for (const std::string& spelling : spellings) {
    std::error_code failure;
    if (std::filesystem::exists(spelling, failure)) return data::Input::open(spelling);
    tried += (tried.empty() ? "" : ", ") + spelling;
  }
  throw DataError(fmt::format("{}: no such file; tried {}", path, tried));
}

/// The shape of one observation.
Shape observation_shape(const data::SingleArray& array, const std::string& name) {
  constexpr std::size_t most_dimensions = 5;  // (n, frames, channels, height, width)
  const Shape whole(array.shape.begin(), array.shape.end());
  require<DataError>(whole.size() >= 2,
                     "{} holds one number for each of {} observations, as labels do; images have "
                     "more dimensions. Are images and labels swapped?",
                     name, whole.empty() ? 1 : whole[0]);
  require<DataError>(whole.size() <= most_dimensions,
                     "{}: an array of {}; observations have at most four dimensions, (frames, "
                     "channels, height, width)",
                     name, math::to_string(whole));
  require<InsufficientDataError>(math::element_count(whole) > 0, "{} is empty: its array is {}",
                                 name, math::to_string(whole));
  Shape shape(whole.begin() + 1, whole.end());
  const bool bytes = std::holds_alternative<std::vector<std::uint8_t>>(array.values);
  if (shape.size() == 2 && (bytes || array.is_idx)) shape.insert(shape.begin(), 1);
  return shape;
}

/// Labels as they stand, one for each observation.
std::vector<double> read_labels(const std::string& path) {
  data::Input input = open_array(path);
  const std::string name = input.name();
  data::NumericArray array = data::read_array(std::move(input));
  const Shape shape(array.shape.begin(), array.shape.end());
  const bool one_each = shape.size() == 1 || (shape.size() == 2 && shape[1] == 1);
  require<DataError>(one_each,
                     "{}: labels are one number each, but its array is {}. Are images and labels "
                     "swapped?",
                     name, math::to_string(shape));
  constexpr double most_classes = 65536;
  for (std::size_t i = 0; i < array.values.size(); ++i) {
    const double label = array.values[i];
    require<DataError>(label >= 0 && label < most_classes && label == std::floor(label),
                       "{}: label {} is {}; labels are whole numbers from 0, of at most {} classes",
                       name, i + 1, label, most_classes);
  }
  return std::move(array.values);
}

std::vector<std::string> numbered_classes(const std::vector<double>& labels) {
  std::vector<std::string> classes;
  const double most = *std::max_element(labels.begin(), labels.end());
  for (Index k = 0; k <= static_cast<Index>(most); ++k) classes.push_back(std::to_string(k));
  return classes;
}

/// Which class a label means: the one whose name is that number, where all names are numbers; else
/// the one of that place.
std::map<Index, std::size_t> classes_by_label(const std::vector<std::string>& classes) {
  std::map<Index, std::size_t> by_name, by_place;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    by_place.emplace(static_cast<Index>(k), k);
    if (const auto number = read_number<Index>(classes[k])) by_name.emplace(*number, k);
  }
  return by_name.size() == classes.size() ? by_name : by_place;
}

}  // namespace

Dataset read_images(const std::string& path) {
  data::Input input = open_array(path);
  const std::string name = input.name();
  data::SingleArray array = data::read_single_array(std::move(input));
  Dataset images{.shape = observation_shape(array, name)};
  const Index n = array.shape[0];
  if (auto* bytes = std::get_if<std::vector<std::uint8_t>>(&array.values)) {
    images.features = ByteRows{.bytes = std::move(*bytes)};
  } else {
    const auto& numbers = std::get<std::vector<float>>(array.values);
    const Index width = math::element_count(images.shape);
    const auto broken = std::find_if(numbers.begin(), numbers.end(), [&](const float& x) {
      const Index place = &x - numbers.data();
      return !std::isfinite(x) && !beyond_end(images.shape, &x - place % width, place % width);
    });
    if (broken != numbers.end()) {
      const Index place = broken - numbers.begin();
      const std::string complaint = fmt::format(
          "{}: number {} of observation {} is {} in single precision; networks take finite numbers",
          name, place % width + 1, place / width + 1, *broken);
      if (std::isinf(*broken)) throw InsufficientDataError(complaint);  // as in a table
      throw DataError(complaint);
    }
    images.features = Batch<float>(Eigen::Map<const Batch<float>>(numbers.data(), n, width));
  }
  images.targets.resize(n, 0);
  return images;
}

Dataset read_images(const std::string& images_path, const std::string& labels_path,
                    const std::vector<std::string>& classes) {
  Dataset images = read_images(images_path);
  const std::vector<double> labels = read_labels(labels_path);
  require<DataError>(std::ssize(labels) == images.size(),
                     "{} has {} labels for the {} images of {}", labels_path, labels.size(),
                     images.size(), images_path);
  images.classes = classes.empty() ? numbered_classes(labels) : classes;
  images.targets.resize(std::ssize(labels), 1);
  const std::map<Index, std::size_t> meant = classes_by_label(images.classes);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto found = meant.find(static_cast<Index>(labels[i]));
    if (found == meant.end())
      throw DataError(fmt::format("{}: label {} is {}, which is none of the {} classes: {}",
                                  labels_path, i + 1, labels[i], images.classes.size(),
                                  fmt::join(images.classes, ", ")));
    images.targets(static_cast<Index>(i), 0) = static_cast<float>(found->second);
  }
  return images;
}

}  // namespace mathtool::nn
