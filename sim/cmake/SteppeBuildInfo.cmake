# What the program says of its own build. The facts that can change between two builds (commit, hash
# of the sources) are looked up at every build by BuildInfoScript.cmake, which rewrites the file only
# when they did change.

string(TOUPPER "${CMAKE_BUILD_TYPE}" _steppe_build_type)
string(JOIN " " STEPPE_FLAGS ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${_steppe_build_type}}
       ${STEPPE_NUMERIC_FLAGS})
if(STEPPE_SANITIZE)
  string(APPEND STEPPE_FLAGS " -fsanitize=${STEPPE_SANITIZE}")
endif()

add_custom_target(
  steppe_build_info
  COMMAND
    "${CMAKE_COMMAND}" -D "TEMPLATE=${PROJECT_SOURCE_DIR}/sim/core/build_info.cpp.in" -D
    "OUTPUT=${PROJECT_BINARY_DIR}/generated/build_info.cpp" -D "SOURCE_DIR=${PROJECT_SOURCE_DIR}" -D
    "STEPPE_VERSION=${PROJECT_VERSION}" -D
    "STEPPE_COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" -D
    "STEPPE_BUILD_TYPE=${CMAKE_BUILD_TYPE}" -D "STEPPE_FLAGS=${STEPPE_FLAGS}" -D
    "STEPPE_PROCESSOR=${CMAKE_SYSTEM_PROCESSOR}" -P
    "${PROJECT_SOURCE_DIR}/sim/cmake/BuildInfoScript.cmake"
  BYPRODUCTS "${PROJECT_BINARY_DIR}/generated/build_info.cpp"
  COMMENT "Looking up the commit and the hash of the sources"
  VERBATIM)
target_sources(steppe_sim PRIVATE "${PROJECT_BINARY_DIR}/generated/build_info.cpp")
add_dependencies(steppe_sim steppe_build_info)
