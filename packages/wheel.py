#!/usr/bin/env python3
"""wheel.py BINARY DEST [PLATFORM]: a wheel that puts the program on the PATH of an environment.

PLATFORM is the tag of the systems it is for; without it, any Linux of this kind of processor. The same
input makes the same file, byte for byte."""

import base64
import hashlib
import pathlib
import platform
import sys
import zipfile

import project

# The program is linked statically, so it asks nothing of either C library.
LINUX = "manylinux_2_17_{0}.manylinux2014_{0}.musllinux_1_1_{0}"
NAME = "pmta_ls"


def metadata() -> str:
    """The text that package indexes show."""
    licenses = "".join(f"License-File: {name}\n" for name in project.LICENSE_FILES)
    return f"""Metadata-Version: 2.4
Name: pmta-ls
Version: {project.VERSION}
Summary: {project.SUMMARY}
Author: {project.AUTHORS}
License-Expression: {project.LICENSE}
{licenses}Keywords: {",".join(project.KEYWORDS)}
Project-URL: Repository, {project.REPOSITORY}
Classifier: Environment :: Console
Classifier: Topic :: Communications :: Email :: Mail Transport Agents
Classifier: Topic :: Text Editors :: Integrated Development Environments (IDE)
Requires-Python: >=3.8
Description-Content-Type: text/markdown

{(project.ROOT / "server/lsp/README.md").read_text()}"""


def wheel(binary: pathlib.Path, dest: pathlib.Path, tag: str) -> pathlib.Path:
    """Writes the wheel into the folder `dest`, and returns its path."""
    stem = f"{NAME}-{project.VERSION}"
    info = f"{stem}.dist-info"
    tags = "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
    program = "pmta-ls.exe" if binary.suffix == ".exe" else "pmta-ls"
    files = {
        f"{stem}.data/scripts/{program}": (binary.read_bytes(), 0o755),
        f"{info}/METADATA": (metadata().encode(), 0o644),
        f"{info}/WHEEL": (
            f"Wheel-Version: 1.0\nGenerator: pmta-ls\nRoot-Is-Purelib: false\n{tags}".encode(),
            0o644,
        ),
    }
    for name in project.LICENSE_FILES:
        files[f"{info}/licenses/{name}"] = ((project.ROOT / name).read_bytes(), 0o644)
    record = ""
    for name, (data, _) in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    files[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), 0o644)

    dest.mkdir(parents=True, exist_ok=True)
    path = dest / f"{stem}-py3-none-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (data, mode) in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: wheel.py BINARY DEST [PLATFORM]")
    tag = sys.argv[3] if len(sys.argv) == 4 else LINUX.format(platform.machine())
    print(wheel(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), tag))
