include(CMakePackageConfigHelpers)

set(STEPPE_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/steppe")

install(
  TARGETS steppe_sim steppe_models steppe_app
  EXPORT steppeTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(
  EXPORT steppeTargets
  NAMESPACE steppe::
  DESTINATION "${STEPPE_CMAKE_DIR}")

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/sim/cmake/steppeConfig.cmake.in" "${PROJECT_BINARY_DIR}/steppeConfig.cmake"
  INSTALL_DESTINATION "${STEPPE_CMAKE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/steppeConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/steppeConfig.cmake"
              "${PROJECT_BINARY_DIR}/steppeConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/sim/cmake/FindRandom123.cmake"
              "${PROJECT_SOURCE_DIR}/sim/cmake/FindSteppeYamlCpp.cmake"
              "${PROJECT_SOURCE_DIR}/sim/cmake/FindXlsxWriter.cmake"
        DESTINATION "${STEPPE_CMAKE_DIR}")
