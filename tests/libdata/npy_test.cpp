#include "mathtool/data/npy.hpp"

#include <rapidcheck.h>

#include <limits>
#include <numeric>

#include "array_bytes.hpp"
#include "mathtool/math/error.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using namespace std::string_literals;
using data::Input;
using test::bytes_of;
using test::npy;
using test::npy_with;

namespace {

data::NumericArray npy_array(const std::string& bytes) {
  return data::read_npy(Input::from_text(bytes, "x.npy"));
}

using Doubles = std::vector<double>;
constexpr double inf = std::numeric_limits<double>::infinity();

template <class T>
void check_type(const std::string& code, const std::vector<T>& numbers) {
  INFO(code);
  const std::string shape = fmt::format("({},)", numbers.size());
  const Doubles expected(numbers.begin(), numbers.end());
  CHECK(npy_array(npy("<" + code, shape, bytes_of(numbers))).values == expected);
  CHECK(npy_array(npy(">" + code, shape, bytes_of(numbers, true))).values == expected);
}

template <class T>
std::vector<T> extremes() {
  return {std::numeric_limits<T>::lowest(), T(-3), T(0), T(1), std::numeric_limits<T>::max()};
}

}  // namespace

TEST_CASE("npy: every type of number is read in either byte order", "[data][npy]") {
  check_type("i1", extremes<std::int8_t>());
  check_type("i2", extremes<std::int16_t>());
  check_type("i4", extremes<std::int32_t>());
  check_type("i8", extremes<std::int64_t>());
  check_type("u1", extremes<std::uint8_t>());
  check_type("u2", extremes<std::uint16_t>());
  check_type("u4", extremes<std::uint32_t>());
  check_type("u8", extremes<std::uint64_t>());
  check_type("f4", extremes<float>());
  check_type("f8", Doubles{0.1, -1e-320, inf, -0.0, 1e308});
  if constexpr (sizeof(long double) == 16) check_type<long double>("f16", {0.1L, -1e300L, 0.0L});
  CHECK(npy_array(npy("|b1", "(3,)", "\1\0\1"s)).values == Doubles{1, 0, 1});
  CHECK(npy_array(npy("|u1", "(2,)", "\xFF\x01")).values == Doubles{255, 1});
}

TEST_CASE("npy: half precision is read as IEEE 754 defines it", "[data][npy]") {
  // From Wikipedia, "Half-precision floating-point format", examples.
  const std::vector<std::uint16_t> bits = {0x0001, 0x03FF, 0x0400, 0x3555, 0x3BFF, 0x3C00,
                                           0x3C01, 0x7BFF, 0x7C00, 0x8000, 0xC000, 0xFC00};
  const Doubles expected = {0x1p-24,       0x3FFp-24, 0x1p-14,      0.333251953125,
                            0.99951171875, 1,         1.0009765625, 65504,
                            inf,           -0.0,      -2,           -inf};
  CHECK(npy_array(npy("<f2", "(12,)", bytes_of(bits))).values == expected);
  CHECK(npy_array(npy(">f2", "(12,)", bytes_of(bits, true))).values == expected);
  CHECK(std::isnan(npy_array(npy("<f2", "(1,)", "\x01\x7E")).values[0]));
  CHECK(std::signbit(npy_array(npy("<f2", "(1,)", "\0\x80"s)).values[0]));
}

TEST_CASE("npy: both orders give the same array", "[data][npy]") {
  const auto c = npy_array(npy("<i2", "(2, 3)", bytes_of<std::int16_t>({11, 12, 13, 21, 22, 23})));
  const auto fortran =
      npy_array(npy("<i2", "(2, 3)", bytes_of<std::int16_t>({11, 21, 12, 22, 13, 23}), true));
  CHECK(c.shape == std::vector<Index>{2, 3});
  CHECK(fortran.shape == c.shape);
  CHECK(c.values == Doubles{11, 12, 13, 21, 22, 23});
  CHECK(fortran.values == c.values);
}

TEST_CASE("npy: more than two dimensions in Fortran order", "[data][npy]") {
  // Element (i, j, k) is 100 i + 10 j + k; the first index runs fastest in the file.
  std::vector<std::int16_t> file;
  for (int k = 0; k < 4; ++k)
    for (int j = 0; j < 3; ++j)
      for (int i = 0; i < 2; ++i) file.push_back(static_cast<std::int16_t>(100 * i + 10 * j + k));
  Doubles expected;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k) expected.push_back(100 * i + 10 * j + k);
  CHECK(npy_array(npy("<i2", "(2, 3, 4)", bytes_of(file), true)).values == expected);
}

