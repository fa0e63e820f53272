#include <sys/wait.h>

#include <cstdlib>
#include <cstring>

#include "onnx_models.hpp"
#include "saved_models.hpp"

using namespace mathtool;
using nn::Batch;
using nn::Model;
using test::export_cases;
using test::ExportCase;
using test::onnx_bytes;
using test::random_model;
using test::rows_of_case;
using test::ScratchFolder;

namespace {

/// Runs a script where a Python has what it needs. Returns: its exit status; 3: none has.
int run_python(const std::string& arguments) {
  int status = 3;
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    const std::string command = std::string(python) +
                                " " MATHTOOL_SOURCE_DIR "/tests/libnn/run_onnx.py " + arguments +
                                " > /dev/null";
    status = std::system(command.c_str());
    status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (status == 127) status = 3;
    if (status != 3) break;
  }
  return status;
}

}  // namespace

TEST_CASE("onnx: OpenCV computes what the network does", "[nn][onnx][peer]") {
  const ScratchFolder folder;
  std::string arguments = "opencv " + (folder / "");
  std::vector<std::pair<const ExportCase*, Batch<float>>> expected;
  for (const ExportCase& each : export_cases) {
    if (!each.in_opencv) continue;
    const Model model = random_model(each.input, each.layers);
    folder.write(std::string(each.name) + ".onnx",
                 onnx_bytes(model, {.batch = each.fixed_batch ? rows_of_case : 0}));
    const Batch<float> x = test::inputs_of(model);
    folder.write(std::string(each.name) + ".in",
                 {reinterpret_cast<const char*>(x.data()), x.size() * sizeof(float)});
    arguments += " " + std::string(each.name) + ":" + std::to_string(rows_of_case);
    for (const Index length : each.input) arguments += "x" + std::to_string(length);
    expected.emplace_back(&each, model.network.predict(x, 1));
  }
  const int status = run_python(arguments);
  if (status == 3) {
    WARN("SKIPPED: no Python with OpenCV (python3-opencv) to run the files in");
    return;
  }
  REQUIRE(status == 0);
  for (const auto& [each, y] : expected) {
    const std::string bytes = folder.content(std::string(each->name) + ".out");
    std::vector<float> found(bytes.size() / sizeof(float));
    std::memcpy(found.data(), bytes.data(), bytes.size());
    const double worst = test::worst_difference(found, y);
    INFO(each->name << ": " << worst);
    CHECK(worst < 1e-5);
  }
}

TEST_CASE("onnx: files stand the checker of ONNX itself", "[nn][onnx][peer]") {
  const ScratchFolder folder;
  std::string arguments = "checker " + (folder / "");
  const auto add = [&](const std::string& name, const std::string& bytes) {
    folder.write(name + ".onnx", bytes);
    arguments += " " + name;
  };
  for (const ExportCase& each : export_cases)
    add(each.name, onnx_bytes(random_model(each.input, each.layers)));
  add("flowers", onnx_bytes(test::flower_model()));
  add("text", onnx_bytes(random_model({6}, "embedding 4 vocabulary 7, lstm 5 all, dense 7")));
  const int status = run_python(arguments);
  if (status == 3) {
    WARN("SKIPPED: no Python with ONNX (python3-onnx) to check the files by");
    return;
  }
  CHECK(status == 0);
}
