#!/usr/bin/env bash
# The launcher, tried on a toy checkout whose program builds in a second.
# Usage: launcher_test.sh SOURCE_DIR
set -euo pipefail

source_dir=$1
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
top="$work/a check out"  # a path with spaces
unset STEPPE_BUILD_DIR STEPPE_JOBS STEPPE_CMAKE_ARGS
failures=0

check() {  # WHAT COMMAND...
  local what=$1
  shift
  if "$@"; then
    echo "ok      $what"
  else
    echo "FAILED  $what"
    failures=$((failures + 1))
  fi
}
said() { grep -qF -- "$1" "$work/err"; }
run() { (cd "$work" && "$top/steppe" "$@" >"$work/out" 2>"$work/err"); }

mkdir -p "$top/app" "$top/sim/cmake" "$top/models"
cp "$source_dir/steppe" "$top/"
cp "$source_dir/CMakePresets.json" "$top/"
echo "# nothing to install" >"$top/sim/cmake/packages.txt"
cat >"$top/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(toy LANGUAGES C)
add_subdirectory(app)
if(STEPPE_BUILD_TESTS)
  enable_testing()
  add_custom_target(steppe_tests)
  add_test(NAME quick COMMAND steppe)
  add_test(NAME lengthy COMMAND steppe fail)
  set_tests_properties(lengthy PROPERTIES LABELS slow)
endif()
CMAKE
echo 'add_executable(steppe main.c extra.c)' >"$top/app/CMakeLists.txt"
echo 'const char* word = "first";' >"$top/app/extra.c"
cat >"$top/app/main.c" <<'C'
#include <stdio.h>
#include <string.h>
#include <unistd.h>
extern const char* word;
int main(int argc, char** argv) {
  char folder[4096];
  printf("%s in %s\n", word, getcwd(folder, sizeof folder));
  for (int i = 1; i < argc; ++i) printf("[%s]\n", argv[i]);
  return argc > 1 && strcmp(argv[1], "fail") == 0 ? 7 : 0;
}
C

run run "two words" '*'
check "builds and passes its arguments on" \
  test "$(cat "$work/out")" = "first in $work"$'\n[run]\n[two words]\n[*]'
check "says that it builds" said "configuring and building"
sleep 1.1  # past the second of safety in the stamp
run run || true
sleep 1.1
# Time of the processor, so that a busy machine does not count.
TIMEFORMAT='%3U %3S'
took=$({ time run run; } 2>&1 | awk '{printf "%d", 1000 * ($1 + $2)}')
check "adds less than 0.3 s when nothing changed (took $took ms)" test "$took" -lt 300
check "and says nothing then" test ! -s "$work/err"
status=0
run fail || status=$?
check "hands on the exit code of the program" test "$status" = 7

echo 'const char* word = "second";' >"$top/app/extra.c"
run run
check "notices a changed source" grep -q '^second' "$work/out"

echo 'not C' >"$top/app/extra.c"
status=0
run run || status=$?
check "a source that does not compile: exit code 1" test "$status" = 1
check "… and where the output is" said "the build failed; the whole output is in $top/build/release/log"
status=0
run run || status=$?
check "… again at the next start, rather than the old program" test "$status" = 1
rm "$top/app/extra.c"
status=0
run run || status=$?
check "notices a deleted source" test "$status" = 1
echo 'const char* word = "third";' >"$top/app/extra.c"
run run
check "recovers" grep -q '^third' "$work/out"

ln -s "$top/steppe" "$work/link"
(cd "$work" && ./link) >"$work/out" 2>"$work/err"
check "finds its checkout through a link" grep -q '^third' "$work/out"

sed -i 's/third/fourth/' "$top/app/extra.c"
sleep 1.1
for i in 1 2 3 4; do "$top/steppe" run >"$work/out.$i" 2>"$work/err.$i" & done
wait
check "four at once run the new program" test "$(cat "$work"/out.? | grep -c '^fourth')" = 4
check "… and one of them built it" \
  test "$(grep -c extra.c.o "$top/build/release/log/build.log")" = 1

run test
check "test runs the quick tests" grep -q '100% tests passed, 0 tests failed out of 1' "$work/out"
status=0
run test --slow || status=$?
check "test --slow runs the slow ones, and reports failure" \
  test "$status" = 1 -a "$(grep -c '0% tests passed, 1 tests failed out of 1' "$work/out")" = 1
status=0
run test --no-such || status=$?
check "test refuses an unknown option" test "$status" = 2

mv "$top" "$work/moved"
top="$work/moved"
run run
check "a checkout that was moved builds again" grep -q '^fourth' "$work/out"

# Someone who is neither root nor allowed to sudo, with a package missing.
echo "run no-such-package-as-this for the test" >"$top/sim/cmake/packages.txt"
mkdir "$work/bin"
for tool in bash env find grep readlink mkdir touch rm flock dpkg-query apt-get cat tail; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
printf '#!/bin/sh\necho 1000\n' >"$work/bin/id"
chmod +x "$work/bin/id"
status=0
(PATH="$work/bin" run run) || status=$?
check "without root or sudo: exit code 1" test "$status" = 1
check "… and the command to ask for" \
  said "apt-get install --no-install-recommends no-such-package-as-this"

# A browser is a thing to do without.
echo "browser no-such-browser for the test" >"$top/sim/cmake/packages.txt"
mkdir -p "$top/web"
touch "$top/web/package-lock.json"
(PATH="$work/bin" run test) || true
check "without a browser the tests go on" said "continuing without no-such-browser"

((failures == 0)) || { echo "$failures failed; last messages:"; cat "$work/err"; exit 1; }
