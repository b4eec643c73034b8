#!/usr/bin/env python3
"""site_links.py FOLDER: follows every link of a built site that stays on it, with anchors."""

import html.parser
import pathlib
import re
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, path: pathlib.Path) -> None:
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ("href", "src"):
                self.links.append(value)
            elif value and name in ("id", "name"):
                self.anchors.add(value)


def main(site: pathlib.Path) -> None:
    """Looks at all pages but the one about pages that are not there, whose links depend on the host."""
    pages = {path: Page(path) for path in site.rglob("*.html") if path.name != "404.html"}
    wrong, count = [], 0
    for path, page in pages.items():
        for link in page.links:
            if re.match(r"[a-z]+:|//", link):
                continue
            count += 1
            parts = urllib.parse.urlsplit(link)
            target = path
            if parts.path:
                target = (path.parent / urllib.parse.unquote(parts.path)).resolve()
            anchor = urllib.parse.unquote(parts.fragment)
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                wrong.append(f"{path.relative_to(site)}: {link} leads nowhere")
            elif anchor and target in pages and anchor not in pages[target].anchors and anchor != "__skip":
                wrong.append(f"{path.relative_to(site)}: {link} has no such anchor")
    if wrong or count < 1000:
        sys.exit("\n".join(wrong[:100]) or f"only {count} links were found")
    print(f"{count} links on {len(pages)} pages")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
