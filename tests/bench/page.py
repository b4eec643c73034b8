#!/usr/bin/env python3
"""Writes the figures of a run of lspbench.py into docs/performance.md, and a plot of them beside it.

    page.py RESULT.json [RESULT.json...]
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/performance.md"
PLOT = ROOT / "docs/images/performance.svg"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"

FLOOR, OWN = "floor-tower-mt", "pmta-ls"

# Keys of the results, what they are called here, and whether those who answer nothing are left out.
ROWS = [
    ("init", "start to the answer of `initialize`", False),
    ("open", "open to diagnostics", False),
    ("edit_diag", "edit to diagnostics", False),
    ("completion@edit", "edit and completion", True),
    ("hover@edit", "edit and hover", True),
    ("definition@edit", "edit and definition", True),
    ("documentSymbol@edit", "edit and symbols", True),
    ("semanticTokens@edit", "edit and semantic tokens", True),
    ("foldingRange@edit", "edit and folding", True),
    ("formatting@edit", "edit and formatting", True),
    ("burst_ms", "500 edits, then an answer", False),
    ("burst_cpu_ms_per_edit", "processor time of an edit in the 500", False),
    ("rss_open_MiB", "memory with the document open, MiB", False),
]
PLOTTED = ["edit_diag", "completion@edit", "hover@edit"]


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def cell(result, key, needs_answer):
    stat = result["stats"].get(key)
    if stat is None:
        return "-"
    empty = needs_answer and result["server"] != FLOOR and stat["n"] in (0, None)
    return "∅" if empty else number(stat["median"])


def tables(results):
    lines = []
    for size in sorted({it["N"] for it in results}):
        columns = [it for it in results if it["N"] == size]
        columns.sort(key=lambda it: (it["server"] != FLOOR, it["server"] != OWN, it["server"]))
        names = ["floor" if it["server"] == FLOOR else it["server"] for it in columns]
        lines += [f"### {size:,} lines", "", "| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
        for key, name, needs_answer in ROWS:
            cells = [cell(it, key, needs_answer) for it in columns]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def plot(results):
    """Milliseconds over lines, both by powers of ten."""
    import math

    sizes = sorted({it["N"] for it in results})
    shown = [k for k, _, _ in ROWS if k in PLOTTED]
    width, height, left, top, bottom = 360, 260, 52, 34, 40
    names = dict((key, name) for key, name, _ in ROWS)
    servers = sorted({it["server"] for it in results}, key=lambda it: (it != OWN, it != FLOOR, it))
    colours = ["#c0392b", "#7f8c8d", "#2980b9", "#27ae60", "#8e44ad", "#d68910", "#16a085", "#34495e"]
    low, high = -1, 3.5
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size):
        share = (math.log10(size) - first) / ((last - first) or 1)
        return left + share * (width - left - 20)

    def y(value):
        level = min(max(math.log10(max(value, 1e-3)), low), high)
        return top + (high - level) / (high - low) * (height - top - bottom)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * len(shown)}" height="{height + 40}" '
        'font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for index, key in enumerate(shown):
        out.append(f'<g transform="translate({index * width} 0)">')
        out.append(f'<text x="{left}" y="18" font-size="13">{names[key]}, ms</text>')
        for power in range(-1, 4):
            at = y(10**power)
            out.append(f'<line x1="{left}" x2="{width - 20}" y1="{at:.1f}" y2="{at:.1f}" stroke="#dddddd"/>')
            out.append(f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
        for size in sizes:
            out.append(f'<text x="{x(size):.1f}" y="{height - bottom + 18}" text-anchor="middle">{size:,}</text>')
        for server, colour in zip(servers, colours):
            points = []
            for size in sizes:
                for it in results:
                    stat = it["stats"].get(key)
                    is_it = it["server"] == server and it["N"] == size and stat
                    if is_it and (server == FLOOR or stat["n"] != 0):
                        points.append((x(size), y(stat["median"])))
            line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
            weight = 2.5 if server == OWN else 1.2
            out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{weight}"/>')
            out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.5" fill="{colour}"/>' for a, b in points]
        out.append("</g>")
    for index, (server, colour) in enumerate(zip(servers, colours)):
        at = left + index * 110
        name = "floor" if server == FLOOR else server
        out.append(f'<rect x="{at}" y="{height + 12}" width="12" height="12" fill="{colour}"/>')
        out.append(f'<text x="{at + 17}" y="{height + 22}">{name}</text>')
    out.append("</svg>\n")
    return "\n".join(out)


def main():
    results = [it for name in sys.argv[1:] for it in json.loads(Path(name).read_text())["results"]]
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables(results)}\n{END}{after}")
    PLOT.write_text(plot(results))


main()
