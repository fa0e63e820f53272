#include "cli/nn/epoch_log.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <cstring>

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

EpochLog::EpochLog(const std::string& path, bool append)
    : path_(path), json_(path.ends_with(".jsonl")), file_(nullptr, &std::fclose) {
  require(json_ || path.ends_with(".csv"),
          "--log takes a name that ends in .csv or .jsonl, not '{}'", path);
  file_.reset(std::fopen(path.c_str(), append ? "a" : "w"));
  require<DataError>(file_ != nullptr, "cannot write '{}': {}", path, std::strerror(errno));
  std::fseek(file_.get(), 0, SEEK_END);
  if (!json_ && std::ftell(file_.get()) == 0) write_line(header());
}

void EpochLog::write(const nn::Epoch& epoch) {
  write_line(json_ ? json_line(epoch) : csv_line(epoch));
}

void EpochLog::write_line(const std::string& line) {
  const bool written = std::fputs(line.c_str(), file_.get()) >= 0 && std::fflush(file_.get()) == 0;
  require<DataError>(written, "cannot write '{}': {}", path_, std::strerror(errno));
}

}  // namespace mathtool::cli
