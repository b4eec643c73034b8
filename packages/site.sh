#!/usr/bin/env bash
# site.sh DEST: builds the documentation as a site below DEST, with the tools that site-requirements.txt names.
# Any link that leads nowhere is an error.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 1 ] || { echo "usage: site.sh DEST" >&2; exit 2; }
dest=$(mkdir -p "$1" && cd "$1" && pwd)
tools=${CARGO_TARGET_DIR:-$root/target}/site-tools

python3 -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check -r "$root/packages/site-requirements.txt"
cd "$root"
NO_MKDOCS_2_WARNING=1 PYTHONDONTWRITEBYTECODE=1 "$tools/bin/mkdocs" build --quiet --strict --site-dir "$dest"
