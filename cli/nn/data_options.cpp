#include "cli/nn/data_options.hpp"

#include <fmt/format.h>

#include <vector>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {

void NetworkDataOptions::declare(Options& options, bool labelled) {
  options.heading("Data");
  options.value("--data", "FILE", data, "a table; - is standard input");
  if (labelled) options.value("--target", "COLUMN", target, "the column that is to be predicted");
  options.value("--images", "FILE", images, "images or arrays: IDX, NPY or NPZ, also compressed");
  if (labelled) options.value("--labels", "FILE", labels, "the class of each, from 0");
  if (labelled)
    options.value("--classes", "LIST", classes, "images of these classes alone, as in 0,5-9");
}

void NetworkDataOptions::declare_test(Options& options) {
  options.value("--test-data", "FILE", test_data, "a table to judge by, beside --data");
  options.value("--test-images", "FILE", test_images, "images to judge by, beside --images");
  options.value("--test-labels", "FILE", test_labels, "their classes");
}

void NetworkDataOptions::check(bool labelled, bool target_needed) const {
  require(!data.empty() || !images.empty(), "name the data: --data FILE{}, or --images FILE{}",
          target_needed ? " --target COLUMN" : "", labelled ? " --labels FILE" : "");
  require(data.empty() || images.empty(),
          "--data and --images are two sources of data; give one of them");
  if (is_table()) {
    require(classes.empty(), "--classes is about images; --where keeps rows of a table");
    require(!target_needed || !target.empty(),
            "name the column that is to be predicted with --target");
    require(labels.empty() && test_images.empty() && test_labels.empty(),
            "--labels, --test-images and --test-labels go with --images, not with --data");
    require(table.missing == "drop" || table.missing == "error",
            "a network takes complete rows: --missing drop or error");
    return;
  }
  require(!labelled || !labels.empty(), "name the classes of the images with --labels");
  require(classes.empty() || !labels.empty(), "--classes goes with --labels");
  require(target.empty() && test_data.empty(), "--target and --test-data go with --data");
  require(test_images.empty() == test_labels.empty(),
          "--test-images and --test-labels go together; give both");
  const std::vector<std::string> of_tables = table.given();
  require(of_tables.empty(), "{} is about tables; leave it out with --images",
          fmt::join(of_tables, ", "));
}

}  // namespace mathtool::cli
