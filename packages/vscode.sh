#!/usr/bin/env bash
# vscode.sh BINARY DEST: the extension for VS Code three times: for Linux with glibc and with musl, the
# program inside, and one for everywhere else, which looks for the program on PATH. BINARY has to be static.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 2 ] || { echo "usage: vscode.sh BINARY DEST" >&2; exit 2; }
binary=$(realpath "$1")
dest=$(mkdir -p "$2" && cd "$2" && pwd)

case $(uname -m) in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
    *) echo "vscode.sh: VS Code has no name for the processor $(uname -m)" >&2; exit 2 ;;
esac
cd "$root/editors/vscode"
[ -d node_modules ] || npm ci --silent --ignore-scripts
version=$(node -p 'require("./package.json").version')
for platform in linux alpine; do
    node scripts/package.mjs --server "$binary" --target "$platform-$machine" \
        --out "$dest/pmta-ls-$version-$platform-$machine.vsix"
done
node scripts/package.mjs --out "$dest/pmta-ls-$version.vsix"
