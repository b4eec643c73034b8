#!/usr/bin/env python3
"""version.py [NEW]: whether every file tells the version that Cargo.toml tells; with NEW, sets it everywhere.

After setting it, `PMTA_UPDATE=1 cargo test -p pmta-ls-tests --test generated` writes the manual pages anew,
and `cargo check` Cargo.lock."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What stands before the version in each file, as a regular expression.
PLACES = [
    ("Cargo.toml", r'^version = "'),
    ("Cargo.toml", r'pmta-analysis = \{ path = "server/analysis", version = "'),
    ("Cargo.toml", r'pmta-ls = \{ path = "server/lsp", version = "'),
    ("Cargo.toml", r'tree-sitter-pmta = \{ path = "grammar", version = "'),
    ("grammar/package.json", r'^  "version": "'),
    ("grammar/pyproject.toml", r'^version = "'),
    ("grammar/tree-sitter.json", r'"metadata": \{\s*"version": "'),
    ("editors/vscode/package.json", r'^  "version": "'),
    ("editors/vscode/package-lock.json", r'\A\{\s*"name": "[^"]*",\s*"version": "'),
    ("editors/vscode/package-lock.json", r'"": \{\s*"name": "[^"]*",\s*"version": "'),
    ("pyproject.toml", r'^version = "'),
    ("pyproject.toml", r"dependencies = \[\"pmta-ls=="),
]
VERSION = r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?"


def main() -> None:
    """Compares or sets."""
    new = sys.argv[1] if len(sys.argv) > 1 else None
    if new and not re.fullmatch(VERSION, new):
        sys.exit(f"version.py: {new} is no version such as 1.2.3")
    wanted = new
    wrong = []
    for name, before in PLACES:
        path = ROOT / name
        text = path.read_text()
        found = re.search(f"({before})({VERSION})", text, re.MULTILINE)
        if not found:
            wrong.append(f"{name} does not tell a version behind {before}")
            continue
        wanted = wanted or found[2]
        if new:
            path.write_text(f"{text[: found.start(2)]}{new}{text[found.end(2) :]}")
        elif found[2] != wanted:
            wrong.append(f"{name} tells version {found[2]}, Cargo.toml {wanted}")
    changes = (ROOT / "CHANGELOG.md").read_text()
    if not new and f"## {wanted}" not in changes and "## Unreleased" not in changes:
        wrong.append(f"CHANGELOG.md has a section neither for {wanted} nor for what is unreleased")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
