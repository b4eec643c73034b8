#!/usr/bin/env bash
# deb.sh BINARY DEST: a Debian package with the program, its manual pages, completions for shells, the
# documentation and the files for Neovim and Helix. It depends on nothing, as the program is static.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 2 ] || { echo "usage: deb.sh BINARY DEST" >&2; exit 2; }
binary=$(realpath "$1")
dest=$2

fact() { PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$root/packages python3 -c "import project; print(project.$1)"; }
version=$(fact VERSION)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"

put() { install -D -m 644 "$1" "$tree/$2"; }
packed() { mkdir -p "$tree/$(dirname "$2")"; gzip -9nc "$1" > "$tree/$2.gz"; }
completions() { mkdir -p "$tree/$(dirname "$2")"; "$binary" completions "$1" > "$tree/$2"; }

install -D -m 755 "$binary" "$tree/usr/bin/pmta-ls"
for page in "$root"/packages/man/*.1; do
    packed "$page" "usr/share/man/man1/$(basename "$page")"
done
completions bash usr/share/bash-completion/completions/pmta-ls
completions zsh usr/share/zsh/vendor-completions/_pmta-ls
completions fish usr/share/fish/vendor_completions.d/pmta-ls.fish

# Neovim finds its files by itself; Helix reads only what a person puts into its own folder.
for folder in ftdetect ftplugin lsp queries; do
    (cd "$root/editors/neovim" && find "$folder" -type f) | while read -r file; do
        put "$root/editors/neovim/$file" "usr/share/nvim/site/$file"
    done
done
(cd "$root/editors/helix" && find . -type f) | while read -r file; do
    put "$root/editors/helix/$file" "usr/share/pmta-ls/helix/${file#./}"
done

(cd "$root/docs" && find . -name '*.md' -o -name '*.json' -o -path './examples/*' -type f) | while read -r file; do
    put "$root/docs/$file" "usr/share/doc/pmta-ls/docs/${file#./}"
done
packed "$root/CHANGELOG.md" usr/share/doc/pmta-ls/changelog
cat > "$tree/usr/share/doc/pmta-ls/copyright" <<COPYRIGHT
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pmta-ls
Source: $(fact REPOSITORY)

Files: *
Copyright: $(fact AUTHORS)
License: Expat or Apache-2.0

License: Apache-2.0
 On Debian systems the text of this licence is in /usr/share/common-licenses/Apache-2.0.

License: Expat
$(tail -n +5 "$root/LICENSE-MIT" | sed 's/^$/./; s/^/ /')
COPYRIGHT

mkdir "$tree/DEBIAN"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: pmta-ls
Version: $version
Architecture: $architecture
Maintainer: $(fact AUTHORS)
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f 1)
Section: mail
Priority: optional
Homepage: $(fact REPOSITORY)
Description: language server and checker for PowerMTA configuration
 pmta-ls reports what is wrong in the configuration of PowerMTA, repairs what
 has one plain answer, tells which settings apply to a queue and which way a
 message takes, and serves editors as a language server. It reads nothing but
 the configuration and never touches the network.
CONTROL
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$tree/DEBIAN/md5sums"
find "$tree" -type d -exec chmod 755 {} +

mkdir -p "$dest"
package=$dest/pmta-ls_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$package" >/dev/null
echo "$package"
