"""Each package, installed into an empty place and removed again."""

import gzip
import sys
import unittest

import support
from support import package, run, TestCase


class Wheel(TestCase):
    def test_installs_and_leaves_nothing(self):
        run(sys.executable, "-m", "venv", self.folder)
        before = support.files(self.folder)
        pip = self.folder / "bin/pip"
        run(pip, "install", "--no-index", package("pmta_ls-*.whl"))
        self.assert_finds_the_same("pmta-ls", env={"PATH": f"{self.folder}/bin:/usr/bin:/bin"})
        run(pip, "uninstall", "--yes", "pmta-ls")
        self.assertEqual(support.files(self.folder), before)

    def test_is_made_the_same_twice(self):
        made = package("pmta_ls-*.whl")
        run(support.ROOT / "packages/wheel.py", support.PROGRAM, self.folder)
        self.assertEqual((self.folder / made.name).read_bytes(), made.read_bytes())


class Npm(TestCase):
    def setUp(self):
        super().setUp()
        self.options = {"cwd": self.folder, "env": {"npm_config_cache": str(self.folder / "cache")}}

    def npm(self, *arguments, **options):
        return run("npm", *arguments, "--silent", "--no-audit", "--no-fund", **self.options, **options)

    def test_installs_and_leaves_nothing(self):
        (self.folder / "package.json").write_text("{}")
        packages = [package("pmta-ls-[0-9]*.tgz"), package("pmta-ls-linux-*.tgz")]
        self.npm("install", "--offline", *packages)
        program = self.folder / "node_modules/.bin/pmta-ls"
        self.assert_finds_the_same(program)
        shown = run("npx", "--offline", "pmta-ls", "--version", **self.options).stdout
        self.assertTrue(shown.startswith("pmta-ls "), shown)
        # The status is that of the program.
        run(program, "check", "no-such-file", status=2)
        installed = [f"@pmta-ls/{machine.name}" for machine in (self.folder / "node_modules/@pmta-ls").iterdir()]
        self.npm("uninstall", "--offline", "pmta-ls", *installed)
        left = support.files(self.folder / "node_modules") - {".package-lock.json"}
        self.assertEqual(left, set())

    def test_says_what_is_missing(self):
        run("tar", "-xzf", package("pmta-ls-[0-9]*.tgz"), "-C", self.folder)
        done = run("node", self.folder / "package/pmta-ls.js", status=2)
        self.assertIn("is not installed", done.stderr)


class Debian(TestCase):
    def setUp(self):
        super().setUp()
        state = self.folder / "var/lib/dpkg"
        for name in ["info", "triggers", "updates"]:
            (state / name).mkdir(parents=True)
        (state / "status").touch()
        self.dpkg = ["dpkg", "--force-not-root", f"--root={self.folder}", "--no-triggers"]

    def installed(self):
        """The installed files, without what dpkg keeps for itself."""
        return {name for name in support.files(self.folder) if not name.startswith("var/")}

    def test_installs_and_leaves_nothing(self):
        run(*self.dpkg, "--install", package("pmta-ls_*.deb"))
        self.assert_finds_the_same(self.folder / "usr/bin/pmta-ls")
        for name in [
            "usr/share/bash-completion/completions/pmta-ls",
            "usr/share/doc/pmta-ls/copyright",
            "usr/share/doc/pmta-ls/docs/directives/max-smtp-out.md",
            "usr/share/fish/vendor_completions.d/pmta-ls.fish",
            "usr/share/nvim/site/lsp/pmta.lua",
            "usr/share/pmta-ls/helix/languages.toml",
            "usr/share/zsh/vendor-completions/_pmta-ls",
        ]:
            self.assertTrue((self.folder / name).stat().st_size > 0, name)
        manual = self.folder / "usr/share/man/man1/pmta-ls-check.1.gz"
        self.assertIn(b"--baseline", gzip.decompress(manual.read_bytes()).replace(b"\\-", b"-"))
        run("bash", "-n", self.folder / "usr/share/bash-completion/completions/pmta-ls")
        run(*self.dpkg, "--purge", "pmta-ls")
        self.assertEqual(self.installed(), set())
        self.assertEqual(list((self.folder / "usr").glob("**/*pmta*")), [])


if __name__ == "__main__":
    unittest.main()
