#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// The files that one command writes. They are put in place together once everything else has
/// succeeded; a failure before that leaves none of them.
class StagedFiles {
 public:
  void add(data::OutputFile&& file) { files_.push_back(std::move(file)); }
  void write(const std::string& path, const std::string& text);
  /// What was written so far reaches the disk, or the reason why it cannot is thrown.
  void flush();
  void commit();

 private:
  std::vector<data::OutputFile> files_ = {};
};

/// Throws: DomainError when two options, given with their paths, name the same file. An empty path
/// is none.
void require_different_files(const std::vector<std::pair<std::string, std::string>>& outputs);

/// Throws: DomainError when one of these would write over a file that another option reads. "-" is
/// a stream, not a file.
void require_inputs_kept(const std::vector<std::pair<std::string, std::string>>& outputs,
                         const std::vector<std::pair<std::string, std::string>>& inputs);

/// Whether both paths name one file, which is there; a terminal or /dev/null is none.
bool same_file(const std::string& path, const std::string& other);

}  // namespace mathtool::cli
