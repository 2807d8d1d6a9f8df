# Compiler settings of the project's own targets, carried by the interface target steppe_options so
# that nothing leaks into projects that use the library.

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(STEPPE_CCACHE ccache)
  if(STEPPE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${STEPPE_CCACHE}")
  endif()
endif()

add_library(steppe_options INTERFACE)

# Results must not depend on the machine that built them: no -march=native, no -ffast-math, and no
# contraction of a*b+c into one rounding where the processor happens to offer it.
set(STEPPE_NUMERIC_FLAGS -ffp-contract=off)
target_compile_options(
  steppe_options
  INTERFACE ${STEPPE_NUMERIC_FLAGS}
            -Wall
            -Wextra
            -Wpedantic
            $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>
            -Wconversion
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            # g++ 12 warns falsely of overlapping copies when strings are added (its bug 105651).
            $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
            $<$<BOOL:${STEPPE_WARNINGS_AS_ERRORS}>:-Werror>)

target_compile_definitions(
  steppe_options INTERFACE $<$<OR:$<CONFIG:Debug>,$<BOOL:${STEPPE_ASSERTIONS}>>:STEPPE_ASSERTIONS>
                           $<$<BOOL:${STEPPE_ASSERTIONS}>:_GLIBCXX_ASSERTIONS>)

if(STEPPE_SANITIZE)
  target_compile_options(steppe_options INTERFACE -fsanitize=${STEPPE_SANITIZE}
                                                  -fno-omit-frame-pointer -g)
  target_link_options(steppe_options INTERFACE -fsanitize=${STEPPE_SANITIZE})
endif()

# A faster linker where one is installed; the result is the same program.
find_program(STEPPE_MOLD mold)
find_program(STEPPE_LLD ld.lld)
if(STEPPE_MOLD)
  target_link_options(steppe_options INTERFACE -fuse-ld=mold)
elseif(STEPPE_LLD)
  target_link_options(steppe_options INTERFACE -fuse-ld=lld)
endif()
