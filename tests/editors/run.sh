#!/usr/bin/env bash
# Tests the files in editors/ and drives the server in Neovim. Says what it does.
#   run.sh [DEST]: DEST is where Neovim is kept, below cargo's target folder if not given.
# PMTA_LS_PATH names a server that is built already, PMTA_NVIM a Neovim to use in place of that one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
dest=${1:-$target/editors}

say() { printf -- '-- %s\n' "$*"; }

if ! python3 -c 'import ensurepip, tomllib' 2>/dev/null; then
    echo "run.sh needs Python 3.11 or newer with venv: apt-get install python3 python3-venv" >&2
    exit 2
fi

say "the editors' queries are those of the grammar"
"$here/queries.py"

say "VS Code and Helix know which files are configuration"
"$here/file_types.py"

nvim=${PMTA_NVIM:-}
if [ -z "$nvim" ]; then
    say "Neovim 0.11.4 below $dest"
    "$here/install.sh" "$dest" neovim
    nvim=$dest/neovim/bin/nvim
fi

say "the grammar as a parser for editors"
grammar=$root/grammar/src
mkdir -p "$dest/parsers/parser"
cc -shared -fPIC -O1 -I "$grammar" "$grammar/parser.c" "$grammar/scanner.c" -o "$dest/parsers/parser/pmta.so"

server=${PMTA_LS_PATH:-}
if [ -z "$server" ]; then
    say "the server"
    (cd "$root" && cargo build --quiet -p pmta-ls)
    server=$target/debug/pmta-ls
fi

say "the server in Neovim"
# Neovim keeps its own files in an empty folder, so that nothing of the person who runs this plays a part.
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
XDG_CONFIG_HOME=$state XDG_DATA_HOME=$state XDG_STATE_HOME=$state XDG_CACHE_HOME=$state \
    timeout 120 "$nvim" --clean --headless \
    --cmd "set runtimepath^=$root/editors/neovim,$dest/parsers" -l "$here/neovim_test.lua" "$server"

if command -v npm >/dev/null 2>&1; then
    say "the parts of the VS Code extension"
    cd "$root/editors/vscode"
    [ -d node_modules ] || npm ci --silent --no-audit --no-fund --ignore-scripts
    npm test --silent
else
    say "no npm here: the parts of the VS Code extension are not tested"
fi
