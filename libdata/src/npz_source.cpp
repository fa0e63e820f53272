#include "npz_source.hpp"

#include <algorithm>
#include <vector>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "npy_header.hpp"
#include "zip_entry_source.hpp"

namespace mathtool::data {
namespace {

constexpr std::string_view suffix = ".npy";

std::string array_name(const ZipEntry& entry) {
  return entry.name.substr(0, entry.name.size() - suffix.size());
}

std::vector<std::string> array_names(const std::vector<ZipEntry>& entries) {
  std::vector<std::string> names;
  for (const ZipEntry& entry : entries) names.push_back(array_name(entry));
  return names;
}

std::string list(const std::vector<std::string>& names) {
  constexpr std::size_t most_named = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i)
    text += fmt::format("{}'{}'", i == 0 ? "" : ", ", names[i]);
  if (names.size() > most_named) text += fmt::format(" and {} more", names.size() - most_named);
  return text;
}

/// Throws: DataError unless the entry is an array that makes a table.
void check_header(const std::shared_ptr<ByteSource>& archive, const ZipEntry& entry,
                  const std::string& name) {
  const auto source = zip_entry_source(archive, entry, name);
  const auto read = [&](std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      const std::size_t count = source->read(buffer.subspan(filled));
      if (count == 0) break;
      filled += count;
    }
    return filled;
  };
  read_npy_header(read, name);
}

bool makes_table(const std::shared_ptr<ByteSource>& archive, const ZipEntry& entry,
                 const std::string& name) {
  try {
    check_header(archive, entry, name);
    return true;
  } catch (const DataError&) { return false; }
}

std::unique_ptr<ByteSource> open_array(const std::shared_ptr<ByteSource>& archive,
                                       const ZipEntry& entry, const std::string& name) {
  check_header(archive, entry, name);
  return zip_entry_source(archive, entry, name);
}

const ZipEntry& choose_named(const std::vector<ZipEntry>& arrays, const std::string& array,
                             const std::string& name) {
  for (const ZipEntry& entry : arrays)
    if (array_name(entry) == array || entry.name == array) return entry;
  const auto names = array_names(arrays);
  throw DomainError(fmt::format("{}: there is no array '{}'{}; the archive holds {}", name, array,
                                did_you_mean(array, names), list(names)));
}

}  // namespace

std::unique_ptr<ByteSource> npz_source(std::unique_ptr<ByteSource> archive,
                                       const std::string& array, const std::string& name) {
  const std::shared_ptr<ByteSource> zip = std::move(archive);
  std::vector<ZipEntry> arrays = read_zip_directory(*zip, name);
  std::erase_if(arrays, [](const ZipEntry& entry) { return !entry.name.ends_with(suffix); });
  require<DataError>(!arrays.empty(),
                     "{} is a zip archive or a spreadsheet, without NumPy arrays; unpack it, or "
                     "save the sheet as CSV",
                     name);
  if (!array.empty()) return open_array(zip, choose_named(arrays, array, name), name);
  if (arrays.size() > 1) {
    std::vector<ZipEntry> tables;
    std::copy_if(arrays.begin(), arrays.end(), std::back_inserter(tables),
                 [&](const ZipEntry& entry) { return makes_table(zip, entry, name); });
    if (!tables.empty()) arrays = std::move(tables);
  }
  if (arrays.size() > 1) {
    const auto names = array_names(arrays);
    throw DomainError(fmt::format("{} holds {} arrays: {}; name one, as in '{}:{}'", name,
                                  names.size(), list(names), name, names.front()));
  }
  return open_array(zip, arrays.front(), name);
}

}  // namespace mathtool::data
