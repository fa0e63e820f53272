#include "mathtool/nn/topology.hpp"

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;

TEST_CASE("topology: layers alone are JSON, with or without the shape of the input",
          "[nn][model]") {
  const nn::Topology topology = nn::topology_from_json(
      R"json({"input": [1, 28, 28], "layers": ["dense 512 relu", "residual(dense 512)", "dense 10"]})json",
      "net.json");
  CHECK(topology.input == math::Shape{1, 28, 28});
  CHECK(to_string(topology.layers) == "dense 512, relu, residual(dense 512), dense 10");
  const nn::Topology again = nn::topology_from_json(to_json(topology), "again");
  CHECK(again.input == topology.input);
  CHECK(again.layers == topology.layers);
  CHECK(nn::topology_from_json(R"({"layers": ["dense 10"], "note": 1})", "n").input.empty());
}

TEST_CASE("topology: what cannot be read is named with its file", "[nn][model]") {
  const auto read = [](std::string_view text) { return nn::topology_from_json(text, "net.json"); };
  CHECK_THROWS_WITH(read("dense 10"), "net.json: is no JSON object");
  CHECK_THROWS_WITH(read("{}"), "net.json: there is no field 'layers'");
  CHECK_THROWS_WITH(read(R"({"layers": []})"), ContainsSubstring("field 'layers' is empty"));
  CHECK_THROWS_WITH(read(R"({"layers": ["dense"]})"),
                    ContainsSubstring("net.json: layers 'dense'"));
  CHECK_THROWS_WITH(read(R"({"input": 784, "layers": ["dense 1"]})"),
                    "net.json: field 'input' is not a list");
  CHECK_THROWS_AS(read(R"({"layers": ["dense 10", "conv"]})"), DataError);
}
