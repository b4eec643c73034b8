"""The program itself: small, and at home on any Linux."""

import re
import tomllib
import unittest

from support import PROGRAM, ROOT, run, TestCase


class Program(TestCase):
    def test_is_below_8_mb(self):
        self.assertLess(PROGRAM.stat().st_size, 8_000_000)

    def test_asks_for_no_new_library(self):
        needed = run("readelf", "--dynamic", PROGRAM).stdout
        if "(NEEDED)" not in needed:
            return
        symbols = run("objdump", "-T", PROGRAM).stdout
        versions = re.findall(r"GLIBC_(\d+)\.(\d+)", symbols)
        self.assertTrue(versions)
        self.assertLessEqual(max((int(one), int(two)) for one, two in versions), (2, 17))

    def test_tells_the_version(self):
        version = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]
        self.assertEqual(run(PROGRAM, "--version").stdout.strip(), f"pmta-ls {version}")


if __name__ == "__main__":
    unittest.main()
