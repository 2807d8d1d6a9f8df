include(Catch)

add_custom_target(steppe_tests)

# Catch2 2 passes when a name matches no test; 3 fails by itself and knows no such option.
set(STEPPE_CATCH_ARGS "")
if(Catch2_VERSION VERSION_LESS 3)
  set(STEPPE_CATCH_ARGS EXTRA_ARGS --warn NoTests)
endif()

# steppe_add_test(area [HAS_SLOW] sources...)
#
# One small executable steppe_test_<area> whose test cases become tests of ctest, named
# "area: name of the case". HAS_SLOW: some cases are tagged [slow]; they get the label `slow`, by
# which ctest leaves them out (-LE slow) or runs them alone (-L slow). Tests run in the source folder
# and see STEPPE_SOURCE_DIR (the checkout) and STEPPE_PROGRAM (the program just built).
function(steppe_add_test area)
  cmake_parse_arguments(PARSE_ARGV 1 arg "HAS_SLOW" "" "")
  set(target steppe_test_${area})
  add_executable(${target} EXCLUDE_FROM_ALL ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(
    ${target}
    PRIVATE steppe_options
            steppe_test_support
            steppe::models
            steppe::sim
            Catch2::Catch2WithMain
            nlohmann_json::nlohmann_json
            spdlog::spdlog)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(${target} PRIVATE STEPPE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               STEPPE_PROGRAM="$<TARGET_FILE:steppe>")
  add_dependencies(steppe_tests ${target})

  set(common TEST_PREFIX "${area}: " DISCOVERY_MODE PRE_TEST WORKING_DIRECTORY
             "${PROJECT_SOURCE_DIR}" ${STEPPE_CATCH_ARGS})
  if(arg_HAS_SLOW)
    catch_discover_tests(${target} ${common} TEST_SPEC "~[slow]" PROPERTIES LABELS ${area})
    catch_discover_tests(${target} ${common} TEST_SPEC "[slow]" PROPERTIES LABELS slow)
  else()
    catch_discover_tests(${target} ${common} PROPERTIES LABELS ${area})
  endif()
endfunction()
