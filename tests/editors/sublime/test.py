"""Reads the files of editors/sublime as Sublime Text would."""

import json
import plistlib
import re
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[2] / "editors/sublime"
DEPLOYMENT = HERE.parent / "deployment/pmta/config"


def read_json(name):
    """JSON with comments."""
    lines = (FOLDER / name).read_text().splitlines()
    return json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def syntax():
    return yaml.safe_load((FOLDER / "PowerMTA.sublime-syntax").read_text())


def compiled(pattern, variables):
    for name, value in variables.items():
        pattern = pattern.replace("{{%s}}" % name, f"(?:{value})")
    # Python wants flags at the start.
    flag = "(?i)" if "(?i)" in pattern else ""
    return re.compile(flag + pattern.replace("(?i)", ""))


def check_syntax():
    tree = syntax()
    contexts = tree["contexts"]
    assert tree["scope"] == "source.pmta" and "pmta" in tree["file_extensions"]

    def walk(rules):
        for rule in rules:
            if "match" in rule:
                compiled(rule["match"], tree["variables"])
            pushed = rule.get("push", [])
            if isinstance(pushed, list) and pushed and isinstance(pushed[0], dict):
                walk(pushed)
                pushed = []
            named = [pushed] if isinstance(pushed, str) else list(pushed)
            named += [rule["include"]] if "include" in rule else []
            assert all(name in contexts for name in named), rule

    for rules in contexts.values():
        walk(rules)


def check_first_line():
    first = compiled(syntax()["first_line_match"], {})
    assert first.match("<virtual-mta news>") and first.match("# pmta-ls: place=domain")
    assert not first.match("<domain type='kvm'>") and not first.match("# comment")


def check_lines():
    """What the first rule that fits says of each line of a configuration."""
    tree = syntax()
    rules = [
        (compiled(rule["match"], tree["variables"]), " ".join(map(str, rule.get("captures", {}).values())))
        for rule in tree["contexts"]["comment"] + tree["contexts"]["main"] if "match" in rule
    ]
    wanted = {
        "host-name mail.example.com": "support.type.property-name.pmta",
        "include includes/virtual-mtas.conf": "keyword.control.import.pmta",
        "<domain *>": "punctuation.definition.tag.begin.pmta entity.name.tag.pmta",
        "</domain>": "punctuation.definition.tag.begin.pmta entity.name.tag.pmta",
        "    max-smtp-out 20": "support.type.property-name.pmta",
        "    max-conn 5": "variable.other.pmta",
    }
    lines = DEPLOYMENT.read_text().splitlines()
    for line, scopes in wanted.items():
        assert line in lines, line
        found = next((scopes for rule, scopes in rules if rule.match(line)), None)
        assert found == scopes, (line, found)


def check_settings():
    clients = read_json("LSP.sublime-settings")["clients"]
    assert clients["pmta-ls"]["command"] == ["pmta-ls", "lsp"]
    assert clients["pmta-ls"]["selector"] == syntax()["scope"]
    assert "-" not in read_json("PowerMTA.sublime-settings")["word_separators"]


def check_preferences():
    for name in ("Comments", "Indentation"):
        tree = plistlib.loads((FOLDER / f"{name}.tmPreferences").read_bytes())
        assert tree["scope"] == "source.pmta"
    settings = plistlib.loads((FOLDER / "Indentation.tmPreferences").read_bytes())["settings"]
    increase = re.compile(settings["increaseIndentPattern"])
    assert increase.search("  <domain *>") and not increase.search("<a>b</a>") and not increase.search("</domain>")


failed = 0
for check in (check_syntax, check_first_line, check_lines, check_settings, check_preferences):
    name = check.__name__.removeprefix("check_")
    try:
        check()
        print(f"ok   {name}")
    except (AssertionError, KeyError, ValueError, re.error) as problem:
        failed += 1
        print(f"FAIL {name}: {problem!r}")
sys.exit(1 if failed else 0)
