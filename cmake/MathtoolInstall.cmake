# `cmake --install`: libraries, headers, the program, the CMake package and the pkg-config files. None
# of them knows the prefix, so the installed tree may be moved.
if(NOT MATHTOOL_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)

get_property(libraries GLOBAL PROPERTY MATHTOOL_LIBRARIES)
list(TRANSFORM libraries PREPEND mathtool_ OUTPUT_VARIABLE library_targets)
install(TARGETS ${library_targets} EXPORT mathtoolTargets FILE_SET HEADERS)

if(TARGET mathtool)
  if(BUILD_SHARED_LIBS)
    file(RELATIVE_PATH from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
    set_target_properties(mathtool PROPERTIES INSTALL_RPATH "$ORIGIN/${from_program}")
  endif()
  install(TARGETS mathtool)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# --- find_package(mathtool CONFIG COMPONENTS stats) -------------------------------------------------
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/mathtool)
install(EXPORT mathtoolTargets NAMESPACE mathtool:: DESTINATION ${package_folder})
list(JOIN libraries ", " library_names)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/mathtoolConfig.cmake.in
  ${PROJECT_BINARY_DIR}/mathtoolConfig.cmake
  INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/mathtoolConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/mathtoolConfig.cmake
              ${PROJECT_BINARY_DIR}/mathtoolConfigVersion.cmake
        DESTINATION ${package_folder})

# --- pkg-config mathtool-stats ----------------------------------------------------------------------
set(pc_folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
  BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${pc_folder} OUTPUT_VARIABLE pc_to_prefix)
set(pc_name_Eigen3::Eigen eigen3)
set(pc_name_fmt::fmt fmt)
set(pc_name_TBB::tbb tbb)
set(pc_name_ZLIB::ZLIB zlib)

foreach(library IN LISTS libraries)
  # Everything that a target links privately is needed to link a static library too.
  get_target_property(type mathtool_${library} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    get_target_property(links mathtool_${library} LINK_LIBRARIES)
  else()
    get_target_property(links mathtool_${library} INTERFACE_LINK_LIBRARIES)
  endif()
  set(requires "")
  set(system_libraries "")
  foreach(link IN LISTS links)
    if(link MATCHES "^mathtool::(.+)$")
      list(APPEND requires mathtool-${CMAKE_MATCH_1})
    elseif(DEFINED pc_name_${link})
      list(APPEND requires ${pc_name_${link}})
    elseif(link MATCHES "^[a-z]+$")
      string(APPEND system_libraries " -l${link}")
    endif()
  endforeach()
  list(JOIN requires ", " requires)
  get_target_property(definitions mathtool_${library} INTERFACE_COMPILE_DEFINITIONS)
  set(pc_flags "-std=c++20")
  if(definitions)
    list(TRANSFORM definitions PREPEND -D)
    list(JOIN definitions " " definitions)
    string(APPEND pc_flags " ${definitions}")
  endif()
  configure_file(${CMAKE_CURRENT_LIST_DIR}/mathtool.pc.in
    ${PROJECT_BINARY_DIR}/mathtool-${library}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/mathtool-${library}.pc DESTINATION ${pc_folder})
endforeach()
