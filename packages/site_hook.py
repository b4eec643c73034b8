"""Brings pages from outside of `docs/` into the site, and points links between files of the repository at
their pages."""

import pathlib
import posixpath
import re

from mkdocs.structure.files import File

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Files of the repository, and what they are called on the site.
PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "editors/README.md": "editors/README.md",
    "editors/emacs/README.md": "editors/emacs.md",
    "editors/helix/README.md": "editors/helix.md",
    "editors/kakoune/README.md": "editors/kakoune.md",
    "editors/neovim/README.md": "editors/neovim.md",
    "editors/sublime/README.md": "editors/sublime.md",
    "editors/vim/README.md": "editors/vim.md",
    "editors/vscode/README.md": "editors/vscode.md",
    "editors/zed/README.md": "editors/zed.md",
    "grammar/README.md": "grammar.md",
}
SOURCES = {page: source for source, page in PAGES.items()}

# `](target)`, and the path and the rest of the target.
LINK = re.compile(r"(\]\()([^)#\s:]+)((?:#[^)\s]*)?\))")


def on_files(files, config):
    """Adds the pages from elsewhere."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text()))
    return files


def on_page_markdown(markdown, page, config, files):
    """Turns links to files into links to pages, or to the repository where there is no page."""
    here = page.file.src_uri
    folder = posixpath.dirname(SOURCES.get(here, f"docs/{here}"))

    def turned(link):
        source = posixpath.normpath(posixpath.join(folder, link[2]))
        if source.startswith("docs/") and (ROOT / source).is_file():
            target = source.removeprefix("docs/")
        elif source in PAGES:
            target = PAGES[source]
        elif (ROOT / source).exists():
            return f"{link[1]}{config.repo_url}/tree/main/{source}{link[3]}"
        else:
            return link[0]
        return f"{link[1]}{posixpath.relpath(target, posixpath.dirname(here) or '.')}{link[3]}"

    # Every second part between fences is code.
    parts = re.split(r"(?m)^(\s*```.*)$", markdown)
    for index in range(0, len(parts), 4):
        parts[index] = LINK.sub(turned, parts[index])
    return "".join(parts)
