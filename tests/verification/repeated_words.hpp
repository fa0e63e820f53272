#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace mathtool::test {

/// The words of a line of a transcribed table as they are printed, "1.2 3.4"; or so many times,
/// "repeat 500: 1.1 1.3".
inline std::vector<std::string> repeated_words(const std::string& line) {
  std::istringstream stream(line);
  std::size_t times = 1;
  std::string word;
  if (line.starts_with("repeat ")) stream >> word >> times >> word;
  std::vector<std::string> once, all;
  while (stream >> word) once.push_back(word);
  for (; times > 0; --times) all.insert(all.end(), once.begin(), once.end());
  return all;
}

}  // namespace mathtool::test
