#pragma once

#include <zlib.h>

#include <cstring>
#include <string>
#include <string_view>

#include "support/json.hpp"

namespace mathtool::test {

using Json = nlohmann::ordered_json;

/// A model file taken apart and put together again by what docs/models.md says, so that tests can
/// change any part of it and leave the checksum right.
struct ModelBytes {
  Json header = {};
  std::string tensors = {};

  static ModelBytes parse(const std::string& file) {
    const auto length = static_cast<std::size_t>(length_of(file));
    return {Json::parse(file.substr(8, length)), file.substr(8 + length)};
  }

  static std::uint64_t length_of(const std::string& file) {
    std::uint64_t length = 0;
    for (int k = 7; k >= 0; --k)
      length = length << 8 | static_cast<unsigned char>(file[static_cast<std::size_t>(k)]);
    return length;
  }

  Json& metadata() { return header["__metadata__"]; }

  /// Changes the topology and preprocessing.
  template <class Change>
  void change_model(Change&& change) {
    Json model = Json::parse(metadata().at("model").get<std::string>());
    change(model);
    metadata()["model"] = model.dump();
  }

  std::string bytes() {
    metadata()["checksum"] = "crc32:00000000";
    std::string text = header.dump();
    const std::string all = text + tensors;
    const auto crc =
        ::crc32(0, reinterpret_cast<const Bytef*>(all.data()), static_cast<uInt>(all.size()));
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08lx", static_cast<unsigned long>(crc));
    text.replace(text.find("crc32:") + 6, 8, digits);
    return with_header(text, tensors);
  }

  static std::string with_header(std::string_view text, std::string_view rest,
                                 std::uint64_t more = 0) {
    std::string file;
    const std::uint64_t length = text.size() + more;
    for (int k = 0; k < 8; ++k) file += static_cast<char>(length >> (8 * k) & 0xFF);
    return file.append(text).append(rest);
  }
};

}  // namespace mathtool::test
