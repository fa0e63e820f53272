#include "cli/nn/network_data.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "cli/first_few.hpp"
#include "cli/nn/class_list.hpp"
#include "cli/nn/network_columns.hpp"
#include "cli/nn/network_words.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/image_data.hpp"

namespace mathtool::cli {
namespace {

/// Numbers that are to be classes, or that are not, by the loss that was asked for.
nn::TargetKind target_kind(const std::string& loss) {
  if (loss.starts_with("mse") || loss.starts_with("huber")) return nn::TargetKind::number;
  if (loss.starts_with("cross_entropy") || loss.starts_with("bce")) return nn::TargetKind::classes;
  return nn::TargetKind::automatic;
}

bool is_number_column(const nn::TableData& data, const std::string& name) {
  for (const std::string& number : data.number_names)
    if (number == name) return true;
  return false;
}

void report_images(const std::string& path, Index count, Report& report) {
  if (!report.input) report.input = InputSummary{.path = path, .rows = count, .used = count};
}

/// A network learns to tell classes apart by observations of at least two of them.
void require_two_classes(const nn::Dataset& images, const std::string& path, Report& report) {
  const std::vector<Index> labels = images.labels();
  std::vector<Index> counts(images.classes.size());
  for (const Index k : labels) ++counts[static_cast<std::size_t>(k)];
  std::vector<std::string> empty;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] == 0) empty.push_back(images.classes[k]);
  require<InsufficientDataError>(
      counts.size() >= empty.size() + 2, "{}: {}; there is nothing to tell apart", path,
      labels.empty()
          ? "no observation"
          : fmt::format("all labels are {}", images.classes[static_cast<std::size_t>(labels[0])]));
  if (!empty.empty())
    report.notes.push_back(fmt::format(
        "{}: labels go up to {}, but no observation is of class {}", path, images.classes.back(),
        first_few(empty, [](const std::string& name) { return name; })));
}

/// A constant column tells a network nothing. Throws: InsufficientDataError where all are.
void report_constants(const nn::TableEncoding& encoding, const std::string& path, Report& report) {
  std::vector<std::string> constant;
  for (const nn::TableColumn& column : encoding.columns)
    if (column.levels.size() == 1 || (column.levels.empty() && column.scale == 0))
      constant.push_back(column.name);
  require<InsufficientDataError>(
      constant.size() < encoding.columns.size(),
      "{}: every column but '{}' is constant; there is nothing to learn from", path,
      encoding.target);
  if (!constant.empty())
    report.notes.push_back(fmt::format(
        "constant, so that nothing can be learnt from it: {}",
        first_few(constant, [](const std::string& name) { return fmt::format("'{}'", name); })));
}

/// Says so where bytes stand beside numbers that nobody divided by 255, or the other way round.
void compare_scales(const nn::Dataset& images, const std::string& path, double scale_before,
                    const std::string& before, Report& report) {
  if (images.feature_scale() == scale_before) return;
  const auto* numbers = std::get_if<nn::Batch<float>>(&images.features);
  if (!numbers)
    report.notes.push_back(fmt::format(
        "{}: bytes, taken as 0 to 1; the numbers of {} were taken as they stand", path, before));
  else if (numbers->size() > 0)
    report.notes.push_back(fmt::format(
        "{}: numbers from {:.4g} to {:.4g}, taken as they stand; the bytes of {} were taken as 0 "
        "to 1",
        path, numbers->minCoeff<Eigen::PropagateNumbers>(),
        numbers->maxCoeff<Eigen::PropagateNumbers>(), before));
}

/// Images with labels, of some classes alone if that is asked for; else the labels are numbers of
/// `known` classes.
nn::Dataset read_labelled(const std::string& images, const std::string& labels,
                          const std::string& chosen, const std::vector<std::string>& known = {}) {
  if (chosen.empty()) return nn::read_images(images, labels, known);
  const nn::Dataset all = nn::read_images(images, labels);
  return all.of_classes(class_names(chosen, "--classes"));
}

TableOptions at(const TableOptions& options, const std::string& path) {
  TableOptions there = options;
  there.path = path;
  return there;
}

}  // namespace

