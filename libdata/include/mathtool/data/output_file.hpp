#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "mathtool/math/error.hpp"

namespace mathtool::data {

/// Whoever read the pipe that was written to has closed it. Thrown only where SIGPIPE is ignored.
struct ClosedPipe : Error {
  using Error::Error;
};

/// A file that appears whole or not at all: written beside its destination under no name (or a
/// temporary one where the file system asks for it) and put in place by `commit`. Without a commit
/// the destination stays as it was. Devices, pipes and "-" (standard output) are written directly.
class OutputFile {
 public:
  /// Throws: DataError that names the path and the reason.
  explicit OutputFile(std::string path);
  OutputFile(OutputFile&&) noexcept;
  OutputFile& operator=(OutputFile&&) noexcept;
  ~OutputFile();  ///< drops what was not committed

  void write(std::string_view bytes);  ///< buffered; throws DataError (disk full, ...), ClosedPipe
  void flush();                        ///< writes what is buffered, so that `commit` has less to
                                       ///< fail at; throws as `write` does
  void commit();                       ///< once, behind the last `write`; throws as `write` does

  const std::string& path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mathtool::data
