#!/usr/bin/env python3
"""Follows every link between Markdown files of the repository, with anchors."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")


def prose(text: str) -> str:
    """Markdown without its code, fenced or between backticks."""
    text = re.sub(r"(?ms)^\s*(```+).*?^\s*\1\s*$", "", text)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path: pathlib.Path) -> set[str]:
    """The anchors of the headings of a file."""
    text = re.sub(r"(?ms)^\s*(```+).*?^\s*\1\s*$", "", path.read_text())
    headings = re.findall(r"(?m)^#+ (.*)$", text)
    headings = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w-]", "", heading.strip().lower().replace(" ", "-")) for heading in headings}


def problem(source: pathlib.Path, link: str) -> str | None:
    """What is wrong with a link in a file."""
    if re.match(r"[a-z]+:", link):
        return None
    path, _, anchor = link.partition("#")
    target = (source.parent / path).resolve() if path else source
    if not target.exists():
        return "leads nowhere"
    if anchor and anchor not in anchors(target):
        return "has no such anchor"
    return None


def main() -> None:
    """Looks at all files that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout.splitlines()
    wrong, count = [], 0
    for name in listed:
        source = ROOT / name
        if not source.exists():
            continue
        for link in LINK.findall(prose(source.read_text())):
            count += 1
            what = problem(source, link)
            if what:
                wrong.append(f"{name}: the link to {link} {what}")
    if wrong or not count:
        sys.exit("\n".join(wrong) or "no link was found")
    print(f"{count} links in {len(listed)} files")


if __name__ == "__main__":
    main()
