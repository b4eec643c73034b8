#!/usr/bin/env python3
"""Proves that the tests of the editors test the server.

    prove.py SERVER TEST...

A test is a program that gets the server by the environment variable `PMTA_LS_PATH` and prints, for each
thing that it looks at, a line `ok   NAME` or `FAIL NAME: what it saw`. It is run as it is first: all has
to be right. Then it is run against the server without one of its capabilities, for each of those that
`NEEDS` has a check for, and that very check has to fail.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The capability (see without.py) that a check cannot do without. An editor need not have all checks.
NEEDS = {
    "code_action": "codeAction",
    "commands": "command",
    "completion": "completion",
    "definition": "definition",
    "diagnostics": "diagnostics",
    "end_tag": "onTypeFormatting",
    "end_tag_completed": "completion",
    "format": "formatting",
    "hover": "hover",
    "outline": "documentSymbol",
    "references": "references",
    "rename": "rename",
}
# What a check waits for something to be seen, in seconds, when it will not be.
PATIENCE = "3"


def run(test, server, patience):
    """What each check came to."""
    environment = {**os.environ, "PMTA_LS_PATH": str(server), "PMTA_TEST_PATIENCE": patience}
    done = subprocess.run([test], env=environment, text=True, capture_output=True)
    found = {}
    for line in done.stdout.splitlines():
        if match := re.match(r"(ok  |FAIL) (\w+)", line):
            found[match[2]] = match[1] == "ok  "
    return found, done


def wrapper(folder, capability, server):
    path = Path(folder) / capability / "pmta-ls"
    path.parent.mkdir()
    # An editor may ask for the version first, which is no conversation.
    version = f'[ "$1" != --version ] || exec "{server}" --version'
    path.write_text(f'#!/bin/sh\n{version}\nexec "{HERE}/without.py" {capability} -- "{server}" "$@"\n')
    path.chmod(0o755)
    return path


def prove(test, server, folder):
    """The number of things that are not as they should be."""
    name = Path(test).parent.name
    found, done = run(test, server, os.environ.get("PMTA_TEST_PATIENCE", "20"))
    if done.returncode != 0 or not found or not all(found.values()):
        print(f"{name}: fails as it is\n{done.stdout}{done.stderr}")
        return 1
    wrong = 0
    for capability in sorted(set(NEEDS.values())):
        checks = {it for it in found if NEEDS.get(it) == capability}
        if not checks:
            continue
        start = time.monotonic()
        without, done = run(test, wrapper(folder, capability, server), PATIENCE)
        failed = {it for it, is_right in without.items() if not is_right}
        what = f"{name} without {capability} ({time.monotonic() - start:.0f} s)"
        if checks <= failed and done.returncode != 0:
            others = f", beside it {', '.join(sorted(failed - checks))}" if failed > checks else ""
            print(f"{what}: {', '.join(sorted(checks))} fails{others}", flush=True)
        else:
            print(f"{what}: {', '.join(sorted(checks - failed))} does NOT fail\n{done.stdout}{done.stderr}")
            wrong += 1
    return wrong


def main():
    server, *tests = sys.argv[1:] or [None]
    if not tests:
        sys.exit("usage: prove.py SERVER TEST...")
    wrong = 0
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            wrong += prove(Path(test).resolve(), Path(server).resolve(), folder)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
