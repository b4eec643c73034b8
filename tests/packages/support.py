"""What the tests of packages share."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Where run.sh has made everything.
MADE = pathlib.Path(os.environ["PMTA_PACKAGES"])
PROGRAM = MADE / "pmta-ls"
PACKAGES = MADE / "packages"
EXAMPLES = ["docs/examples/config", "docs/examples/hot.conf"]


def run(*command, **options):
    """Runs a command in the root of the repository; fails with its output if it ends with another status
    than `status`."""
    status = options.pop("status", 0)
    environment = os.environ | options.pop("env", {})
    done = subprocess.run(
        [str(part) for part in command], cwd=options.pop("cwd", ROOT), env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )
    if done.returncode != status:
        raise AssertionError(
            f"{command} ended with {done.returncode}, not {status}:\n{done.stdout}{done.stderr}"
        )
    return done


def findings(*program, **options):
    """What this program finds in the examples."""
    done = run(*program, "check", "--format", "json", *EXAMPLES, status=1, **options)
    return json.loads(done.stdout)


def files(folder):
    """All files below a folder but those that Python makes for itself."""
    found = (path for path in pathlib.Path(folder).rglob("*") if not path.is_dir())
    return {str(path.relative_to(folder)) for path in found if "__pycache__" not in path.parts}


class TestCase(unittest.TestCase):
    """A test with an empty folder of its own."""

    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_finds_the_same(self, *program, **options):
        """That an installed program finds what the built one does, and that this is a lot."""
        wanted = findings(PROGRAM)
        self.assertGreater(len(wanted), 10)
        self.assertEqual(findings(*program, **options), wanted)


def package(pattern):
    """The one package whose name fits."""
    found = list(PACKAGES.glob(pattern))
    assert len(found) == 1, f"{pattern}: {found}"
    return found[0]
