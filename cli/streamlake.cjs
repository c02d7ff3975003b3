#!/usr/bin/env node
"use strict";
// Runs in any Node.js version, so that an old one gets a sentence instead of a stack trace.
const { existsSync } = require("fs");
const { join, relative } = require("path");

const problem = startProblem();
if (problem === undefined) require("./dist/cli/main.js");
else {
  console.error(problem);
  process.exitCode = 2;
}

/** Why the command cannot start; undefined if it can. */
function startProblem() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 15))
    return (
      "streamlake requires Node.js 20.15 or later; this is Node.js " +
      process.versions.node +
      ". Install a newer version from https://nodejs.org."
    );
  const output = join(__dirname, "dist");
  // A published package is compiled and has no sources.
  if (!existsSync(join(__dirname, "main.ts"))) return undefined;
  const root = join(__dirname, "..");
  if (!existsSync(join(root, "node_modules", "commander")))
    return "The dependencies of streamlake are not installed. Install them: npm ci";
  if (!existsSync(join(output, "cli", "main.js")))
    return "streamlake is not built. Build it: npm run build";
  const { staleSource } = require("./dist/engine/runner/build.js");
  const sources = [
    "aws",
    "cli",
    "engine",
    "local",
    "records",
    "components/athena",
    "components/prefix",
  ];
  const directories = sources.map((name) => join(root, name));
  const edited = staleSource(directories, output);
  return edited === undefined
    ? undefined
    : relative(root, edited) + " was edited after streamlake was built. Build it: npm run build";
}
