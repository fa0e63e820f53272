#include "cli/nn/epoch_log.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>

#include "cli/render/json.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct LoggedNumber {
  const char* name;
  double value;  ///< NaN: none
};

std::vector<LoggedNumber> numbers_of(const nn::Epoch& epoch) {
  return {{"loss", epoch.loss},
          {"accuracy", epoch.accuracy.value_or(not_a_number)},
          {"val_loss", epoch.validation_loss.value_or(not_a_number)},
          {"val_accuracy", epoch.validation_accuracy.value_or(not_a_number)},
          {"learning_rate", epoch.learning_rate},
          {"gradient_norm", epoch.gradient_norm},
          {"seconds", epoch.seconds}};
}

std::string header() {
  std::string line = "epoch";
  for (const LoggedNumber& number : numbers_of({})) line += fmt::format(",{}", number.name);
  return line + "\n";
}

std::string csv_line(const nn::Epoch& epoch) {
  std::string line = fmt::format("{}", epoch.epoch);
  for (const LoggedNumber& number : numbers_of(epoch))
    line += "," + data::format_number(number.value);
  return line + "\n";
}

std::string json_line(const nn::Epoch& epoch) {
  Json json{{"epoch", epoch.epoch}};
  for (const LoggedNumber& number : numbers_of(epoch))
    if (std::isfinite(number.value)) json[number.name] = number.value;
  return json.dump() + "\n";
}

/// The epoch of a line of a log; 0 of a header, nothing where it is no such line.
std::optional<std::int64_t> epoch_of(const std::string& line, bool json) {
  if (json) {
    const Json fields = Json::parse(line, nullptr, false);
    if (!fields.is_object() || !fields.contains("epoch")) return std::nullopt;
    return fields["epoch"].is_number_integer() ? std::optional(fields["epoch"].get<std::int64_t>())
                                               : std::nullopt;
  }
  if (line + "\n" == header()) return 0;
  std::int64_t epoch = 0;
  const char* end = line.data() + line.size();
  const auto read = std::from_chars(line.data(), end, epoch);
  return read.ec == std::errc() && read.ptr != end && *read.ptr == ',' ? std::optional(epoch)
                                                                       : std::nullopt;
}

/// What a log holds up to an epoch, or up to a line that is not its own.
std::string lines_until(const std::string& path, bool json, std::int64_t last) {
  std::ifstream log(path);
  std::string kept, line;
  while (std::getline(log, line)) {
    const std::optional<std::int64_t> epoch = epoch_of(line, json);
    if (!epoch || *epoch > last) break;
    kept += line + "\n";
  }
  return kept;
}

}  // namespace

std::string epoch_line(const nn::Epoch& epoch, std::int64_t epochs) {
  std::string line = fmt::format("epoch {} of {}: loss {:.5g}", epoch.epoch, epochs, epoch.loss);
  if (epoch.accuracy) line += fmt::format(", accuracy {:.4f}", *epoch.accuracy);
  if (epoch.validation_loss)
    line += fmt::format(", validation loss {:.5g}", *epoch.validation_loss);
  if (epoch.validation_accuracy)
    line += fmt::format(", validation accuracy {:.4f}", *epoch.validation_accuracy);
  return line;
}

EpochLog::EpochLog(const std::string& path, std::int64_t epochs_done)
    : path_(path), json_(path.ends_with(".jsonl")), file_(nullptr, &std::fclose) {
  require(json_ || path.ends_with(".csv"),
          "--log takes a name that ends in .csv or .jsonl, not '{}'", path);
  const std::string kept = epochs_done > 0 ? lines_until(path, json_, epochs_done) : "";
  file_.reset(std::fopen(path.c_str(), "w"));
  require<DataError>(file_ != nullptr, "cannot write '{}': {}", path, std::strerror(errno));
  write_line(!json_ && kept.empty() ? header() : kept);
}

void EpochLog::write(const nn::Epoch& epoch) {
  write_line(json_ ? json_line(epoch) : csv_line(epoch));
}

void EpochLog::write_line(const std::string& line) {
  const bool written = std::fputs(line.c_str(), file_.get()) >= 0 && std::fflush(file_.get()) == 0;
  require<DataError>(written, "cannot write '{}': {}", path_, std::strerror(errno));
}

}  // namespace mathtool::cli
