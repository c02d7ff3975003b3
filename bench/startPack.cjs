"use strict";
// Starts the policy pack in a directory as a plan does, and exits when the pack is ready.
/* global AbortController, setTimeout */
const path = require("node:path");
const { startPackServer } = require("../cli/dist/engine/policy/packServer.js");

const [, , directory] = process.argv;
const end = new AbortController();
const project = { name: "bench", directory: path.resolve(directory), typescript: true };
const settings = { project, stack: "dev", config: {}, secretKeys: [] };
startPackServer(directory, settings, { signal: end.signal }).then(
  // The first start in a cache writes it as soon as the pack is idle.
  () => setTimeout(() => end.abort(), Number(process.env.PACK_WAIT_MS ?? 0)),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
