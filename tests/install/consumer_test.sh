#!/usr/bin/env bash
# The installed library can be found, compiled against and linked by another project, and so can a
# variant of one's own: the example of docs/guide/own-variant.md.
# Usage: consumer_test.sh BUILD_DIR [SANITIZERS]; a library built with sanitizers needs them linked.
set -euo pipefail

build=$1
sanitizers=${2-}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
build_outside() {  # SOURCE BUILD
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$work/prefix" \
    ${sanitizers:+"-DCMAKE_EXE_LINKER_FLAGS=-fsanitize=$sanitizers"} >/dev/null
  cmake --build "$2"
}

build_outside "$here/consumer" "$work/build"
said=$("$work/build/consumer")
[[ $said == "steppe "* ]] || { echo "the consumer said '$said'"; exit 1; }

# A variant outside the tree holds its own test, and the whole command line knows it.
example=$here/../../docs/guide/own_variant
build_outside "$example" "$work/own"
"$work/own/lottery_test" "$example/town.yaml"
"$work/own/town" models describe matching/lottery | grep -q filling_rate ||
  { echo "the program with a variant of its own does not know it"; exit 1; }
"$work/own/town" validate "$example/town.yaml"
for again in 1 2; do  # the second finds the first and reads it
  "$work/own/town" run "$example/town.yaml" -n 2 --check -q -o "$work/runs" | grep -q 'unemployment'
done
(cd "$work" && own/town report runs/town-*)
if "$work/prefix/bin/steppe" validate "$example/town.yaml" 2>"$work/err"; then
  echo "the built-in models know the example's variant; the example must be of another name"
  exit 1
fi
grep -q "no variant 'lottery'" "$work/err" || { cat "$work/err"; exit 1; }

# The installed program is itself, with no launcher around it.
"$work/prefix/bin/steppe" --version | grep -q '^steppe ' ||
  { echo "the installed program does not tell its version"; exit 1; }
# No header may lean on one that is not installed.
if grep -rhoE '#include "(sim|models|app)/[^"]+"' "$work/prefix/include" | sort -u |
  sed 's/#include "\(.*\)"/\1/' | while read -r header; do
  [[ -f $work/prefix/include/$header ]] || echo "$header"
done | grep .; then
  echo "the headers above are included by installed ones but not installed"
  exit 1
fi
