#include "cli/staged_files.hpp"

#include <filesystem>
#include <map>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// One spelling for "out.csv", "./out.csv" and a link to it.
std::string one_spelling(const std::string& path) {
  std::error_code failure;
  const std::filesystem::path whole = std::filesystem::absolute(path, failure);
  const std::filesystem::path plain = std::filesystem::weakly_canonical(whole, failure);
  return failure ? path : plain.string();
}

}  // namespace

void StagedFiles::write(const std::string& path, const std::string& text) {
  data::OutputFile file(path);
  file.write(text);
  add(std::move(file));
}

void StagedFiles::flush() {
  for (data::OutputFile& file : files_) file.flush();
}

void StagedFiles::commit() {
  flush();  // a full disk shows before any is in place
  for (data::OutputFile& file : files_) file.commit();
  files_.clear();
}

void require_different_files(const std::vector<std::pair<std::string, std::string>>& outputs) {
  std::map<std::string, std::string> options;
  for (const auto& [option, path] : outputs) {
    if (path.empty()) continue;
    const auto [earlier, is_new] = options.try_emplace(one_spelling(path), option);
    require(is_new, "{} and {} would both write '{}'; give them different names", earlier->second,
            option, path);
  }
}

void require_inputs_kept(const std::vector<std::pair<std::string, std::string>>& outputs,
                         const std::vector<std::pair<std::string, std::string>>& inputs) {
  for (const auto& [option, path] : outputs)
    for (const auto& [source, there] : inputs)
      require(
          path.empty() || path == "-" || there.empty() || one_spelling(path) != one_spelling(there),
          "{} would write over '{}', which {} reads; give it another name", option, path, source);
}

bool same_file(const std::string& path, const std::string& other) {
  std::error_code failure;
  return std::filesystem::is_regular_file(path, failure) &&
         std::filesystem::equivalent(path, other, failure) && !failure;
}

}  // namespace mathtool::cli
