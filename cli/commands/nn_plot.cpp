#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <string_view>
#include <utility>

#include "cli/command.hpp"
#include "cli/nn/plane_grid.hpp"
#include "cli/plot/figure_file.hpp"
#include "cli/plot/plot.hpp"
#include "cli/report.hpp"
#include "cli/terminal.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/feature_maps.hpp"
#include "mathtool/nn/filters.hpp"
#include "mathtool/nn/image_data.hpp"
#include "mathtool/nn/model_file.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {
namespace {

constexpr int most_layers = 100'000;

struct Settings {
  std::string model, images;
  std::optional<int> filters, features, image;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that nn train --save wrote");
  options.value("--filters", "LAYER", settings.filters, 1, most_layers,
                "the kernels of a convolution, by its number in nn summary");
  options.value("--features", "LAYER", settings.features, 1, most_layers,
                "what a layer makes of an image");
  options.value("--images", "FILE", settings.images, "where the image is: IDX, NPY or NPZ");
  options.value("--image", "N", settings.image, 1, 1'000'000'000,
                "its number in FILE, from 1 (default 1)");
  GlobalOptions global = options.parse();
  require(settings.filters.has_value() != settings.features.has_value(),
          "say what to look at: --filters LAYER, or --features LAYER with --images FILE");
  require(settings.features.has_value() == !settings.images.empty(),
          "--features and --images go together; give both");
  require(!settings.image || settings.features, "--image goes with --features and --images");
  // The picture is the result: -o f.svg is --plot=f.svg.
  if (figure_kind(global.output)) {
    require(global.plot_path.empty(), "--plot and -o both name a picture; leave one out");
    global.plot = true;
    global.plot_path = std::exchange(global.output, "-");
  }
  return global;
}

/// "layer 3 (conv 50 5x5)".
std::string layer_in_words(const nn::Architecture& architecture, Index layer) {
  return fmt::format("layer {} ({})", layer + 1,
                     nn::to_string(architecture.layers()[static_cast<std::size_t>(layer)]));
}

Json head_of(const nn::Architecture& architecture, Index layer) {
  return {{"layer", nn::to_string(architecture.layers()[static_cast<std::size_t>(layer)])},
          {"number", layer + 1}};
}

PlaneGrid look_at_filters(const nn::Model& model, Index layer, Report& report) {
  const auto filters = std::make_shared<const nn::Filters>(nn::filters_of(model.network, layer));
  const nn::Architecture& architecture = model.network.architecture();
  PlaneGrid grid{.title = "filters of " + layer_in_words(architecture, layer),
                 .outer = "filter",
                 .inner = "channel",
                 .number = "weight",
                 .rows = filters->filters,
                 .columns = filters->channels,
                 .height = filters->height,
                 .width = filters->width,
                 .pixels = filters->weights};
  report.result = [filters, grid, head = head_of(architecture, layer)] {
    Json json = head;
    json["shape"] = {grid.rows, grid.columns, grid.height, grid.width};
    json["filters"] = grid_json(grid);
    json["bias"] = std::vector<float>(filters->bias.begin(), filters->bias.end());
    return json;
  };
  return grid;
}

/// One image of the file, and the report's input.
nn::Dataset read_image(const Settings& settings, const nn::Model& model, Report& report) {
  const nn::Shape& input = model.network.architecture().input();
  const nn::Dataset images = nn::read_images(settings.images);
  const Index number = settings.image.value_or(1);
  require<DataError>(images.shape == input, "{}: observations of {}, but {} was trained on {}",
                     settings.images, math::to_string(images.shape), settings.model,
                     math::to_string(input));
  require(number <= images.size(), "--image {}: {} holds {} images", number, settings.images,
          images.size());
  report.input = InputSummary{.path = settings.images, .rows = images.size(), .used = 1};
  return images.subset(std::vector<Index>{number - 1});
}

PlaneGrid look_at_features(const Settings& settings, const nn::Model& model, Index layer,
                           Report& report) {
  const nn::Architecture& architecture = model.network.architecture();
  require(layer < std::ssize(architecture.layers()),
          "--features: there is no layer {}; there are {}, counted from 1", layer + 1,
          architecture.layers().size());
  const nn::Sequential<float> network = nn::network_up_to(model.network, layer);
  const nn::Shape output = network.architecture().output();
  const Index axes = std::ssize(output);
  const auto length = [&](Index from_last) {
    return from_last <= axes ? output.end()[-from_last] : Index{1};
  };
  PlaneGrid grid{.title = fmt::format("image {} behind {}", settings.image.value_or(1),
                                      layer_in_words(architecture, layer)),
                 .outer = "frame",
                 .inner = "map",
                 .number = "activation",
                 .rows = length(4),
                 .columns = length(3),
                 .height = length(2),
                 .width = length(1)};
  const nn::Batch<float> activations = nn::predict(network, read_image(settings, model, report));
  grid.pixels = Eigen::Map<const nn::Batch<float>>(activations.data(), grid.rows,
                                                   activations.size() / grid.rows);
  Json head = head_of(architecture, layer);
  head["image"] = settings.image.value_or(1);
  head["shape"] = output;
  report.result = [grid, head, frames = axes == 4] {
    Json json = head;
    json["maps"] = frames ? grid_json(grid) : grid_json(grid)[0];
    return json;
  };
  return grid;
}

/// For people, the picture is the result: in the terminal, or figures beside the file.
void show(const PlaneGrid& grid, GlobalOptions& global, Report& report) {
  report.main = pixel_table(grid);
  report.figure = [grid] { return grid_figure(grid); };
  if (global.format != Format::table) return;
  if (!global.plot_path.empty()) {
    report.screen = {Paragraph{grid.title}, plane_table(grid)};
    return;
  }
  global.plot = false;
  const Figure figure = grid_figure(grid);
  report.notes.insert(report.notes.end(), figure.notes.begin(), figure.notes.end());
  const bool colored = global.output == "-" && use_color(global.color, STDOUT_FILENO);
  report.screen = {Paragraph{drawing_in_characters(figure, colored)}};
}

Exit run(const Invocation& invocation) {
  Settings settings;
  GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  Report report{.command = "nn plot"};
  const PlaneGrid grid = settings.filters
                             ? look_at_filters(model, *settings.filters - 1, report)
                             : look_at_features(settings, model, *settings.features - 1, report);
  show(grid, global, report);
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn plot lenet.model --filters 1                          in the terminal
  mathtool nn plot lenet.model --filters 1 -o filters.svg
  mathtool nn plot lenet.model --features 2 --images t10k-images.idx3.gz --image 5 -o maps.png
  mathtool nn plot lenet.model --filters 3 --json                   the weights for another program

Layers are counted from 1, as nn summary lists them; an activation behind a layer is one by itself,
so that --features of a convolution is what its relu gets, and of the next layer what it leaves.
A convolution of one channel shows its filters line by line; of several, filters stand along one
axis and channels along the other. All share one scale of colours.

-o or --plot with a name that ends in .svg, .png, .pdf or .html writes a picture, and the
mean, extremes and norm of each filter or map to the terminal. --csv has a line for each pixel.
)";

}  // namespace

extern const Command nn_plot;
const Command nn_plot{.name = "nn plot",
                      .summary = "the filters of a network, and its feature maps of an image",
                      .operands = "MODEL",
                      .help = explanation,
                      .run = run,
                      .draws = true,
                      .output = OutputKind::picture};

}  // namespace mathtool::cli
