# Flags shared by everything this project compiles; a consumer inherits none of them.
add_library(mathtool_flags INTERFACE)
target_compile_features(mathtool_flags INTERFACE cxx_std_20)
# No contraction: a*b + c rounds twice everywhere, so that one source gives the same bits from every
# compiler and instruction set.
target_compile_options(mathtool_flags INTERFACE
  -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  $<$<BOOL:${MATHTOOL_WERROR}>:-Werror> $<$<BOOL:${MATHTOOL_NATIVE}>:-march=native>)
# GCC 12 warns of its own AVX-512 header (bug 105593), of "x" + std::string (bug 105651) and of shifts
# within Boost.Multiprecision.
target_compile_options(mathtool_flags INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-uninitialized
  -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread>)
# Clang warns of every hint to vectorise that it does not follow, as without optimisation.
target_compile_options(mathtool_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>)
if(MATHTOOL_SANITIZE)
  target_compile_options(mathtool_flags INTERFACE
    -fsanitize=${MATHTOOL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(mathtool_flags INTERFACE -fsanitize=${MATHTOOL_SANITIZE})
endif()

# Most of the time that a short source takes goes into its headers, so several are compiled as one.
# Those after ALONE are long enough by themselves, or say the same name and mean something else.
function(mathtool_unity target)
  cmake_parse_arguments(ARG "" "" "ALONE" ${ARGN})
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${MATHTOOL_UNITY} UNITY_BUILD_BATCH_SIZE 6)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# Sources whose loops are to become vectors as wide as there are. No flag changes a bit of any result;
# without the first two, square roots and choices stay out of vectors.
function(mathtool_vectorized)
  set(flags -fno-math-errno -fno-trapping-math)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND flags -mprefer-vector-width=512)
  endif()
  set_source_files_properties(${ARGN} PROPERTIES
    COMPILE_OPTIONS "${flags}" SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# mathtool_library(stats SOURCES src/pca.cpp ... PUBLIC mathtool::math PRIVATE Boost::headers)
# makes target mathtool_stats with alias mathtool::stats; its headers are include/mathtool/stats/**.hpp.
# PRECOMPILE names outside headers that many of its sources read and that are slow to read.
function(mathtool_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE;PRECOMPILE" ${ARGN})
  set(target mathtool_${name})
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS include/*.hpp)
  add_library(${target} ${ARG_SOURCES})
  add_library(mathtool::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  target_include_directories(${target} PRIVATE src)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC} PRIVATE $<BUILD_INTERFACE:mathtool_flags>)
  foreach(dependency IN LISTS ARG_PRIVATE)
    # Headers alone leave nothing to link: who uses an installed library need not have them.
    if(TARGET ${dependency})
      get_target_property(type ${dependency} TYPE)
      if(type STREQUAL "INTERFACE_LIBRARY")
        set(dependency $<BUILD_INTERFACE:${dependency}>)
      endif()
    endif()
    target_link_libraries(${target} PRIVATE ${dependency})
  endforeach()
  target_precompile_headers(${target} PRIVATE ${ARG_PRECOMPILE})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name} VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
    POSITION_INDEPENDENT_CODE ON)
  set_property(GLOBAL APPEND PROPERTY MATHTOOL_LIBRARIES ${name})
endfunction()
