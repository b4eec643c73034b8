#!/usr/bin/env bash
# grammar_wasm.sh DEST: the grammar as WebAssembly, for web-tree-sitter and editors that load it. The compiler is
# that of the wheel `ziglang`; `tree-sitter build --wasm` would fetch the WASI SDK.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 1 ] || { echo "usage: grammar_wasm.sh DEST" >&2; exit 2; }
dest=$(mkdir -p "$1" && cd "$1" && pwd)
tools=${CARGO_TARGET_DIR:-$root/target}/zig
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check ziglang==0.15.2
zig() { "$tools/bin/python" -m ziglang "$@"; }

cd "$root/grammar/src"
for part in parser scanner; do
    # Only what every engine knows.
    zig cc -target wasm32-wasi -mcpu=mvp -fPIC -fvisibility=hidden -Os -I . -c "$part.c" -o "$objects/$part.o"
done
zig wasm-ld -shared --experimental-pic --no-entry --allow-undefined --export=tree_sitter_pmta \
    -o "$dest/tree-sitter-pmta.wasm" "$objects/parser.o" "$objects/scanner.o"
echo "$dest/tree-sitter-pmta.wasm"
