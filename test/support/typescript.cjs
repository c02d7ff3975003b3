"use strict";
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const ts = require("typescript");

/*
 * Runs TypeScript in the tests and in the processes that they start: ts-node, without type checking and with
 * its output kept on disk. Preload it with `--require test/support/typescript.cjs`.
 */

const cache = join(__dirname, "../../node_modules/.cache/streamlake-tests");

/** ts-node calls this to create its transpiler. */
exports.create = ({ service }) => {
  const compilerOptions = service.config.options;
  const compiler = JSON.stringify([ts.version, compilerOptions]);
  const transpile = (input, { fileName }) => {
    const key = createHash("sha256").update(`${compiler}\n${fileName}\n${input}`).digest("hex");
    const file = join(cache, key);
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      // Not there, or unreadable: transpiled anew.
    }
    const { outputText, sourceMapText } = ts.transpileModule(input, { fileName, compilerOptions });
    const output = { outputText, sourceMapText };
    keep(file, JSON.stringify(output));
    return output;
  };
  return { transpile };
};

/** Other processes see all of the file or nothing. Without the cache everything only takes longer. */
function keep(file, content) {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch {
    // For example a full disk.
  }
}

require("ts-node").register({ transpileOnly: true, transpiler: __filename });
