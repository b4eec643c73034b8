"""The packages where people use them: before a commit, in a job, before a reload."""

import json
import os
import pathlib
import shutil
import sys
import unittest

from support import PACKAGES, PROGRAM, ROOT, run, TestCase

MISTAKE = "max-smtp-ot 20\n"
WORKING = "max-smtp-out 20\n"
ROOT_FILE = "postmaster postmaster@example.com\n<domain *>\n    {}</domain>\n"

# pip finds the wheel of the program here, as it will in the registry.
PIP = {"PIP_FIND_LINKS": f"{PACKAGES} {os.environ.get('PIP_FIND_LINKS', '')}".strip()}


class PreCommit(TestCase):
    def git(self, *arguments, **options):
        identity = {
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PRE_COMMIT_HOME": str(self.folder / "pre-commit"),
            "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        return run("git", *arguments, env=identity | PIP, **options)

    def hooks(self):
        """A repository with the files of this one that a hook needs, and its commit."""
        folder = self.folder / "hooks"
        folder.mkdir()
        for name in [".pre-commit-hooks.yaml", "pyproject.toml"]:
            shutil.copy(ROOT / name, folder)
        self.git("init", "--quiet", cwd=folder)
        self.git("add", ".", cwd=folder)
        self.git("commit", "--quiet", "--message", "Hooks", cwd=folder)
        return folder, self.git("rev-parse", "HEAD", cwd=folder).stdout.strip()

    def test_a_mistake_is_not_committed(self):
        hooks, revision = self.hooks()
        work = self.folder / "work"
        config = work / "pmta/config"
        config.parent.mkdir(parents=True)
        config.write_text(ROOT_FILE.format(MISTAKE))
        (work / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: pmta-ls-check\n"
        )
        self.git("init", "--quiet", cwd=work)
        run(sys.executable, "-m", "pre_commit", "install", cwd=work)
        self.git("add", ".", cwd=work)
        refused = self.git("commit", "--message", "A mistake", cwd=work, status=1)
        shown = refused.stdout + refused.stderr
        self.assertIn("max-smtp-ot", shown)
        self.assertIn("max-smtp-out", shown)
        self.assertIn("pmta/config:3", shown)
        self.git("rev-parse", "HEAD", cwd=work, status=128)

        config.write_text(ROOT_FILE.format(WORKING))
        self.git("add", ".", cwd=work)
        self.git("commit", "--message", "Repaired", cwd=work)
        self.git("rev-parse", "HEAD", cwd=work)


class Action(TestCase):
    def action(self, status, **inputs):
        """Runs the step of the action as a runner does; its output, and what it told the runner."""
        told = {"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary"}
        told = {name: self.folder / file for name, file in told.items()}
        environment = {name: str(path) for name, path in told.items()}
        environment["RUNNER_TEMP"] = str(self.folder)
        environment |= {f"PMTA_LS_{name.upper()}": value for name, value in inputs.items()}
        done = run(
            ROOT / "packages/action.sh", cwd=self.folder, status=status,
            env=environment | PIP | {"PIP_NO_INDEX": "1"},
        )
        return done.stdout, {name: path.read_text() for name, path in told.items()}

    def test_tells_findings_at_their_lines(self):
        (self.folder / "a.conf").write_text(MISTAKE)
        (self.folder / "b c.conf").write_text(WORKING)
        shown, told = self.action(
            1, program=str(PROGRAM), paths="a.conf\nb c.conf\n", sarif_file="found.sarif", fail_on="warning"
        )
        self.assertRegex(shown, r"(?m)^::warning file=a\.conf,line=1,")
        self.assertNotIn("b c.conf", shown)
        self.assertEqual(told["GITHUB_OUTPUT"], "status=1\n")
        self.assertIn("unknown-directive", told["GITHUB_STEP_SUMMARY"])
        found = json.loads((self.folder / "found.sarif").read_text())
        self.assertEqual(found["runs"][0]["results"][0]["ruleId"], "unknown-directive")

    def test_installs_the_program(self):
        (self.folder / "a.conf").write_text(MISTAKE)
        shown, told = self.action(0, paths="a.conf", fail_on="error")
        self.assertIn("::warning", shown)
        self.assertEqual(told["GITHUB_OUTPUT"], "status=0\n")


class CheckedReload(TestCase):
    def test_reloads_only_what_holds(self):
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "pmta-ls").symlink_to(PROGRAM)
        pmta = programs / "pmta"
        pmta.write_text(f"#!/bin/sh\necho \"$@\" >> {self.folder}/reloaded\n")
        pmta.chmod(0o755)
        config = self.folder / "config"
        environment = {"PATH": f"{programs}:/usr/bin:/bin"}
        script = ROOT / "docs/examples/operations/checked-reload"

        config.write_text("<domain *>\n    max-smtp-out many\n</domain>\n")
        refused = run(script, config, env=environment, status=1)
        self.assertIn("keeps its configuration", refused.stderr)
        self.assertFalse((self.folder / "reloaded").exists())

        config.write_text("<domain *>\n    max-smtp-out 20\n</domain>\n")
        run(script, config, env=environment)
        self.assertEqual((self.folder / "reloaded").read_text(), "reload\n")


if __name__ == "__main__":
    unittest.main()
