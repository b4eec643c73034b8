#!/usr/bin/env python3
"""Looks into a packed extension.

    inspect_vsix.py VSIX SERVER

It has what its package.json names and nothing that only its makers need, and is small. If its name says
for which machines it is (`pmta-ls-1.2.3-linux-x64.vsix`), that server is inside as a program that can be
started; else there is none.
"""

import json
import re
import sys
import zipfile
from pathlib import Path

# In bytes.
LARGEST = 10_000_000
# What may be in it, below `extension/`.
WANTED = re.compile(
    r"package\.json|readme\.md|changelog\.md|LICENSE\.txt|language-configuration\.json|dist/extension\.js"
    r"|media/\w+\.(md|png|svg)|snippets/pmta\.json|syntaxes/pmta\.tmLanguage\.json|server/pmta-ls"
)
EXECUTABLE = 0o755


def problems(path, target, server):
    """What is wrong, a sentence each."""
    if path.stat().st_size >= LARGEST:
        yield f"it has {path.stat().st_size} bytes, {LARGEST} is too many"
    with zipfile.ZipFile(path) as vsix:
        files = {name.removeprefix("extension/") for name in vsix.namelist() if name.startswith("extension/")}
        for name in sorted(files):
            if not WANTED.fullmatch(name):
                yield f"{name} is inside"
        manifest = json.loads(vsix.read("extension/package.json"))
        for name in named(manifest):
            if name.removeprefix("./") not in files:
                yield f"{name} is named and not inside"
        marked = re.search(r'TargetPlatform="([^"]*)"', vsix.read("extension.vsixmanifest").decode())
        if (marked and marked[1]) != target:
            yield f"it is for {marked and marked[1]}, not for {target}"
        if target is None:
            if "server/pmta-ls" in files:
                yield "there is a server inside"
            return
        inside = vsix.getinfo("extension/server/pmta-ls")
        if vsix.read(inside) != server.read_bytes():
            yield "the server inside is another one"
        if inside.external_attr >> 16 & 0o777 != EXECUTABLE:
            yield "the server inside cannot be started"


def named(manifest):
    """The files that a package.json names."""
    contributes = manifest["contributes"]
    yield manifest["main"]
    yield manifest["icon"]
    for entry in [*contributes["grammars"], *contributes["snippets"]]:
        yield entry["path"]
    for language in contributes["languages"]:
        if "configuration" in language:
            yield language["configuration"]
    for walkthrough in contributes["walkthroughs"]:
        for step in walkthrough["steps"]:
            yield step["media"]["markdown"]


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: inspect_vsix.py VSIX SERVER")
    path, server = map(Path, sys.argv[1:])
    machines = re.fullmatch(r"pmta-ls-[\d.]+(?:-(\w+-\w+))?", path.stem)
    target = machines and machines[1]
    found = list(problems(path, target, server))
    for problem in found:
        print(f"FAIL {path.name}: {problem}")
    if found:
        sys.exit(1)
    print(f"{path.name}: {path.stat().st_size / 1_000_000:.1f} MB for {target or 'every machine'}, as it should be")


if __name__ == "__main__":
    main()
