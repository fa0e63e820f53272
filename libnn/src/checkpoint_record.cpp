#include "checkpoint_record.hpp"

#include <fmt/core.h>

#include <optional>
#include <span>

#include "model_json.hpp"

namespace mathtool::nn {
namespace {

const std::string prefix = "checkpoint.";
constexpr std::int64_t most_rule_vectors = 16;

std::span<const float> view(const Parameters<float>& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}

OrderedJson epoch_json(const Epoch& epoch) {
  OrderedJson json{{"epoch", epoch.epoch}, {"loss", number_json(epoch.loss)}};
  const auto add = [&](const char* name, const std::optional<double>& value) {
    if (value) json[name] = number_json(*value);
  };
  add("accuracy", epoch.accuracy);
  add("validation_loss", epoch.validation_loss);
  add("validation_accuracy", epoch.validation_accuracy);
  json["learning_rate"] = number_json(epoch.learning_rate);
  json["gradient_norm"] = number_json(epoch.gradient_norm);
  return json;
}

Epoch read_epoch(const JsonFields& fields) {
  const auto optional = [&](const char* name) -> std::optional<double> {
    if (!fields.has(name)) return std::nullopt;
    return fields.any_number(name);
  };
  return {.epoch = fields.integer("epoch", 1),
          .loss = fields.any_number("loss"),
          .accuracy = optional("accuracy"),
          .validation_loss = optional("validation_loss"),
          .validation_accuracy = optional("validation_accuracy"),
          .learning_rate = fields.any_number("learning_rate"),
          .gradient_norm = fields.any_number("gradient_norm")};
}

/// A vector of so many numbers; empty where the file has none of that name.
Parameters<float> read_vector(const StoredTensors& file, const std::string& name, Index size,
                              Values values) {
  if (!file.find(prefix + name)) return {};
  Parameters<float> vector(size);
  file.copy(prefix + name, {size}, values, {vector.data(), static_cast<std::size_t>(size)});
  return vector;
}

}  // namespace

std::string checkpoint_json(const Checkpoint& checkpoint) {
  OrderedJson history = OrderedJson::array(), numbers = OrderedJson::array();
  for (const Epoch& epoch : checkpoint.history) history.push_back(epoch_json(epoch));
  for (const double x : checkpoint.rule.numbers) numbers.push_back(number_json(x));
  const opt::ScheduleState& schedule = checkpoint.schedule;
  return dump_object({{"epochs", checkpoint.epochs},
                      {"steps", checkpoint.steps},
                      {"best_epoch", checkpoint.best_epoch},
                      {"history", history},
                      {"rule",
                       {{"steps", checkpoint.rule.steps},
                        {"vectors", checkpoint.rule.memory.size()},
                        {"numbers", numbers}}},
                      {"schedule",
                       {{"steps", schedule.steps},
                        {"best", number_json(schedule.best)},
                        {"bad_steps", schedule.bad_steps},
                        {"rate", number_json(schedule.rate)}}}});
}

std::vector<FloatTensor> checkpoint_tensors(const Checkpoint& checkpoint) {
  std::vector<FloatTensor> tensors;
  const auto add = [&](const std::string& name, const Parameters<float>& v) {
    if (v.size() > 0) tensors.push_back({prefix + name, {v.size()}, view(v)});
  };
  add("parameters", checkpoint.parameters);
  add("buffers", checkpoint.buffers);
  add("best_parameters", checkpoint.best_parameters);
  add("best_buffers", checkpoint.best_buffers);
  for (std::size_t k = 0; k < checkpoint.rule.memory.size(); ++k)
    add(fmt::format("rule.{}", k), checkpoint.rule.memory[k]);
  return tensors;
}

Checkpoint read_checkpoint(const std::string& json_text, const StoredTensors& file,
                           Index parameters, Index buffers) {
  const std::string place = file.source + ": checkpoint";
  const Json json = parse_object(json_text, place);
  const JsonFields fields(json, place);
  Checkpoint checkpoint{.epochs = fields.integer("epochs", 0),
                        .steps = fields.integer("steps", 0),
                        .best_epoch = fields.integer("best_epoch", 0)};
  fields.for_each(
      "history", [&](const JsonFields& epoch) { checkpoint.history.push_back(read_epoch(epoch)); });
  checkpoint.parameters = read_vector(file, "parameters", parameters, Values::finite);
  checkpoint.buffers = read_vector(file, "buffers", buffers, Values::finite);
  if (checkpoint.parameters.size() != parameters || checkpoint.buffers.size() != buffers)
    fields.fail("its parameters are missing");
  checkpoint.best_parameters = read_vector(file, "best_parameters", parameters, Values::finite);
  checkpoint.best_buffers = read_vector(file, "best_buffers", buffers, Values::finite);
  if (checkpoint.best_parameters.size() > 0 && checkpoint.best_buffers.size() != buffers)
    fields.fail("the running figures of its best epoch are missing");

  const JsonFields rule(fields.at("rule"), place + ": rule");
  checkpoint.rule.steps = rule.integer("steps", 0);
  checkpoint.rule.numbers = rule.any_numbers("numbers");
  const std::int64_t vectors = rule.integer("vectors", 0);
  if (vectors > most_rule_vectors) rule.fail(fmt::format("no rule has {} vectors", vectors));
  for (std::int64_t k = 0; k < vectors; ++k) {
    checkpoint.rule.memory.push_back(
        read_vector(file, fmt::format("rule.{}", k), parameters, Values::any));
    if (checkpoint.rule.memory.back().size() != parameters)
      rule.fail(fmt::format("vector {} of {} is missing", k + 1, vectors));
  }
  const JsonFields schedule(fields.at("schedule"), place + ": schedule");
  checkpoint.schedule = {.steps = schedule.integer("steps", 0),
                         .best = schedule.any_number("best"),
                         .bad_steps = schedule.integer("bad_steps", 0),
                         .rate = schedule.any_number("rate")};
  return checkpoint;
}

}  // namespace mathtool::nn
