#include "array_bytes.hpp"
#include "fed_pipe.hpp"
#include "mathtool/data/npy.hpp"
#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"
#include "support/scratch_folder.hpp"

using namespace mathtool;
using namespace std::string_literals;
using data::Input;
using test::bytes_of;
using test::npy;
using test::zip;
using test::ZipFile;

namespace {

using Doubles = std::vector<double>;

const std::string three = npy("<f8", "(3,)", bytes_of<double>({1, 2, 3}));
const std::string two = npy("<f8", "(2,)", bytes_of<double>({4, 5}));
const std::string words = npy("<U1", "(2,)", "a\0\0\0b\0\0\0"s);

Doubles numbers_of(const std::string& bytes) {
  return data::read_npy(Input::from_text(bytes, "x.npz")).values;
}

}  // namespace

TEST_CASE("npz: the only array is read, stored or deflated", "[data][npz]") {
  const bool deflate = GENERATE(false, true);
  const auto form = GENERATE(test::ZipSize::ordinary, test::ZipSize::large);
  const std::string comment = GENERATE(""s, "a comment"s);
  const std::string bytes = zip({{"arr_0.npy", three, deflate}}, form, comment);
  CHECK(numbers_of(bytes) == Doubles{1, 2, 3});
  const test::FedPipe pipe(bytes);
  CHECK(data::read_npy(Input::open(pipe.path(), {.memory = 10})).values == Doubles{1, 2, 3});
}

TEST_CASE("npz: what makes no table stands aside", "[data][npz]") {
  const std::string scalar = npy("<f8", "()", bytes_of<double>({1}));
  CHECK(numbers_of(zip({{"labels.npy", words, true},
                        {"readme.txt", "hello"},
                        {"x.npy", three, true},
                        {"n.npy", scalar}})) == Doubles{1, 2, 3});
  CHECK_THROWS_WITH(numbers_of(zip({{"labels.npy", words}})), ContainsSubstring("holds strings"));
}

TEST_CASE("npz: of several arrays, one is to be named", "[data][npz]") {
  const test::ScratchFolder folder;
  const std::string path =
      folder.write("x.npz", zip({{"train.npy", three, true}, {"test.npy", two}}));
  CHECK_THROWS_AS(Input::open(path), DomainError);
  CHECK_THROWS_WITH(
      Input::open(path),
      fmt::format("{0} holds 2 arrays: 'train', 'test'; name one, as in '{0}:train'", path));
  CHECK(data::read_npy(Input::open(path + ":train")).values == Doubles{1, 2, 3});
  CHECK(data::read_npy(Input::open(path + ":test")).values == Doubles{4, 5});
  CHECK(data::read_npy(Input::open(path + ":test.npy")).values == Doubles{4, 5});
  CHECK_THROWS_AS(Input::open(path + ":tset"), DomainError);
  CHECK_THROWS_WITH(Input::open(path + ":tset"),
                    fmt::format("{}: there is no array 'tset' (did you mean 'test'?); the archive "
                                "holds 'train', 'test'",
                                path));
}

TEST_CASE("npz: a colon in the name of a file is part of it", "[data][npz]") {
  const test::ScratchFolder folder;
  folder.write("x.npz", zip({{"a.npy", three}}));
  const std::string path = folder.write("x.npz:a", two);
  CHECK(data::read_npy(Input::open(path)).values == Doubles{4, 5});
  CHECK_THROWS_WITH(Input::open(folder / "none:a"),
                    "cannot open '" + (folder / "none:a") + "': no such file");
  folder.write("t.csv", "1,2\n");
  CHECK_THROWS_WITH(Input::open(folder / "t.csv:a"), ContainsSubstring("no such file"));
}

TEST_CASE("npz: other archives say what they are", "[data][npz]") {
  CHECK_THROWS_WITH(numbers_of(zip({{"xl/workbook.xml", "<x/>"}})),
                    "x.npz is a zip archive or a spreadsheet, without NumPy arrays; unpack it, or "
                    "save the sheet as CSV");
  CHECK_THROWS_AS(numbers_of(zip({})), DataError);
  CHECK_THROWS_WITH(Input::from_text(zip({{"a.npy", "1,2\n"}}), "x.npz"),
                    "x.npz: byte 0: 0x31 where an NPY file has 0x93");
  CHECK_THROWS_WITH(numbers_of(zip({{"a.npy", three, false, 1}})),
                    "x.npz: 'a.npy' is encrypted; unpack it first");
  CHECK_THROWS_WITH(numbers_of(zip({{"a.npy", three, false, 0, 14}})),
                    "x.npz: 'a.npy' is compressed by zip's method 14; only deflate is read here");
}

TEST_CASE("npz: an archive cut short anywhere is an error", "[data][npz]") {
  const auto form = GENERATE(test::ZipSize::ordinary, test::ZipSize::large);
  const std::string bytes = zip({{"a.npy", three, true}}, form);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO("size " << size);
    CHECK_THROWS_AS(numbers_of(bytes.substr(0, size)), DataError);
  }
}

TEST_CASE("npz: a damaged byte is an error or changes nothing", "[data][npz]") {
  const bool deflate = GENERATE(false, true);
  const std::string bytes = zip({{"a.npy", three, deflate}});
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    INFO("byte " << at);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    Doubles values = {1, 2, 3};
    try {
      values = numbers_of(damaged);
    } catch (const DataError&) { continue; }
    CHECK(values == Doubles{1, 2, 3});
  }
}

TEST_CASE("npz: a wrong checksum is found in Fortran order too", "[data][npz]") {
  std::string bytes = zip({{"a.npy", npy("|u1", "(2, 2)", "abcd", true)}});
  bytes[bytes.find("abcd")] ^= 1;
  CHECK_THROWS_WITH(data::TableReader(Input::from_text(bytes, "x.npz")),
                    ContainsSubstring("x.npz: 'a.npy' is damaged: its checksum is "));
}

TEST_CASE("npz: a wrong checksum names the array", "[data][npz]") {
  std::string bytes = zip({{"a.npy", three}});
  bytes[bytes.find(three) + three.size() - 1] ^= 1;
  CHECK_THROWS_WITH(numbers_of(bytes),
                    ContainsSubstring("x.npz: 'a.npy' is damaged: its checksum is "));
}
