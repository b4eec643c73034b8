"""The crates, and the grammar as a package for Python and npm."""

import json
import sys
import tarfile
import unittest

from support import MADE, ROOT, run, TestCase


class Crates(TestCase):
    def names(self, crate):
        """The files of a crate, without its folder."""
        (path,) = (MADE / "crates/package").glob(f"{crate}-[0-9]*.crate")
        with tarfile.open(path) as archive:
            return {name.split("/", 1)[1] for name in archive.getnames()}

    def test_hold_what_they_are_built_from(self):
        common = {"Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT"}
        analysis = self.names("pmta-analysis")
        catalog = ROOT / "server/analysis/src/catalog"
        data = {f"src/catalog/{path.relative_to(catalog)}" for path in catalog.rglob("*.toml")}
        self.assertGreater(len(data), 30)
        self.assertLessEqual(common | data | {"build.rs", "build/load.rs"}, analysis)
        self.assertLessEqual(common | {"src/main.rs"}, self.names("pmta-ls"))
        grammar = {"src/parser.c", "src/scanner.c", "src/scanner/lines.h", "queries/highlights.scm"}
        self.assertLessEqual(common | grammar, self.names("tree-sitter-pmta"))


class Grammar(TestCase):
    def test_works_in_python(self):
        python = sys.executable
        # A copy, since setuptools writes beside its input.
        run("cp", "-rL", ROOT / "grammar", self.folder / "grammar")
        site = self.folder / "site"
        run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--target", site, self.folder / "grammar")
        program = (
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "import tree_sitter_pmta as pmta\n"
            "from tree_sitter import Language, Parser, Query\n"
            "language = Language(pmta.language())\n"
            "tree = Parser(language).parse(open(sys.argv[2], 'rb').read())\n"
            "assert not tree.root_node.has_error and tree.root_node.child_count > 5\n"
            "Query(language, pmta.HIGHLIGHTS_QUERY)\n"
        )
        run(python, "-c", program, site, ROOT / "docs/examples/config")

    def test_works_as_webassembly(self):
        run(ROOT / "packages/grammar_wasm.sh", self.folder)
        options = ["--silent", "--no-audit", "--no-fund", "--prefix", self.folder]
        run("npm", "install", *options, "web-tree-sitter@0.27.1")
        program = self.folder / "parse.mjs"
        program.write_text(
            'import { readFileSync } from "node:fs";\n'
            'import { Language, Parser } from "web-tree-sitter";\n'
            "await Parser.init();\n"
            "const parser = new Parser();\n"
            'parser.setLanguage(await Language.load("tree-sitter-pmta.wasm"));\n'
            'const tree = parser.parse(readFileSync(process.argv[2], "utf8"));\n'
            "if (tree.rootNode.hasError || tree.rootNode.childCount < 5) process.exit(1);\n"
        )
        run("node", program, ROOT / "docs/examples/config", cwd=self.folder)

    def test_npm_package_holds_what_it_is_built_from(self):
        packed = run("npm", "pack", "--dry-run", "--json", cwd=ROOT / "grammar").stdout
        packed = json.loads(packed)
        names = {file["path"] for file in packed[0]["files"]}
        self.assertLessEqual(
            {"binding.gyp", "bindings/node/binding.cc", "grammar.js", "queries/highlights.scm", "src/parser.c",
             "src/scanner.c", "src/scanner/lines.h", "src/tree_sitter/parser.h", "tree-sitter.json"},
            names,
        )


if __name__ == "__main__":
    unittest.main()
