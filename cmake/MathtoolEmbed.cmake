# mathtool_embed(verification HEADER tests/verification/embedded.hpp FILES nist/a.txt nist/b.txt)
# makes the static library mathtool_verification: the files as text inside the program, handed out by
# the function verification_files() that the header declares.
function(mathtool_embed name)
  cmake_parse_arguments(ARG "" "HEADER" "FILES" ${ARGN})
  set(entries "")
  foreach(file IN LISTS ARG_FILES)
    file(READ ${file} text)
    cmake_path(GET file STEM stem)
    string(APPEND entries "    {\"${stem}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARG_FILES})

  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}_files.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include "@ARG_HEADER@"

namespace mathtool {

std::span<const EmbeddedFile> @name@_files() {
  static constexpr EmbeddedFile files[] = {
@entries@  };
  return files;
}

}  // namespace mathtool
]])
  add_library(mathtool_${name} STATIC ${source})
  target_include_directories(mathtool_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(mathtool_${name} PRIVATE mathtool_flags)
endfunction()
