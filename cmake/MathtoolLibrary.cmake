include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)

# Flags shared by everything this project compiles; a consumer inherits none of them.
add_library(mathtool_flags INTERFACE)
target_compile_features(mathtool_flags INTERFACE cxx_std_20)
# No contraction: a*b + c rounds twice everywhere, so that one source gives the same bits from every
# compiler and instruction set. Nobody asks what errno is behind a square root.
target_compile_options(mathtool_flags INTERFACE
  -ffp-contract=off -fno-math-errno -ffunction-sections -fdata-sections
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
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
  foreach(part IN ITEMS ${target} ${target}_fast)
    if(TARGET ${part})
      set_target_properties(${part} PROPERTIES
        UNITY_BUILD ${MATHTOOL_UNITY} UNITY_BUILD_BATCH_SIZE 6)
    endif()
  endforeach()
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# Sources whose loops the compiler is to turn into vectors.
function(mathtool_loops)
  set_source_files_properties(${ARGN} PROPERTIES
    COMPILE_OPTIONS $<$<CONFIG:Release>:-O3>
    SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# Such sources of formulas, whose vectors are to be as wide as there are, with choices in them. No flag
# changes a bit of any result.
function(mathtool_vectorized)
  set(flags $<$<CONFIG:Release>:-O3> -fno-trapping-math)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND flags -mprefer-vector-width=512)
  endif()
  set_source_files_properties(${ARGN} PROPERTIES
    COMPILE_OPTIONS "${flags}" SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# Most of the program runs for a moment in any command: it is compiled for size.
check_cxx_compiler_flag(-Oz MATHTOOL_HAS_OZ)
function(mathtool_small target)
  target_compile_options(${target} PRIVATE
    $<$<CONFIG:Release>:$<IF:$<BOOL:${MATHTOOL_HAS_OZ}>,-Oz,-Os>>)
endfunction()

# Of code that several sources have in common the linker keeps the first it meets: that of FAST
# sources comes first. Functions that nobody calls are left out, and of those that differ in name
# alone all but one.
function(mathtool_link_small target)
  get_property(libraries GLOBAL PROPERTY MATHTOOL_LIBRARIES)
  if(NOT BUILD_SHARED_LIBS)
    foreach(library IN LISTS libraries)
      target_sources(${target} PRIVATE $<TARGET_OBJECTS:mathtool_${library}_fast>)
    endforeach()
  endif()
  target_link_options(${target} PRIVATE
    $<$<CONFIG:Release>:LINKER:--gc-sections,--exclude-libs=ALL>)
  check_linker_flag(CXX "-fuse-ld=gold;LINKER:--icf=safe" MATHTOOL_FOLDS_FUNCTIONS)
  if(MATHTOOL_FOLDS_FUNCTIONS)
    target_link_options(${target} PRIVATE $<$<CONFIG:Release>:-fuse-ld=gold;LINKER:-O2,--icf=safe>)
  endif()
endfunction()

# Such sources whose loops are long: the few elements behind the last whole vector go one by one, which
# halves the code of long formulas.
function(mathtool_long_vectors)
  set_property(SOURCE ${ARGN} APPEND PROPERTY
    COMPILE_OPTIONS $<$<CXX_COMPILER_ID:GNU>:--param=vect-epilogues-nomask=0>)
endfunction()

# mathtool_library(stats SOURCES src/pca.cpp ... PUBLIC mathtool::math PRIVATE Boost::headers)
# makes target mathtool_stats with alias mathtool::stats; its headers are include/mathtool/stats/**.hpp.
# PRECOMPILE names outside headers that many of its sources read and that are slow to read.
# FAST sources are where the time of large work goes. They are compiled for speed and make up the part
# mathtool_stats_fast; the others are compiled for size.
function(mathtool_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;FAST;PUBLIC;PRIVATE;PRECOMPILE" ${ARGN})
  set(target mathtool_${name})
  set(fast ${target}_fast)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS include/*.hpp)
  add_library(${fast} OBJECT ${ARG_FAST})
  add_library(${target} ${ARG_SOURCES} $<TARGET_OBJECTS:${fast}>)
  add_library(mathtool::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC})
  target_link_libraries(${fast} PRIVATE ${ARG_PUBLIC})
  foreach(part IN ITEMS ${target} ${fast})
    target_include_directories(${part} PRIVATE include src)
    target_link_libraries(${part} PRIVATE $<BUILD_INTERFACE:mathtool_flags>)
    foreach(dependency IN LISTS ARG_PRIVATE)
      # Headers alone leave nothing to link: who uses an installed library need not have them.
      if(TARGET ${dependency})
        get_target_property(type ${dependency} TYPE)
        if(type STREQUAL "INTERFACE_LIBRARY")
          set(dependency $<BUILD_INTERFACE:${dependency}>)
        endif()
      endif()
      target_link_libraries(${part} PRIVATE ${dependency})
    endforeach()
    target_precompile_headers(${part} PRIVATE ${ARG_PRECOMPILE})
  endforeach()
  mathtool_small(${target})
  target_compile_options(${fast} PRIVATE $<$<CONFIG:Release>:-O2>)
  set_target_properties(${fast} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name} VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
    POSITION_INDEPENDENT_CODE ON)
  set_property(GLOBAL APPEND PROPERTY MATHTOOL_LIBRARIES ${name})
endfunction()
