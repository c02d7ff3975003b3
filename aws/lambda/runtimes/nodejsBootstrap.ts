/** The numbers of the pipes that a process of a function has. */
export const pipes = {
  /** Calls and their answers, one JSON object per line. */
  calls: 3,
  /** Closes when the command is gone, even after SIGKILL. */
  lifeline: 4,
} as const;

/**
 * Runs a function for Node.js: finds the handler, then answers one call after the other. CommonJS, so
 * that it runs in every version of Node.js.
 *
 * How a handler is found, called and answered follows the documentation of Lambda: "Define Lambda function
 * handler in Node.js", and what its runtime interface client does.
 */
export const NODEJS_BOOTSTRAP = `
"use strict";
const { existsSync, readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { Socket } = require("node:net");
const { basename, dirname, join } = require("node:path");
const { createInterface } = require("node:readline");
const { pathToFileURL } = require("node:url");
const { Worker } = require("node:worker_threads");

// In a thread, because a function can keep the main one busy for ever.
new Worker(
  'const { Socket } = require("node:net");' +
    'const kill = (id) => { try { process.kill(id, "SIGKILL"); } catch {} };' +
    // With what the function has started.
    'const end = () => { kill(-process.pid); kill(process.pid); };' +
    'new Socket({ fd: ${pipes.lifeline} }).on("error", end).on("close", end).resume();',
  { eval: true, env: {}, execArgv: [] },
).unref();

const calls = new Socket({ fd: ${pipes.calls} });
calls.on("error", () => process.exit(1)).on("close", () => process.exit(1));
const send = (message) => calls.write(JSON.stringify(message) + "\\n");

const root = process.env.LAMBDA_TASK_ROOT;
const settings = JSON.parse(process.argv[2]);
const takesCallback = settings.nodeVersion < 24;

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function isEsModule(file) {
  if (!file.endsWith(".js")) return file.endsWith(".mjs");
  for (let at = dirname(file); ; at = dirname(at)) {
    const manifest = join(at, "package.json");
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
    if (at === root || at === dirname(at)) return false;
  }
}

async function findHandler(handler) {
  const name = basename(handler);
  const dot = name.indexOf(".");
  if (handler.includes("..") || dot < 1 || dot === name.length - 1)
    throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler " + handler);
  const module = join(dirname(handler), name.slice(0, dot));
  const names = name.slice(dot + 1).split(".");
  const file = ["", ".js", ".mjs", ".cjs"].map((end) => join(root, module + end)).find(isFile);
  if (file === undefined)
    throw new RuntimeError("Runtime.ImportModuleError", "Error: Cannot find module '" + module + "'");
  let found;
  try {
    found = isEsModule(file) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    const isMissing = error.code === "MODULE_NOT_FOUND" || error.code === "ERR_MODULE_NOT_FOUND";
    console.error(error);
    if (isMissing) throw new RuntimeError("Runtime.ImportModuleError", String(error.message));
    if (error instanceof SyntaxError)
      throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error));
    throw error;
  }
  for (const one of names) found = found?.[one];
  if (found === undefined)
    throw new RuntimeError("Runtime.HandlerNotFound", handler + " is undefined or not exported");
  if (typeof found !== "function")
    throw new RuntimeError("Runtime.HandlerNotFound", handler + " is not a function");
  if (!takesCallback && found.length > 2)
    throw new RuntimeError(
      "Runtime.CallbackHandlerDeprecated",
      handler + " takes a callback, which Node.js 24 and later do not pass; return a promise",
    );
  return found;
}

function isFile(path) {
  try {
    return require("node:fs").statSync(path).isFile();
  } catch {
    return false;
  }
}

function described(error) {
  if (!(error instanceof Error))
    return { errorType: typeof error, errorMessage: typeof error === "string" ? error : String(error) };
  return { errorType: error.name, errorMessage: error.message };
}

// The call in progress.
let current;

function finish(call, answer) {
  // A function can settle a call twice, or one that is over.
  if (current !== call) return;
  current = undefined;
  calls.ref();
  send(answer);
}

function succeed(call, result) {
  let payload;
  try {
    // JSON has no functions and symbols.
    payload = JSON.stringify(result) ?? "null";
  } catch (error) {
    return fail(call, error);
  }
  finish(call, { payload });
}

function fail(call, error) {
  if (current === call) console.error(error);
  finish(call, { error: described(error) });
}

// Nothing can happen any more: the function waits for what never comes, or calls no callback.
process.on("beforeExit", () => {
  if (current !== undefined) succeed(current, null);
});

function run(handler, call) {
  current = call;
  // A call that nothing keeps running any more ends.
  calls.unref();
  const callback = (error, result) => (error ? fail(call, error) : succeed(call, result));
  const old = {
    callbackWaitsForEmptyEventLoop: true,
    done: callback,
    succeed: (result) => succeed(call, result),
    fail: (error) => fail(call, error),
  };
  const context = {
    ...call.context,
    awsRequestId: call.requestId,
    getRemainingTimeInMillis: () => Math.max(0, call.deadline - Date.now()),
    ...(takesCallback && old),
  };
  try {
    const event = JSON.parse(call.event);
    const result = takesCallback ? handler(event, context, callback) : handler(event, context);
    if (typeof result?.then === "function")
      result.then(old.succeed, old.fail);
    else if (!takesCallback) succeed(call, result);
  } catch (error) {
    fail(call, error);
  }
}

findHandler(process.env._HANDLER).then(
  (handler) => {
    createInterface({ input: calls, crlfDelay: Infinity }).on("line", (line) =>
      run(handler, JSON.parse(line)),
    );
    send({ ready: true });
  },
  (error) => {
    if (!(error instanceof RuntimeError)) console.error(error);
    send({ ready: false, error: described(error) });
  },
);
`;