void require_readable(const nn::Dataset& data, const nn::Architecture& architecture,
                      const std::string& path) {
  const auto* numbers = std::get_if<nn::Batch<float>>(&data.features);
  const Index symbols = architecture.symbols();
  if (symbols == 0) {
    if (!numbers || architecture.marked_steps() > 0 || numbers->allFinite()) return;
    for (Index i = 0; i < numbers->rows(); ++i)
      require<DataError>(numbers->row(i).allFinite(),
                         "{}: observation {} has steps without numbers (NaN), which lie beyond the "
                         "end of a sequence for recurrent layers alone; this network has none",
                         path, i + 1);
    return;
  }
  require<DataError>(numbers != nullptr,
                     "{}: bytes, which are read as 0 to 1; the network takes symbols, whole "
                     "numbers of another type",
                     path);
  for (Index i = 0; i < numbers->rows(); ++i)
    for (Index j = 0; j < numbers->cols(); ++j) {
      const float symbol = (*numbers)(i, j);
      require<DataError>(symbol < static_cast<float>(symbols) && symbol == std::floor(symbol),
                         "{}: number {} of observation {} is {}; the network takes symbols, whole "
                         "numbers below {}",
                         path, j + 1, i + 1, symbol, symbols);
    }
}

NetworkData::NetworkData(const NetworkDataOptions& options, const std::string& loss,
                         const GlobalOptions& global, Report& report,
                         std::optional<NetworkOrigin> origin)
    : origin_(std::move(origin)) {
  require<DataError>(!origin_ || options.is_table() == !origin_->model.columns.empty(),
                     "{} was trained on {}, and can go on with such data alone",
                     origin_ ? origin_->path : "", options.is_table() ? "images" : "a table");
  if (!options.is_table()) {
    images_ = read_labelled(options.images, options.labels, options.classes);
    require<DataError>(!origin_ || images_.shape == origin_->model.network.architecture().input(),
                       "{}: images of {}, but {} was trained on others", options.images,
                       shape_text(images_.shape), origin_ ? origin_->path : "");
    if (origin_)
      compare_scales(images_, options.images, origin_->model.feature_scale, origin_->path, report);
    images_path_ = options.images;
    size_ = images_.size();
    require_two_classes(images_, options.labels, report);
    target_.classes = images_.classes;
    labels_ = images_.labels();
    input_ = images_.shape;
    report_images(options.images, size_, report);
    return;
  }
  encoding_.target = target_kind(loss);
  const TableOptions table = at(options.table, options.data);
  if (origin_) {
    std::vector<std::string> names{options.target};
    for (const nn::TableColumn& column : origin_->model.columns) names.push_back(column.name);
    table_ = read_named_columns(table, names, origin_->path, global, report);
    table_->target = options.target;
  } else {
    table_ = read_training_table(table, options.target, global, report);
  }
  require(
      encoding_.target != nn::TargetKind::number || is_number_column(table_->data, table_->target),
      "--loss {} is of numbers, but '{}' holds text; take cross_entropy", loss, table_->target);
  const std::vector<Index> all = nn::all_rows(table_->data);
  const nn::TableEncoding encoding = this->encoding(all);
  if (!origin_) report_constants(encoding, table.path, report);
  size_ = table_->data.rows();
  Index features = 0;
  for (const nn::TableColumn& column : encoding.columns)
    features += column.levels.empty() ? 1 : std::ssize(column.levels);
  input_ = {features};
  target_ = {.name = table_->target, .classes = encoding.classes};
  if (target_.classes.empty()) return;
  const nn::Batch<float> targets = nn::encode_targets(encoding, table_->data, all);
  for (const float label : targets.reshaped()) labels_.push_back(static_cast<Index>(label));
  if (encoding_.target == nn::TargetKind::automatic &&
      is_number_column(table_->data, table_->target))
    report.notes.push_back(fmt::format(
        "'{}': whole numbers were taken for classes; --loss mse takes them for measurements",
        table_->target));
}

nn::TableEncoding NetworkData::encoding(std::span<const Index> training) const {
  nn::TableEncoding encoding =
      nn::fit_table_encoding(table_->data, table_->target, training, encoding_);
  if (!origin_) return encoding;
  const nn::Model& model = origin_->model;
  encoding.columns = model.columns;
  if (encoding.classes.empty() && model.classes.empty() && encoding.target == model.target) {
    encoding.target_center = model.target_center;
    encoding.target_scale = model.target_scale;
  }
  return encoding;
}

