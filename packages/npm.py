#!/usr/bin/env python3
"""npm.py BINARY DEST [MACHINE]: the npm packages, as tarballs in the folder DEST.

`pmta-ls` holds a few lines that run the program; it names a package for each machine, of which npm
installs the one that fits. MACHINE is the one that BINARY is for, such as linux-x64 or win32-arm64;
without it, this one."""

import json
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import project

HERE = pathlib.Path(__file__).resolve().parent
MACHINES = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]


def this_machine() -> str:
    """This machine, as npm calls it."""
    system = {"Windows": "win32"}.get(platform.system(), platform.system().lower())
    processor = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64"}
    return f"{system}-{processor.get(platform.machine(), platform.machine())}"


def description(name: str, **more: object) -> dict[str, object]:
    """A `package.json`."""
    return {
        "name": name,
        "version": project.VERSION,
        "description": project.SUMMARY,
        "license": f"({project.LICENSE})",
        "repository": {"type": "git", "url": f"git+{project.REPOSITORY}.git"},
        "keywords": project.KEYWORDS,
        **more,
    }


def pack(about: dict[str, object], files: dict[str, pathlib.Path], dest: pathlib.Path) -> None:
    """Makes a tarball of these files, and says where it is."""
    files |= {name: project.ROOT / name for name in project.LICENSE_FILES}
    with tempfile.TemporaryDirectory() as folder:
        for name, source in files.items():
            shutil.copy(source, pathlib.Path(folder, name))
        pathlib.Path(folder, "package.json").write_text(json.dumps(about, indent=2) + "\n")
        made = subprocess.run(
            ["npm", "pack", "--silent", "--pack-destination", str(dest.resolve())],
            cwd=folder, check=True, stdout=subprocess.PIPE, text=True,
        )
        print(dest / made.stdout.strip())


def main(binary: pathlib.Path, dest: pathlib.Path, machine: str) -> None:
    """Makes both packages."""
    dest.mkdir(parents=True, exist_ok=True)
    file = "pmta-ls.exe" if machine.startswith("win32") else "pmta-ls"
    system, processor = machine.split("-")
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, file)
        shutil.copy(binary, program)
        program.chmod(0o755)
        pack(
            description(f"@pmta-ls/{machine}", os=[system], cpu=[processor], files=[file]),
            {file: program},
            dest,
        )
    pack(
        description(
            "pmta-ls",
            bin={"pmta-ls": "pmta-ls.js"},
            files=["pmta-ls.js"],
            engines={"node": ">=18"},
            optionalDependencies={f"@pmta-ls/{one}": project.VERSION for one in MACHINES},
        ),
        {"pmta-ls.js": HERE / "npm/pmta-ls.js", "README.md": project.ROOT / "server/lsp/README.md"},
        dest,
    )


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: npm.py BINARY DEST [MACHINE]")
    wanted = sys.argv[3] if len(sys.argv) == 4 else this_machine()
    if wanted not in MACHINES:
        sys.exit(f"npm.py: there is no package for {wanted}; add it to MACHINES")
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), wanted)
