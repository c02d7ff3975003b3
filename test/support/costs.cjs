"use strict";
const { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");
const prettier = require("prettier");
const { onProcessStart } = require("./processes.cjs");

/*
 * Writes test/costs.json: the CPU time of each test file, with that of the processes that it starts, and
 * whether it starts any. A plugin of Mocha, for Linux: `npm run test:costs`.
 */

const root = join(__dirname, "../..");
const costs = join(root, "test/costs.json");
const measured = join(root, "node_modules/.cache/streamlake-tests/costs.jsonl");
/** Of a cheaper file, costs.json contains only that it starts processes. */
const leastSeconds = 1;
/** A second of /proc has as many ticks. */
const ticks = 100;

/** CPU seconds of this process and of its children that have ended. */
function cpuSeconds() {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, time) => sum + Number(time), 0) / ticks;
}

let before = cpuSeconds();
let startsProcesses = false;
if (process.env.MOCHA_WORKER_ID !== undefined)
  onProcessStart(() => {
    startsProcesses = true;
  });

function fileOf({ tests, suites }) {
  return tests[0]?.file ?? suites.map(fileOf).find((file) => file !== undefined);
}

exports.mochaHooks = {
  /** Of one file: each worker runs the hooks of all files for each of its files. */
  afterAll() {
    const file = relative(root, fileOf(this.test.parent));
    const seconds = cpuSeconds() - before;
    appendFileSync(measured, `${JSON.stringify([file, { seconds, startsProcesses }])}\n`);
    before = cpuSeconds();
    startsProcesses = false;
  },
};

exports.mochaGlobalSetup = () => {
  mkdirSync(dirname(measured), { recursive: true });
  rmSync(measured, { force: true });
};

exports.mochaGlobalTeardown = async () => {
  const lines = readFileSync(measured, "utf8").trim().split("\n");
  const entries = lines
    .map((line) => JSON.parse(line))
    .map(([file, cost]) => [file, { ...cost, seconds: Math.round(cost.seconds) }])
    .filter(([, { seconds, startsProcesses }]) => seconds >= leastSeconds || startsProcesses)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const json = JSON.stringify(Object.fromEntries(entries));
  writeFileSync(
    costs,
    await prettier.format(json, { ...(await prettier.resolveConfig(costs)), parser: "json" }),
  );
};
