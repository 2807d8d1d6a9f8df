# Libraries, all from the distribution. sim/cmake/steppeConfig.cmake.in asks for the same list.

find_package(Threads REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED COMPONENTS program_options)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Random123 REQUIRED)
find_package(TBB REQUIRED CONFIG)
find_package(XlsxWriter REQUIRED)
find_package(muparser REQUIRED)
find_package(netCDF REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(SteppeYamlCpp REQUIRED)
if(STEPPE_BUILD_TESTS)
  # No version: both packages (2.13 and 3) refuse a range, and either will do.
  find_package(Catch2 REQUIRED)
endif()