TEST_CASE("npy: headers as other programs write them", "[data][npy]") {
  const std::string one = bytes_of<double>({1.5});
  const Doubles expected = {1.5};
  CHECK(npy_array(npy_with("{'shape':(1,),'fortran_order':False,'descr':'<f8'}", one)).values ==
        expected);
  CHECK(npy_array(
            npy_with("{\"descr\": \"=f8\", 'fortran_order': True, 'shape': (1L, 1L), }    ", one))
            .values == expected);
  const std::string dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}\n";
  for (const char version : {'\2', '\3'})
    CHECK(npy_array("\x93NUMPY"s + version + '\0' + test::little_endian(dictionary.size(), 4) +
                    dictionary + one)
              .values == expected);
  CHECK(npy_array(npy("<f8", "(0, 3)", "")).shape == std::vector<Index>{0, 3});
}

TEST_CASE("npy: what is no array of real numbers is refused by name", "[data][npy]") {
  const auto refused = [](const std::string& descr, const std::string& what) {
    INFO(descr);
    CHECK_THROWS_AS(npy_array(npy(descr, "(1,)", std::string(16, '\0'))), DataError);
    CHECK_THROWS_WITH(npy_array(npy(descr, "(1,)", std::string(16, '\0'))),
                      "x.npy: byte 20: the array holds " + what + "; save it as real numbers");
  };
  refused("<c8", "complex numbers");
  refused("<c16", "complex numbers");
  refused("<U5", "strings");
  refused("|S3", "strings");
  refused("|O", "Python objects");
  refused("<M8[ns]", "dates or durations");
  refused("|V4", "raw bytes");
  CHECK_THROWS_WITH(
      npy_array(npy_with("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", "")),
      "x.npy: byte 20: the array holds records of several fields; save it as real numbers");
  for (const std::string descr : {"<f3", "<i16", "|b2", "f", "", "<f8x"})
    CHECK_THROWS_WITH(npy_array(npy(descr, "(1,)", "")),
                      ContainsSubstring("byte 20: the NPY header needs a type of numbers"));
}

TEST_CASE("npy: a single number without dimensions makes no table", "[data][npy]") {
  CHECK_THROWS_AS(npy_array(npy("<f8", "()", bytes_of<double>({1}))), InsufficientDataError);
  CHECK_THROWS_WITH(npy_array(npy("<f8", "()", bytes_of<double>({1}))),
                    "x.npy holds a single number, which makes no table");
}

TEST_CASE("npy: a broken header names the byte and what was expected there", "[data][npy]") {
  const auto broken = [](const std::string& dictionary, const std::string& message) {
    CHECK_THROWS_WITH(npy_array(npy_with(dictionary, "")), "x.npy: byte " + message);
  };
  broken("", "11: the NPY header needs '{' here, not its end");
  broken("{'descr': '<f8', 'shape': (1,)}",
         "41: the NPY header needs 'descr', 'fortran_order' and 'shape' here, not \"\\n\"");
  broken("{'descr' '<f8'}", "19: the NPY header needs ':' here, not \"'<f8'}\\n\"");
  broken("{'descr': '<f8', 'descr': '<f8'}",
         "27: the NPY header needs 'descr', 'fortran_order' or 'shape', each once here, not "
         "\"'descr': '<f\"");
  broken("{'fortran_order': 0}", "28: the NPY header needs True or False here, not \"0}\\n\"");
  broken("{'shape': 3}", "20: the NPY header needs '(' here, not \"3}\\n\"");
  broken("{'shape': (3, -1)}", "24: the NPY header needs a dimension here, not \"-1)}\\n\"");
  broken("{'shape': (99999999999999999999,)}",
         "21: the NPY header needs a dimension here, not \"999999999999\"");
  broken("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x",
         "66: the NPY header needs nothing behind its dictionary here, not \"x\\n\"");
  CHECK_THROWS_WITH(npy_array(npy("<f8", "(4611686018427387904, 4)", "")),
                    "x.npy: byte 60: no array can have the shape 4611686018427387904 x 4");
}

