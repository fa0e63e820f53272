#include "mathtool/nn/topology.hpp"

#include "mathtool/math/error.hpp"
#include "model_json.hpp"
#include "topology_fields.hpp"

namespace mathtool::nn {

OrderedJson topology_fields(const Topology& topology) {
  OrderedJson json = OrderedJson::object();
  if (!topology.input.empty()) json["input"] = topology.input;
  json["layers"] = OrderedJson::array();
  for (const Layer& layer : topology.layers) json["layers"].push_back(to_string(layer));
  return json;
}

Topology read_topology(const JsonFields& fields) {
  Topology topology;
  if (fields.has("input")) topology.input = fields.shape("input");
  for (const std::string& text : fields.texts("layers")) try {
      const std::vector<Layer> layers = parse_layers(text);
      topology.layers.insert(topology.layers.end(), layers.begin(), layers.end());
    } catch (const Error& error) { fields.fail(error.what()); }
  if (topology.layers.empty()) fields.fail("field 'layers' is empty; a network has at least one");
  return topology;
}

Topology topology_from_json(std::string_view text, std::string_view source) {
  const Json json = parse_object(text, source);
  return read_topology(JsonFields(json, std::string(source)));
}

std::string to_json(const Topology& topology) {
  return dump_object(topology_fields(topology)) + "\n";
}

}  // namespace mathtool::nn
