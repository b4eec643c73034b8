#!/usr/bin/env python3
"""Compares the queries of the editors with those of the grammar; `--write` writes them anew.

Neovim reads the grammar's queries as they are. Helix has other names for the same things, so its
highlights and injections are those of the grammar in its names. Its indents and textobjects differ in
kind and are written by hand.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR = ROOT / "grammar/queries"
NEOVIM = ROOT / "editors/neovim/queries/pmta"
HELIX = ROOT / "editors/helix/queries/pmta"

NEOVIM_READS = ["folds", "highlights", "indents", "injections", "locals", "textobjects"]

# What Helix calls the captures of highlights.scm; the others have the same name in both.
HELIX_NAMES = {
    "tag.attribute": "attribute",
    "tag.delimiter": "punctuation.bracket",
    "property": "variable.other.member",
    "keyword.import": "keyword.control.import",
    "boolean": "constant.builtin.boolean",
    "number": "constant.numeric",
    "character.special": "string.special",
}
HELIX_HAS = {
    "comment", "constant", "keyword", "keyword.directive", "operator", "punctuation.bracket",
    "punctuation.delimiter", "punctuation.special", "string", "string.regexp", "string.special", "tag",
    "variable", "variable.parameter",
}


def header(source):
    return f"; Written by tests/editors/queries.py from grammar/queries/{source}: edit that.\n\n"


def helix_highlights():
    text = (GRAMMAR / "highlights.scm").read_text()

    def name(capture):
        there = HELIX_NAMES.get(capture[1], capture[1])
        if there not in HELIX_HAS | set(HELIX_NAMES.values()):
            raise SystemExit(f"queries.py: what does Helix call @{capture[1]}?")
        return f"@{there}"

    return header("highlights.scm") + re.sub(r"@([a-z.]+)", name, text)


def helix_injections():
    # Helix has no #offset!: the slashes of a regex are part of what is injected.
    text = (GRAMMAR / "injections.scm").read_text()
    return header("injections.scm") + re.sub(r"\n *\(#offset![^)]*\)", "", text)


def wanted():
    for name in NEOVIM_READS:
        yield NEOVIM / f"{name}.scm", (GRAMMAR / f"{name}.scm").read_text()
    yield HELIX / "highlights.scm", helix_highlights()
    yield HELIX / "injections.scm", helix_injections()


def main():
    stale = []
    for path, text in wanted():
        if path.exists() and path.read_text() == text:
            continue
        stale.append(path)
        if "--write" in sys.argv:
            path.write_text(text)
    written = {path for path, _ in wanted()}
    known = written | {HELIX / "indents.scm", HELIX / "textobjects.scm"}
    extra = [path for folder in (NEOVIM, HELIX) for path in folder.iterdir() if path not in known]
    for path in extra:
        print(f"{path.relative_to(ROOT)}: not written from the grammar's queries")
    if "--write" in sys.argv:
        stale = []
    for path in stale:
        print(f"{path.relative_to(ROOT)}: stale, run tests/editors/queries.py --write")
    sys.exit(1 if stale or extra else 0)


if __name__ == "__main__":
    main()