TEST_CASE("npy: sizes that exceed the file are refused before memory is taken", "[data][npy]") {
  CHECK_THROWS_WITH(npy_array("\x93NUMPY\1\0"s + test::little_endian(60000, 2) + "{}"),
                    "x.npy: byte 8: header length 60000 exceeds the file");
  CHECK_THROWS_WITH(npy_array("\x93NUMPY\2\0"s + test::little_endian(1 << 26, 4) + "{}"),
                    "x.npy: byte 8: header length 67108864 exceeds the file");
  CHECK_THROWS_WITH(npy_array("\x93NUMPY\2\0"s + test::little_endian(0xFFFFFFFF, 4) + "{}"),
                    "x.npy: byte 8: header length 4294967295 exceeds 64 MiB");
  CHECK_THROWS_WITH(npy_array(npy("<f8", "(1000000000000,)", "abc")),
                    "x.npy: byte 83: the file ends 7999999999997 bytes before its array of "
                    "8000000000000 does");
  CHECK_THROWS_WITH(
      data::read_npy(Input::from_text(test::gzip(npy("<f8", "(1000000000000,)", "abc")), "x")),
      "x: byte 83: the file ends 7999999999997 bytes before its array of 8000000000000 does");
}

TEST_CASE("npy: bytes behind the array are an error", "[data][npy]") {
  const std::string bytes = npy("|u1", "(2,)", "abcde");
  CHECK_THROWS_WITH(npy_array(bytes), "x.npy: byte 70: 3 bytes behind the array");
  CHECK_THROWS_WITH(npy_array(test::gzip(bytes)), "x.npy: byte 70: 3 bytes behind the array");
}

TEST_CASE("npy: other beginnings name the byte", "[data][npy]") {
  CHECK_THROWS_WITH(npy_array("\x93NUMPX\1\0"s), "x.npy: byte 5: 0x58 where an NPY file has 0x59");
  CHECK_THROWS_WITH(npy_array("\x93NUMPY\4\0"s),
                    "x.npy: byte 6: NPY version 4.0; versions 1.0, 2.0 and 3.0 are read here");
}

TEST_CASE("npy: a file cut short anywhere is an error", "[data][npy]") {
  const bool fortran_order = GENERATE(false, true);
  const std::string bytes =
      npy("<i2", "(2, 3)", bytes_of<std::int16_t>({1, 2, 3, 4, 5, 6}), fortran_order);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO("size " << size);
    CHECK_THROWS_AS(npy_array(bytes.substr(0, size)), DataError);
    CHECK_THROWS_AS(npy_array(test::gzip(bytes.substr(0, size))), DataError);
  }
}

TEST_CASE("npy: what is written reads back to the same bits", "[data][npy]") {
  const test::ScratchFolder folder;
  const std::string path = folder / "x.npy";
  CHECK(rc::check([&] {
    data::NumericArray array;
    array.shape = *rc::gen::nonEmpty(rc::gen::container<std::vector<Index>>(
        *rc::gen::inRange(1, 4), rc::gen::inRange<Index>(0, 5)));
    const auto size =
        std::accumulate(array.shape.begin(), array.shape.end(), Index{1}, std::multiplies<>());
    array.values =
        *rc::gen::container<Doubles>(static_cast<std::size_t>(size), rc::gen::arbitrary<double>());
    data::OutputFile out(path);
    data::write_npy(out, array);
    out.commit();
    const auto back = data::read_npy(Input::open(path));
    RC_ASSERT(back.shape == array.shape);
    RC_ASSERT(bytes_of(back.values) == bytes_of(array.values));
  }));
}

TEST_CASE("npy: a table is written row after row, as NumPy would", "[data][npy]") {
  const test::ScratchFolder folder;
  data::OutputFile out(folder / "x.npy");
  data::NpyWriter writer(out, 3, 2);
  writer.write((RowMat(2, 2) << 1, 2, 3, 4).finished());
  writer.write((RowMat(1, 2) << 5, 6).finished());
  writer.finish();
  out.commit();
  // numpy.save of numpy.array([[1., 2.], [3., 4.], [5., 6.]]), by its format's description.
  const std::string dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }";
  const std::string header =
      "\x93NUMPY\1\0v\0"s + dictionary + std::string(128 - 10 - dictionary.size() - 1, ' ') + "\n";
  CHECK(folder.content("x.npy") == header + bytes_of<double>({1, 2, 3, 4, 5, 6}));
}

TEST_CASE("npy: rows other than announced are an error", "[data][npy]") {
  const test::ScratchFolder folder;
  data::OutputFile out(folder / "x.npy");
  data::NpyWriter writer(out, 2, 2);
  CHECK_THROWS_AS(writer.write(RowMat::Zero(1, 3)), DimensionError);
  CHECK_THROWS_AS(writer.write(RowMat::Zero(3, 2)), DimensionError);
  writer.write(RowMat::Zero(1, 2));
  CHECK_THROWS_WITH(writer.finish(), "NpyWriter: 1 rows where 2 were announced");
  CHECK_THROWS_AS(data::write_npy(out, {.shape = {2, 2}, .values = {1}}), DimensionError);
}
