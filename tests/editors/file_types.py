#!/usr/bin/env python3
"""Checks which files VS Code and Helix take for PowerMTA configuration, by what the extension and
languages.toml say and the order in which these editors look at it. the others are asked themselves.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
EDITORS = HERE.parents[1] / "editors"


def cases():
    for line in (HERE / "file_types.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            path, kind = line.split("\t")
            yield f"/{path}", kind


def pattern(glob, star):
    """A glob as a regular expression; `star` is what `*` stands for."""
    out, rest, depth = "", glob, 0
    while rest:
        if rest.startswith("**/"):
            out, rest = out + "(?:.*/)?", rest[3:]
            continue
        char, rest = rest[0], rest[1:]
        if char == "{":
            out, depth = out + "(?:", depth + 1
        elif char == "}":
            out, depth = out + ")", depth - 1
        elif char == "," and depth:
            out += "|"
        elif char == "*":
            out += star
        else:
            out += re.escape(char)
    return re.compile(out)


def longest(globs, path):
    """What the longest glob that fits stands for."""
    fitting = [(len(glob), kind) for glob, regex, kind in globs if regex.fullmatch(path)]
    return max(fitting)[1] if fitting else None


def vscode():
    """The whole name first, then the longest pattern, then the ending; all without regard to case."""
    languages = json.loads((EDITORS / "vscode/package.json").read_text())["contributes"]["languages"]
    names, endings, in_paths, in_names = {}, {}, [], []
    for language in languages:
        names |= {name.lower(): language["id"] for name in language.get("filenames", [])}
        endings |= {ending.lower(): language["id"] for ending in language.get("extensions", [])}
        for glob in language.get("filenamePatterns", []):
            globs = in_paths if "/" in glob else in_names
            globs.append((glob, pattern(glob.lower(), "[^/]*"), language["id"]))

    def kind(path):
        path = path.lower()
        name = path.rsplit("/", 1)[1]
        globs = [(glob, regex, id) for glob, regex, id in in_paths if regex.fullmatch(path)]
        globs += [(glob, regex, id) for glob, regex, id in in_names if regex.fullmatch(name)]
        found = max(globs, key=lambda it: len(it[0]))[2] if globs else None
        ending = next((id for ending, id in endings.items() if name.endswith(ending)), None)
        return names.get(name) or found or ending

    return kind


def helix():
    """The longest glob, then the ending. `*` stands for slashes too, and each glob has `*/` before it."""
    languages = tomllib.loads((EDITORS / "helix/languages.toml").read_text())["language"]
    endings, globs = {}, []
    for language in languages:
        for entry in language["file-types"]:
            if isinstance(entry, str):
                endings[entry] = language["name"]
            else:
                glob = f"*/{entry['glob']}"
                globs.append((glob, pattern(glob, ".*"), language["name"]))

    def kind(path):
        return longest(globs, path) or endings.get(path.rsplit(".", 1)[-1])

    return kind


def main():
    wrong = 0
    for editor, kind in {"VS Code": vscode(), "Helix": helix()}.items():
        for path, wanted in cases():
            found = "pmta" if kind(path) == "pmta" else "other"
            if found != wanted:
                print(f"{editor}: {path} is {found}, not {wanted}")
                wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
