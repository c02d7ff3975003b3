"use strict";
const { spawnSync } = require("node:child_process");
const { performance } = require("node:perf_hooks");

/** Milliseconds that this machine needs to start Node.js now. */
function nodeStart() {
  const begin = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - begin;
}

/*
 * The time limit of a test only ends one that hangs. 10 minutes is 15,000 starts of Node.js on an idle
 * machine, which take 40 ms each; a slow or busy machine gets as many of its own.
 */
const watchdog = Math.max(600_000, Math.ceil(15_000 * nodeStart()));

module.exports = {
  require: ["test/support/environment.cjs", "test/support/typescript.cjs"],
  timeout: watchdog,
  reporter: "test/support/countingReporter.cjs",
};