bool NetworkData::same_task() const {
  return origin_ && origin_->model.classes == target_.classes &&
         origin_->model.target == target_.name;
}

nn::Dataset NetworkData::truth() const {
  nn::Dataset truth{.classes = target_.classes};
  if (images()) {
    truth.targets = images_.targets;
    return truth;
  }
  truth.targets = nn::encode_targets(encoding_of_all(), table_->data, nn::all_rows(table_->data));
  return truth;
}

nn::TableEncoding NetworkData::encoding_of_all() const {
  return images() ? nn::TableEncoding() : encoding(nn::all_rows(table_->data));
}

void NetworkData::require_readable_by(const nn::Architecture& architecture) const {
  if (images()) require_readable(images_, architecture, images_path_);
}

DividedData NetworkData::divide(std::span<const Index> train, std::span<const Index> validation,
                                std::span<const Index> test) const {
  DividedData parts;
  if (images()) {
    parts.train = images_.subset(train);
    parts.test = images_.subset(test);
    if (!validation.empty()) parts.validation = images_.subset(validation);
    return parts;
  }
  parts.encoding = encoding(train);
  const auto encoded = [&](std::span<const Index> rows) {
    return nn::encode(parts.encoding, table_->data, rows, nn::UnknownLevels::zero);
  };
  parts.train = encoded(train);
  parts.test = encoded(test);
  if (!validation.empty()) parts.validation = encoded(validation);
  return parts;
}

void NetworkData::read_test(const NetworkDataOptions& options, const GlobalOptions& global,
                            Report& report, DividedData& parts) const {
  if (images()) {
    parts.test =
        read_labelled(options.test_images, options.test_labels, options.classes, target_.classes);
    require<DataError>(parts.test.shape == parts.train.shape,
                       "{}: images of {}, but those to train on are of {}", options.test_images,
                       shape_text(parts.test.shape), shape_text(parts.train.shape));
    compare_scales(parts.test, options.test_images, images_.feature_scale(), options.images,
                   report);
    return;
  }
  std::vector<std::string> names{target_.name};
  for (const nn::TableColumn& column : parts.encoding.columns) names.push_back(column.name);
  Report read;
  const NetworkTable table =
      read_named_columns(at(options.table, options.test_data), names, "this network", global, read);
  report.notes.insert(report.notes.end(), read.notes.begin(), read.notes.end());
  parts.test = nn::encode(parts.encoding, table.data, nn::all_rows(table.data));
}

nn::TableEncoding encoding_of(const nn::Model& model) {
  return {.columns = model.columns,
          .target = model.target,
          .classes = model.classes,
          .target_center = model.target_center,
          .target_scale = model.target_scale};
}

nn::Dataset read_for_model(const NetworkDataOptions& options, const nn::Model& model,
                           const std::string& model_path, const GlobalOptions& global,
                           Report& report) {
  require_no_sequence(model, model_path);
  require(options.is_table() == !model.columns.empty(), "{} was trained on {}: name them with {}",
          model_path, model.columns.empty() ? "images" : "a table",
          model.columns.empty() ? "--images" : "--data");
  const nn::Shape& input = model.network.architecture().input();
  if (!options.is_table()) {
    nn::Dataset images = options.labels.empty() ? nn::read_images(options.images)
                                                : read_labelled(options.images, options.labels,
                                                                options.classes, model.classes);
    require<DataError>(images.classes.empty() || images.classes == model.classes,
                       "--classes {}: {} tells {} apart", options.classes, model_path,
                       fmt::join(model.classes, ", "));
    require<DataError>(images.shape == input, "{}: observations of {}, but {} was trained on {}",
                       options.images, shape_text(images.shape), model_path, shape_text(input));
    require_readable(images, model.network.architecture(), options.images);
    compare_scales(images, options.images, model.feature_scale, model_path, report);
    report_images(options.images, images.size(), report);
    return images;
  }
  nn::TableEncoding encoding = encoding_of(model);
  if (!options.target.empty()) encoding.target = options.target;
  std::vector<std::string> names{encoding.target};
  for (const nn::TableColumn& column : encoding.columns) names.push_back(column.name);
  const NetworkTable table =
      read_named_columns(at(options.table, options.data), names, model_path, global, report);
  return nn::encode(encoding, table.data, nn::all_rows(table.data));
}

}  // namespace mathtool::cli
