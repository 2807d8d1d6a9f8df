# yaml-cpp names its target yaml-cpp up to 0.7 and yaml-cpp::yaml-cpp from 0.8.
# Defines steppe::yaml_cpp for either.

find_package(yaml-cpp CONFIG QUIET)
if(TARGET yaml-cpp::yaml-cpp)
  set(SteppeYamlCpp_TARGET yaml-cpp::yaml-cpp)
elseif(TARGET yaml-cpp)
  set(SteppeYamlCpp_TARGET yaml-cpp)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SteppeYamlCpp REQUIRED_VARS SteppeYamlCpp_TARGET)
if(SteppeYamlCpp_FOUND AND NOT TARGET steppe::yaml_cpp)
  add_library(steppe::yaml_cpp INTERFACE IMPORTED)
  set_target_properties(steppe::yaml_cpp PROPERTIES INTERFACE_LINK_LIBRARIES
                                                    ${SteppeYamlCpp_TARGET})
endif()
