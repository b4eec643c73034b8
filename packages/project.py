"""What the packages say about the project: all of it comes from Cargo.toml and the program's crate."""

import pathlib
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
_WORKSPACE = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]
_PROGRAM = tomllib.loads((ROOT / "server/lsp/Cargo.toml").read_text())["package"]

VERSION = _WORKSPACE["version"]
LICENSE = _WORKSPACE["license"]
REPOSITORY = _WORKSPACE["repository"]
AUTHORS = _WORKSPACE["authors"][0]
SUMMARY = _PROGRAM["description"]
KEYWORDS = _PROGRAM["keywords"]
LICENSE_FILES = ["LICENSE-APACHE", "LICENSE-MIT"]
