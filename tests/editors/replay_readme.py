#!/usr/bin/env python3
"""Does word by word what the README of an editor says, with nothing there before, and sees that it works.

    replay_readme.py EDITOR SERVER EDITORS

EDITOR is a folder below `editors`, SERVER a server that is built, EDITORS where install.sh put the
programs (its `bin` comes first on PATH).

In an empty home there is a checkout of the repository, in which a person stands. Then, in the order of
the README:

- A block of shell (```sh) is run, line by line as it stands; the first line that fails ends it.
- A block of anything else is put at the end of the file that the last words before it name in
  backticks with `~/`; a block without such a name is an example and is left out.
- What stands below a heading that begins with "Instead" are other ways to the same; they are left out.

At the end `tests/editors/EDITOR/proof` opens a configuration in the editor, which has to show a finding.

Two commands are not run as they are: `cargo install --path server/lsp` would build for minutes, so it
puts the given server where cargo would; and nothing is fetched from anywhere, but what npm has not fetched
for this user before.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

# What a machine says to every program on it.
KEPT = ("HTTPS_PROXY", "HTTP_PROXY", "LANG", "NODE_EXTRA_CA_CERTS", "TERM", "TMPDIR", "USER", "npm_config_registry")

CARGO = """#!/bin/sh
# Stands for cargo: puts the server that is built already where cargo would.
[ "$*" = "install --path server/lsp" ] || {{ echo "cargo $*: not expected in a README" >&2; exit 2; }}
[ -f server/lsp/Cargo.toml ] || {{ echo "cargo: there is no server/lsp here" >&2; exit 101; }}
mkdir -p ~/.cargo/bin && ln -sf "{server}" ~/.cargo/bin/pmta-ls
"""


def blocks(text):
    """The blocks of a README: language, lines, the paragraph before."""
    heading, before, lines = "", "", iter(text.splitlines())
    for line in lines:
        if match := re.match(r"#+ +(.*)", line):
            heading, before = match[1], ""
        elif match := re.match(r"( *)```(\w+)", line):
            indent, block = match[1], []
            for inner in lines:
                if inner.strip() == "```":
                    break
                block.append(inner.removeprefix(indent))
            if not heading.startswith("Instead"):
                yield match[2], "\n".join(block) + "\n", before
        elif line.strip():
            before = line


def checkout(home):
    """A copy of the repository in the home, of what git knows or would take."""
    there = home / "src/pmta-ls"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "editors", "grammar", "server/lsp/Cargo.toml",
         "LICENSE-MIT", "LICENSE-APACHE"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, there / name)
    return there


def shell(command, folder, environment):
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL, capture_output=True,
    )
    if done.returncode != 0:
        sys.exit(f"$ {command}\n{done.stdout}{done.stderr}-- ended with status {done.returncode}")


def replay(editor, server, editors, home):
    there = checkout(home)
    programs = home / "programs"
    programs.mkdir()
    (programs / "cargo").write_text(CARGO.format(server=server))
    (programs / "cargo").chmod(0o755)
    path = [home / ".cargo/bin", home / ".local/bin", programs, editors / "bin", *os.get_exec_path()]
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    environment = {
        **kept,
        "HOME": str(home),
        "PATH": os.pathsep.join(map(str, path)),
        "PMTA_EDITORS": str(editors),
        "SHELL": "/bin/bash",
        "npm_config_cache": os.environ.get("npm_config_cache", str(Path.home() / ".npm")),
        "npm_config_prefer_offline": "true",
    }
    for language, block, before in blocks((there / "editors" / editor / "README.md").read_text()):
        named = re.findall(r"`(~/[^`]+)`", before)
        if language == "sh":
            print(f"-- {block}", end="", flush=True)
            shell(block, there, environment)
        elif named:
            print(f"-- {named[-1]} gets {len(block.splitlines())} lines", flush=True)
            target = home / named[-1].removeprefix("~/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("a") as file:
                file.write(block)
    print("-- and it works:", flush=True)
    done = subprocess.run([HERE / editor / "proof"], cwd=home, env=environment, stdin=subprocess.DEVNULL)
    return done.returncode


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: replay_readme.py EDITOR SERVER EDITORS")
    editor, server, editors = sys.argv[1], *map(Path.resolve, map(Path, sys.argv[2:]))
    with tempfile.TemporaryDirectory() as home:
        sys.exit(replay(editor, server, editors, Path(home)))


if __name__ == "__main__":
    main()
