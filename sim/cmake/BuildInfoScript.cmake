# Run at build time by SteppeBuildInfo.cmake: fills TEMPLATE and writes OUTPUT when it differs.

# Hash of everything that ends in the program, independent of git, of time stamps and of the place
# of the checkout.
file(
  GLOB_RECURSE sources
  LIST_DIRECTORIES false
  RELATIVE "${SOURCE_DIR}"
  "${SOURCE_DIR}/sim/*" "${SOURCE_DIR}/models/*" "${SOURCE_DIR}/app/*" "${SOURCE_DIR}/web/src/*")
list(FILTER sources EXCLUDE REGEX "(\\.md|~)$|/\\.")
list(SORT sources)
set(listing "")
foreach(source IN LISTS sources)
  file(SHA256 "${SOURCE_DIR}/${source}" hash)
  string(APPEND listing "${hash}  ${source}\n")
endforeach()
string(SHA256 STEPPE_SOURCE_HASH "${listing}")

# The commit, with a mark when the sources differ from it; empty outside a checkout.
set(STEPPE_COMMIT "")
find_program(GIT git)
if(GIT AND EXISTS "${SOURCE_DIR}/.git")
  execute_process(
    COMMAND "${GIT}" -C "${SOURCE_DIR}" rev-parse --verify HEAD
    OUTPUT_VARIABLE STEPPE_COMMIT
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(STEPPE_COMMIT)
    execute_process(
      COMMAND "${GIT}" -C "${SOURCE_DIR}" status --porcelain -- sim models app web/src
      OUTPUT_VARIABLE changes ERROR_QUIET)
    if(changes)
      string(APPEND STEPPE_COMMIT "-modified")
    endif()
  endif()
endif()

configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
