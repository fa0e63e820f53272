#include "protobuf_message.hpp"

#include <bit>

namespace mathtool::nn {
namespace {

enum WireType : std::uint64_t { wire_varint = 0, wire_bytes = 2, wire_fixed32 = 5 };

std::uint64_t key(int field, WireType type) {
  return static_cast<std::uint64_t>(field) << 3 | type;
}

}  // namespace

void ProtobufMessage::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) content_.push_back(static_cast<char>(value | 0x80));
  content_.push_back(static_cast<char>(value));
}

void ProtobufMessage::integer(int field, std::int64_t value) {
  varint(key(field, wire_varint));
  varint(static_cast<std::uint64_t>(value));
}

void ProtobufMessage::number(int field, float value) {
  varint(key(field, wire_fixed32));
  const auto bits = std::bit_cast<std::uint32_t>(value);
  for (int shift = 0; shift < 32; shift += 8) content_.push_back(static_cast<char>(bits >> shift));
}

void ProtobufMessage::bytes(int field, std::string_view value) {
  begin_message(field, value.size());
  content_.append(value);
}

void ProtobufMessage::message(int field, const ProtobufMessage& m) { bytes(field, m.content()); }

void ProtobufMessage::begin_message(int field, std::size_t size) {
  varint(key(field, wire_bytes));
  varint(size);
}

}  // namespace mathtool::nn
