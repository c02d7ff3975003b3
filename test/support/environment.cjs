"use strict";
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/*
 * Gives all tests and the processes that they start the same environment, whatever terminal, CI system,
 * account or locale they run in. `.mocharc.cjs` loads this file before all others, also in each worker.
 */

// Settings of the person or the CI system that runs the tests, except those about the tests themselves.
const isForeign = (name) =>
  /^(?:AWS|PULUMI|STREAMLAKE)_/u.test(name) && !/^STREAMLAKE_\w+_TESTS$/u.test(name);
for (const name of Object.keys(process.env)) if (isForeign(name)) delete process.env[name];
// They share a cache with each other, but neither profit from the user's nor change it.
process.env.XDG_CACHE_HOME = join(__dirname, "../../node_modules/.cache/tests");
// No stack is selected in a directory that does not exist.
process.env.PULUMI_HOME = join(tmpdir(), "streamlake-tests-have-no-pulumi-home");

// Reports are compared as plain text of 80 columns. Node.js warns of FORCE_COLOR next to NO_COLOR.
for (const name of ["CI", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "LINES"])
  delete process.env[name];
process.env.NO_COLOR = "1";
if (process.stdout.isTTY) for (const stream of [process.stdout, process.stderr]) asPipe(stream);

/** Width and kind of a terminal, which a command reads from its output, are those of a pipe. */
function asPipe(stream) {
  for (const name of ["isTTY", "columns", "rows"])
    Object.defineProperty(stream, name, { value: undefined, configurable: true });
}

// 14 hours ahead of UTC, and mostly on another date: a report in local time is noticed.
process.env.TZ = "Pacific/Kiritimati";
for (const name of ["LANGUAGE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME"]) delete process.env[name];
process.env.LC_ALL = "C.UTF-8";

// Property tests try other cases in each run. A seed makes them try the same ones.
const seed = process.env.STREAMLAKE_PROPERTY_TESTS;
if (seed !== undefined) require("fast-check").configureGlobal({ seed: Number(seed) });
