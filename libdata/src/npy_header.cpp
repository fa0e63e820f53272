#include "npy_header.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "array_elements.hpp"
#include "byte_order.hpp"
#include "excerpt.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

constexpr std::size_t prefix_size = 8;  // magic and version

/// Reads `text`, a dictionary as Python prints it, which stands at byte `start` of the file.
class DictionaryParser {
 public:
  DictionaryParser(std::string_view text, std::size_t start, const std::string& name)
      : text_(text), start_(start), name_(name) {}

  ArrayLayout parse() {
    ArrayLayout layout;
    bool has_descr = false, has_order = false, has_shape = false;
    expect('{');
    while (!accept('}')) {
      skip_blanks();
      const std::size_t begin = at_;
      const std::string_view key = string();
      expect(':');
      if (key == "descr" && !std::exchange(has_descr, true))
        layout.element = element();
      else if (key == "fortran_order" && !std::exchange(has_order, true))
        layout.fortran_order = boolean();
      else if (key == "shape" && !std::exchange(has_shape, true))
        shape(layout);
      else
        fail("'descr', 'fortran_order' or 'shape', each once", begin);
      if (accept('}')) break;
      expect(',');
    }
    if (!has_descr || !has_order || !has_shape) fail("'descr', 'fortran_order' and 'shape'");
    skip_blanks();
    if (at_ < text_.size()) fail("nothing behind its dictionary");
    check_shape(layout, name_, place(shape_begin_));
    return layout;
  }

 private:
  std::int64_t place(std::size_t at) const { return static_cast<std::int64_t>(start_ + at); }

  [[noreturn]] void fail(std::string_view expected) const { fail(expected, at_); }

  [[noreturn]] void fail(std::string_view expected, std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    throw DataError(fmt::format("{}: byte {}: the NPY header needs {} here, not {}", name_,
                                place(at), expected,
                                rest.empty() ? std::string("its end")
                                             : fmt::format("\"{}\"", excerpt(rest.substr(0, 12)))));
  }

  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string::npos)
      ++at_;
  }

  bool accept(char wanted) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) fail(fmt::format("'{}'", wanted));
  }

  std::string_view string() {
    skip_blanks();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') fail("a string");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) fail("a string that ends");
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return inside;
  }

  bool boolean() {
    skip_blanks();
    for (const std::string_view word : {"True", "False"})
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return word == "True";
      }
    fail("True or False");
  }

  void shape(ArrayLayout& layout) {
    skip_blanks();
    shape_begin_ = at_;
    expect('(');
    while (!accept(')')) {
      layout.shape.push_back(dimension());
      if (accept(')')) break;
      expect(',');
    }
  }

  Index dimension() {
    skip_blanks();
    Index n = 0;
    const char* end = text_.data() + text_.size();
    const auto parsed = std::from_chars(text_.data() + at_, end, n);
    if (parsed.ec != std::errc() || n < 0) fail("a dimension");
    at_ = static_cast<std::size_t>(parsed.ptr - text_.data());
    accept('L');  // Python 2 marks long integers
    return n;
  }

  /// What NumPy calls a dtype: byte order, kind and size, as in "<f8".
  ElementFormat element() {
    skip_blanks();
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '[') refuse(begin, "records of several fields");
    std::string_view descr = string();
    ElementFormat format{.order = std::endian::little};
    if (descr.starts_with('>')) format.order = std::endian::big;
    if (descr.starts_with('=')) format.order = std::endian::native;
    if (!descr.empty() && std::string_view("<>|=").find(descr.front()) != std::string_view::npos)
      descr.remove_prefix(1);
    const char kind = descr.empty() ? '\0' : descr.front();
    using Kind = ElementFormat::Kind;
    switch (kind) {
      case 'b': format.kind = Kind::boolean; break;
      case 'i': format.kind = Kind::integer; break;
      case 'u': format.kind = Kind::unsigned_integer; break;
      case 'f': format.kind = Kind::real; break;
      case 'c': refuse(begin, "complex numbers");
      case 'S':
      case 'a':
      case 'U': refuse(begin, "strings");
      case 'O': refuse(begin, "Python objects");
      case 'M':
      case 'm': refuse(begin, "dates or durations");
      case 'V': refuse(begin, "raw bytes");
      default: break;
    }
    descr.remove_prefix(descr.empty() ? 0 : 1);
    const auto parsed = std::from_chars(descr.data(), descr.data() + descr.size(), format.size);
    const bool sized = parsed.ec == std::errc() && parsed.ptr == descr.data() + descr.size();
    if (sized && element_converter(format)) return format;
    fail("a type of numbers, such as '<f8'", begin);
  }

  [[noreturn]] void refuse(std::size_t at, std::string_view what) const {
    throw DataError(fmt::format("{}: byte {}: the array holds {}; save it as real numbers", name_,
                                place(at), what));
  }

  std::string_view text_;
  std::size_t start_;
  const std::string& name_;
  std::size_t at_ = 0;
  std::size_t shape_begin_ = 0;
};

/// Reads exactly as many bytes as `bytes` has room for; they begin at byte `place`.
void read_all(ReadBytes read, std::span<char> bytes, std::size_t place, const std::string& name) {
  const std::size_t count = read(bytes);
  require<DataError>(count == bytes.size(), "{}: byte {}: the file ends inside the NPY header",
                     name, place + count);
}

/// In pieces, so that a length that lies takes no more memory than the file has bytes.
std::string read_text(ReadBytes read, std::size_t length, std::size_t length_place,
                      const std::string& name) {
  constexpr std::size_t piece = std::size_t{64} << 10;
  std::string text;
  while (text.size() < length) {
    const std::size_t before = text.size();
    text.resize(std::min(length, before + piece));
    const std::size_t count = read(std::span(text).subspan(before));
    require<DataError>(before + count == text.size(),
                       "{}: byte {}: header length {} exceeds the file", name, length_place,
                       length);
  }
  return text;
}

}  // namespace

ArrayLayout read_npy_header(ReadBytes read, const std::string& name) {
  constexpr std::size_t longest = std::size_t{64} << 20;
  char prefix[prefix_size];
  const std::size_t count = read(prefix);
  for (std::size_t i = 0; i < npy_magic.size() && i < count; ++i)
    require<DataError>(
        prefix[i] == npy_magic[i], "{}: byte {}: 0x{:02x} where an NPY file has 0x{:02x}", name, i,
        static_cast<unsigned char>(prefix[i]), static_cast<unsigned char>(npy_magic[i]));
  require<DataError>(count == prefix_size, "{}: byte {}: the file ends inside the NPY header", name,
                     count);
  const int major = static_cast<unsigned char>(prefix[6]);
  const int minor = static_cast<unsigned char>(prefix[7]);
  require<DataError>(1 <= major && major <= 3 && minor == 0,
                     "{}: byte 6: NPY version {}.{}; versions 1.0, 2.0 and 3.0 are read here", name,
                     major, minor);
  char bytes[4] = {};
  const std::size_t length_size = major == 1 ? 2 : 4;
  read_all(read, std::span(bytes).first(length_size), prefix_size, name);
  const std::size_t length = load<std::uint32_t>(bytes, std::endian::little);
  require<DataError>(length <= longest, "{}: byte {}: header length {} exceeds 64 MiB", name,
                     prefix_size, length);
  const std::string text = read_text(read, length, prefix_size, name);
  const std::size_t start = prefix_size + length_size;
  ArrayLayout layout = DictionaryParser(text, start, name).parse();
  layout.first_byte = static_cast<std::int64_t>(start + length);
  return layout;
}

}  // namespace mathtool::data
