#!/usr/bin/env bash
# The installed library can be found, compiled against and linked by another project.
# Usage: consumer_test.sh BUILD_DIR [SANITIZERS]; a library built with sanitizers needs them linked.
set -euo pipefail

build=$1
sanitizers=${2-}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -S "$here/consumer" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_PREFIX_PATH="$work/prefix" \
  ${sanitizers:+"-DCMAKE_EXE_LINKER_FLAGS=-fsanitize=$sanitizers"} >/dev/null
cmake --build "$work/build"
said=$("$work/build/consumer")
[[ $said == "steppe "* ]] || { echo "the consumer said '$said'"; exit 1; }

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
