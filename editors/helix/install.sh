#!/bin/sh
# Sets up Helix for PowerMTA configuration, or brings what it set up before up to date. Your own
# languages.toml is kept as it is: what comes from here stands between two marks in it.
#   install.sh [FOLDER]: the folder of Helix's configuration, ~/.config/helix if not given.
# PMTA_LS_PATH names the program to start, pmta-ls on PATH if not given.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
grammar=$(cd "$here/../../grammar" && pwd)
config=${1:-${XDG_CONFIG_HOME:-$HOME/.config}/helix}
languages=$config/languages.toml
begin='# >>> pmta-ls >>>'
end='# <<< pmta-ls <<<'

fail() {
    echo "install.sh: $*" >&2
    exit 1
}

# Without what stands between the marks.
own_part() {
    [ ! -e "$languages" ] || awk -v begin="$begin" -v end="$end" '
        $0 == begin { skip = 1 }
        !skip { print }
        $0 == end { skip = 0 }' "$languages"
}

if [ -e "$languages" ]; then
    [ "$(grep -cxF "$begin" "$languages")" = "$(grep -cxF "$end" "$languages")" ] ||
        fail "$languages has only one of the marks '$begin' and '$end': remove it, and what is left behind it"
    if own_part | grep -Eq '^[[:space:]]*(\[language-server\.("?)pmta-ls("?)\]|name[[:space:]]*=[[:space:]]*"pmta")'; then
        fail "$languages speaks of pmta itself: remove that first, or set Helix up by hand"
    fi
    # What would come behind them could not be read.
    if own_part | grep -Eq '^[[:space:]]*(language|grammar|language-server)[[:space:]]*='; then
        fail "$languages has a list 'language = [...]' or the like: write it as [[language]] first"
    fi
fi

mkdir -p "$config/runtime/queries/pmta" "$config/runtime/grammars"
cp "$here"/queries/pmta/*.scm "$config/runtime/queries/pmta/"
# Under another name first: Helix may have the old one open.
"${CC:-cc}" -shared -fPIC -O2 -I "$grammar/src" "$grammar/src/parser.c" "$grammar/src/scanner.c" \
    -o "$config/runtime/grammars/pmta.so.new"
mv "$config/runtime/grammars/pmta.so.new" "$config/runtime/grammars/pmta.so"

new=$languages.new
{
    own_part
    echo "$begin"
    # The parser is built from this checkout.
    sed -e "s|^source = { git = .*|source = { path = \"$grammar\" }|" \
        -e "s|^command = .*|command = \"${PMTA_LS_PATH:-pmta-ls}\"|" "$here/languages.toml"
    echo "$end"
} > "$new"
# A file that is a link stays one.
cat "$new" > "$languages"
rm "$new"
echo "Helix knows PowerMTA configuration now. hx --health pmta shows it."
