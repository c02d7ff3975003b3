"use strict";
// Starts the policy pack in a directory as Pulumi does, and exits when the pack is ready.
const { spawn } = require("node:child_process");
const path = require("node:path");

const [, , directory] = process.argv;
const server = spawn(
  process.execPath,
  [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:0", path.resolve(directory)],
  { cwd: directory, stdio: ["ignore", "pipe", "inherit"] },
);
// Its first line of output is the port on which it listens.
server.stdout.once("data", () => server.kill("SIGTERM"));
server.once("close", (code) => {
  process.exitCode = code === 143 ? 0 : 1;
});
