"use strict";
const { readdirSync } = require("node:fs");
const { availableParallelism } = require("node:os");
const { join, relative, sep } = require("node:path");
const one = require("../../.mocharc.cjs");
const costs = require("../costs.json");

const root = join(__dirname, "../..");

/** Tests with the Pulumi CLI, which `npm run test:engine` runs. */
const withPulumi = (file) => file.startsWith("test/pulumi/");

/** All other test files, the most expensive first, so that no job is left alone with one at the end. */
const files = readdirSync(join(root, "test"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
  .filter((file) => !withPulumi(file))
  .sort((a, b) => secondsOf(b) - secondsOf(a) || (a < b ? -1 : 1));

function secondsOf(file) {
  return costs[file]?.seconds ?? 0;
}

const parallel = { ...one, parallel: true, jobs: Math.max(2, availableParallelism()) };

/** Configuration of Mocha for all tests. */
const all = { ...parallel, spec: files };

/** For those that start no processes. */
const unit = {
  ...parallel,
  require: [...one.require, "test/support/noProcesses.cjs"],
  spec: files.filter((file) => !costs[file]?.startsProcesses),
};

module.exports = { all, unit };
