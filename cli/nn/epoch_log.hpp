#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "mathtool/nn/training.hpp"

namespace mathtool::cli {

/// One line for people: "epoch 3 of 20: loss 0.1234, accuracy 0.967, validation loss 0.2, ...".
std::string epoch_line(const nn::Epoch& epoch, std::int64_t epochs);

/// The epochs of a training as lines of CSV, or of JSON where the name ends in .jsonl. Each stands
/// in the file at once, for whoever watches.
class EpochLog {
 public:
  /// A training that goes on from `epochs_done` keeps the lines of its log up to there: what came
  /// after the last checkpoint is trained and written again.
  /// Throws: DataError where the file cannot be written; DomainError for another ending.
  EpochLog(const std::string& path, std::int64_t epochs_done);

  /// Throws: DataError.
  void write(const nn::Epoch& epoch);

 private:
  void write_line(const std::string& line);

  std::string path_;
  bool json_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

}  // namespace mathtool::cli
