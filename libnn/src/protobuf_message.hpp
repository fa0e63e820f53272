#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mathtool::nn {

/// A message in the wire format of protocol buffers: fields one behind the other, each with its
/// number and its kind in front. A message within another is a field of bytes.
/// Ref: Google, Protocol Buffers, "Encoding" (protobuf.dev).
class ProtobufMessage {
 public:
  void integer(int field, std::int64_t value);        ///< int32, int64, enum
  void number(int field, float value);                ///< float
  void bytes(int field, std::string_view value);      ///< string, bytes
  void message(int field, const ProtobufMessage& m);  ///< a message in this one
  void begin_message(int field, std::size_t size);    ///< its bytes are written elsewhere

  const std::string& content() const { return content_; }

 private:
  /// Seven bits a byte, the least first; the eighth says that more follow.
  void varint(std::uint64_t value);

  std::string content_ = {};
};

}  // namespace mathtool::nn
