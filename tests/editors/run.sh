#!/usr/bin/env bash
# Tests the files in editors/ in the editors themselves. Says what it does.
#   run.sh [--prove] [EDITOR...]
# EDITOR is a folder beside this file with a program `test`; without one all are tested. `--prove` runs
# each test against servers without a capability as well, and sees that it fails (prove.py).
# PMTA_LS_PATH names a server that is built already, PMTA_EDITORS where the editors are kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
export PMTA_EDITORS=${PMTA_EDITORS:-$target/editors}

say() { printf -- '-- %s\n' "$*"; }

prove=no
if [ "${1:-}" = --prove ]; then
    prove=yes
    shift
fi
if [ $# = 0 ]; then
    set -- $(cd "$here" && ls -d */test | xargs -n 1 dirname)
fi

if ! python3 -c 'import ensurepip, tomllib' 2>/dev/null; then
    echo "run.sh needs Python 3.11 or newer with venv: apt-get install python3 python3-venv" >&2
    exit 2
fi

say "VS Code and Helix know which files are configuration"
"$here/file_types.py"

say "the editors below $PMTA_EDITORS"
"$here/install.sh" "$PMTA_EDITORS"

say "the grammar as a parser for editors"
grammar=$root/grammar/src
mkdir -p "$PMTA_EDITORS/parsers/parser"
cc -shared -fPIC -O1 -I "$grammar" "$grammar/parser.c" "$grammar/scanner.c" -o "$PMTA_EDITORS/parsers/parser/pmta.so"

if [ -z "${PMTA_LS_PATH:-}" ]; then
    say "the server"
    (cd "$root" && cargo build --quiet -p pmta-ls)
    export PMTA_LS_PATH=$target/debug/pmta-ls
fi

for editor; do
    if [ "$prove" = yes ]; then
        say "$editor: the test fails where the server does"
        "$here/prove.py" "$PMTA_LS_PATH" "$here/$editor/test"
        continue
    fi
    say "$editor"
    "$here/$editor/test"
    if [ -x "$here/$editor/proof" ]; then
        say "$editor: what the README says, from nothing"
        "$here/replay_readme.py" "$editor" "$PMTA_LS_PATH" "$PMTA_EDITORS"
    fi
done

if [ "$prove" = no ]; then
    say "the parts of the VS Code extension"
    (cd "$root/editors/vscode" && export PATH=$PMTA_EDITORS/bin:$PATH && npm run --silent check && npm test --silent)
fi
