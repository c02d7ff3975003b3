"use strict";
const childProcess = require("node:child_process");

/** Calls a function before this process starts another one, whichever way it does. */
exports.onProcessStart = (observe) => {
  const starts = [
    [childProcess.ChildProcess.prototype, "spawn"],
    [childProcess, "spawnSync"],
    [childProcess, "execFileSync"],
    [childProcess, "execSync"],
  ];
  for (const [object, name] of starts) {
    const start = object[name];
    object[name] = function (...args) {
      observe();
      return start.apply(this, args);
    };
  }
};
