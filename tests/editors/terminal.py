"""An editor in a terminal: gets keys, and what is seen on the screen can be read, waited for and drawn."""

import html
import os
import re
import shlex
import subprocess
import tempfile
import time
from pathlib import Path

EDITORS = Path(os.environ["PMTA_EDITORS"])
# How long to wait for something to be seen, in seconds.
PATIENCE = float(os.environ.get("PMTA_TEST_PATIENCE", "20"))
HERE = Path(__file__).resolve().parent


class Unseen(Exception):
    """What was waited for did not come."""


class Terminal:
    """A program in a terminal of its own, in a home of its own."""

    def __init__(self, home, width=100, height=30):
        self.home, self.width, self.height = Path(home), width, height
        self.socket = tempfile.mktemp(prefix="pmta-tmux-")
        self.environment = {
            "HOME": str(home),
            "PATH": os.pathsep.join([str(EDITORS / "bin"), *os.get_exec_path()]),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "SHELL": "/bin/sh",
        }

    def tmux(self, *arguments):
        command = [EDITORS / "bin/tmux", "-f", "/dev/null", "-S", self.socket, *arguments]
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True)
        if done.returncode != 0:
            raise Unseen(f"tmux {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout

    def start(self, *command):
        size = ["-x", str(self.width), "-y", str(self.height)]
        quoted = " ".join(shlex.quote(str(word)) for word in command)
        self.tmux("new-session", "-d", *size, "-c", str(self.home), f"exec {quoted} 2> {self.home}/errors")
        self.tmux("set-option", "-g", "status", "off")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.tmux("kill-server")
        except Unseen:
            pass  # It ended by itself.

    def keys(self, *keys):
        """Presses keys by their names in tmux; what is no name is typed sign by sign."""
        for key in keys:
            self.tmux("send-keys", key)
            # What comes right behind Escape would be taken for a key with Alt.
            time.sleep(0.1 if key == "Escape" else 0.02)

    def type(self, text):
        """Types signs as fast as people do; a line end is Enter."""
        for sign in text:
            self.tmux("send-keys", *(["Enter"] if sign == "\n" else ["-l", sign]))
            time.sleep(0.015)

    def type_at_once(self, text):
        """Types signs faster than anybody does."""
        self.tmux("send-keys", "-l", text)

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def wait(self, what, pattern):
        """Waits until a regular expression is found on the screen; the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            screen = self.screen()
            if re.search(pattern, screen, re.MULTILINE):
                return screen
            time.sleep(0.03)
        raise Unseen(f"waited in vain for {what}\n{self.screen()}")

    def wait_until_gone(self, what, pattern):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not re.search(pattern, self.screen(), re.MULTILINE):
                return
            time.sleep(0.03)
        raise Unseen(f"{what} did not go away\n{self.screen()}")

    def cells(self):
        """The screen as lines of (sign, style)."""
        lines, style = [], {}
        for line in self.tmux("capture-pane", "-e", "-p", "-N").split("\n")[: self.height]:
            # A style holds until it is changed, in further lines too.
            cells, style = styled(line, style)
            lines.append(cells)
        return lines

    def style_of(self, text):
        """How the first such text on the screen is shown."""
        for line in self.cells():
            at = "".join(sign for sign, _ in line).find(text)
            if at != -1:
                return line[at][1]
        raise Unseen(f"{text} is not on the screen\n{self.screen()}")

    def draw(self, path, lines=None):
        """Draws the screen, or its first lines, as SVG."""
        Path(path).write_text(svg(self.cells()[:lines], self.width))


# What stands for the colours that a terminal has by number.
BASIC = [
    "#1e1e2e", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#6b7280", "#ff7b86", "#b5e890", "#ffd58f", "#7fc4ff", "#dd9bff", "#7fe0ec", "#ffffff",
]
BACKGROUND, FOREGROUND = "#1e1e2e", "#d4d7de"


def colour(number):
    if number < 16:
        return BASIC[number]
    if number < 232:
        number -= 16
        levels = [0, 95, 135, 175, 215, 255]
        return "#%02x%02x%02x" % (levels[number // 36], levels[number // 6 % 6], levels[number % 6])
    return "#%02x%02x%02x" % ((8 + 10 * (number - 232),) * 3)


def changed(style, codes):
    """A style after the codes of one escape sequence."""
    style, codes = dict(style), list(codes)
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = {}
        elif code in (1, 2, 3, 4, 7, 9):
            style[{1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}[code]] = True
        elif code in (22, 23, 24, 27, 29):
            for name in {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("reverse",), 29: ("strike",)}[code]:
                style.pop(name, None)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style["front"] = colour(code - 30 if code < 90 else code - 82)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style["back"] = colour(code - 40 if code < 100 else code - 92)
        elif code in (39, 49):
            style.pop("front" if code == 39 else "back", None)
        elif code in (38, 48, 58) and codes:
            value = None
            if codes.pop(0) == 5 and codes:
                value = colour(codes.pop(0))
            elif len(codes) >= 3:
                value = "#%02x%02x%02x" % (codes.pop(0), codes.pop(0), codes.pop(0))
            if value and code != 58:
                style["front" if code == 38 else "back"] = value
    return style


def styled(line, style):
    """The signs of a line with their styles, and the style at its end."""
    cells = []
    for part in re.split(r"(\x1b\[[0-9;:]*m|\x1b\][^\x1b\x07]*(?:\x07|\x1b\\))", line):
        if match := re.fullmatch(r"\x1b\[([0-9;:]*)m", part):
            # A curly underline is 4:3.
            codes = re.sub(r"4:[1-5]", "4", match[1]).replace("::", ":").replace(":", ";")
            style = changed(style, [int(code or 0) for code in codes.split(";")])
        elif not part.startswith("\x1b"):
            cells += [(sign, tuple(sorted(style.items()))) for sign in part]
    return cells, style


def svg(lines, width):
    """A drawing of lines of a terminal."""
    across, down, pad = 8.4, 18, 10
    size = (width * across + 2 * pad, len(lines) * down + 2 * pad)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" width="{size[0]:.0f}"'
        ' font-family="ui-monospace, \'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="14"'
        ' xml:space="preserve">',
        f'<rect width="100%" height="100%" rx="6" fill="{BACKGROUND}"/>',
    ]
    for row, line in enumerate(lines):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end][1] == line[start][1]:
                end += 1
            out.extend(run("".join(sign for sign, _ in line[start:end]), dict(line[start][1]), start, row, (across, down, pad)))
            start = end
    return "\n".join([*out, "</svg>", ""])


def run(text, style, column, row, sizes):
    """The drawing of signs in one style."""
    across, down, pad = sizes
    front, back = style.get("front", FOREGROUND), style.get("back")
    if style.get("reverse"):
        front, back = back or BACKGROUND, front
    x, y = pad + column * across, pad + row * down
    if back:
        yield f'<rect x="{x:.1f}" y="{y}" width="{len(text) * across:.1f}" height="{down}" fill="{back}"/>'
    marks = ' font-weight="bold"' * bool(style.get("bold")) + ' font-style="italic"' * bool(style.get("italic"))
    marks += ' opacity="0.6"' * bool(style.get("dim"))
    lines = " ".join(word for name, word in (("underline", "underline"), ("strike", "line-through")) if style.get(name))
    marks += f' text-decoration="{lines}"' if lines else ""
    # Several blanks in a row would be drawn as one.
    for words in re.finditer(r"\S+(?: \S+)*", text):
        yield (
            f'<text x="{x + words.start() * across:.1f}" y="{y + 13}" fill="{front}"'
            f' textLength="{len(words[0]) * across:.1f}"{marks}>{html.escape(words[0])}</text>'
        )


def run_checks(checks):
    """Runs functions by their names and says what each came to; the status to end with."""
    failed = 0
    for check in checks:
        try:
            check()
            print(f"ok   {check.__name__}", flush=True)
        except (Unseen, AssertionError, subprocess.CalledProcessError) as problem:
            failed += 1
            print(f"FAIL {check.__name__}: {problem}", flush=True)
    return 1 if failed else 0
