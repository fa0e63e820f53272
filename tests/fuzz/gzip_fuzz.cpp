#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "mathtool/data/input.hpp"
#include "mathtool/math/error.hpp"

using namespace mathtool;

namespace {

struct Outcome {
  std::string bytes = {};
  std::string fault = {};
  bool operator==(const Outcome&) const = default;
};

/// To the end, or the first megabyte: a few bytes can stand for very many.
Outcome read_start(data::Input& input, std::size_t step) {
  constexpr std::size_t enough = std::size_t{1} << 20;
  Outcome outcome;
  std::string buffer(step, '\0');
  try {
    while (outcome.bytes.size() < enough) {
      const std::size_t count = input.read(buffer);
      if (count == 0) break;
      outcome.bytes.append(buffer, 0, count);
    }
  } catch (const Error& error) { outcome.fault = error.what(); }
  return outcome;
}

}  // namespace

/// What is compressed reads the same in any steps and again from the start, to its end or to the
/// same fault. Refusals are errors of this project; whatever else happens is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    data::Input input =
        data::Input::from_text(std::string(reinterpret_cast<const char*>(bytes), size));
    // Where a fault stops a step that had begun, its bytes are lost; single bytes lose none.
    const Outcome first = read_start(input, 1);
    input.rewind();
    const Outcome second = read_start(input, 1 << 12);
    if (first.fault != second.fault || !first.bytes.starts_with(second.bytes)) std::abort();
    if (first.fault.empty() && first != second) std::abort();
  } catch (const Error&) {}
  return 0;
}
