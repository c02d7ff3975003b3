"use strict";
// Starts the policy pack in a folder as Pulumi does, and ends when it is ready to judge.
const { spawn } = require("node:child_process");
const path = require("node:path");

const [, , folder] = process.argv;
const server = spawn(
  process.execPath,
  [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:0", path.resolve(folder)],
  { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
);
// Its first line is the port on which it serves.
server.stdout.once("data", () => server.kill("SIGTERM"));
server.once("close", (code) => {
  process.exitCode = code === 143 ? 0 : 1;
});
