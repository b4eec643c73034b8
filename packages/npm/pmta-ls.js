#!/usr/bin/env node
// Runs the program that comes in the package for this machine.
"use strict";

const { spawnSync } = require("node:child_process");

const machine = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "pmta-ls.exe" : "pmta-ls";

let program;
try {
  program = require.resolve(`@pmta-ls/${machine}/${file}`);
} catch {
  console.error(
    `pmta-ls: the package @pmta-ls/${machine} is not installed. Install again without --omit=optional; ` +
      "if there is no such package, build the program with `cargo install pmta-ls`.",
  );
  process.exit(2);
}

const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`pmta-ls: ${program} cannot be run: ${error.message}`);
  process.exit(2);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status ?? 2);
