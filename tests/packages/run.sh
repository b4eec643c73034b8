#!/usr/bin/env bash
# Builds the program for release and all packages from it, installs each into an empty place, compares what they
# find, and removes them again. Builds the documentation as a site, and follows its links. Says what it does.
#   run.sh [DEST]      DEST is where everything is made, below cargo's target folder if not given
#   PMTA_LS_BINARY     a program that is built already, used instead of building one
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
dest=${1:-$target/packages}
export PYTHONDONTWRITEBYTECODE=1

say() { printf -- '-- %s\n' "$*"; }

say "every file tells the same version"
"$root/packages/version.py"

say "links between files of the repository"
"$here/links.py"

mkdir -p "$dest"
dest=$(cd "$dest" && pwd)
rm -rf "$dest"/{crates,packages,pmta-ls,site,tools}
say "the program, for any Linux"
"$root/packages/binary.sh" "$dest/pmta-ls"

say "the packages"
"$root/packages/wheel.py" "$dest/pmta-ls" "$dest/packages"
"$root/packages/npm.py" "$dest/pmta-ls" "$dest/packages"
"$root/packages/deb.sh" "$dest/pmta-ls" "$dest/packages"
(cd "$root" && cargo package --workspace --exclude pmta-ls-tests --exclude pmta-ls-fuzz --quiet --no-verify \
    --allow-dirty --target-dir "$dest/crates")

say "the packages, installed and removed; hooks and jobs that use them"
python3 -m venv "$dest/tools"
"$dest/tools/bin/pip" install --quiet --disable-pip-version-check pre-commit==4.7.0 tree-sitter==0.25.2
PMTA_PACKAGES=$dest "$dest/tools/bin/python" -m unittest discover --start-directory "$here" --pattern '*_test.py'

say "the documentation as a site"
"$root/packages/site.sh" "$dest/site"
"$here/site_links.py" "$dest/site"
