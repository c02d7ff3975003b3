import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { newerSyntax } from "./newerSyntax";

/**
 * Why Firehose cannot run a jq expression; it continues a sentence with the expression as its subject.
 * Undefined for an expression that jq 1.6 compiles.
 *
 * Firehose runs jq 1.6. It creates a delivery stream with an expression that does not compile, and then
 * rejects each record.
 */
export function jqProblem(expression: string): string | undefined {
  const error = compileError(expression);
  if (error !== undefined) return `does not compile: ${error}`;
  const newer = newerSyntax(expression);
  return newer === undefined ? undefined : `has ${newer}, which Firehose's jq 1.6 does not have`;
}

/** What compiles jq expressions, and what it has found, by expression. */
let compiler: Compiler | undefined;
const compiled = new Map<string, string | undefined>();

/**
 * The error with which jq rejects an expression, as a single line; undefined if it compiles. Nothing
 * is evaluated.
 *
 * jq-web only loads asynchronously, and settings are checked while the program runs. So it runs in a
 * thread, which starts with the first expression and never keeps the process alive.
 */
function compileError(expression: string): string | undefined {
  if (!compiled.has(expression)) {
    compiler ??= startCompiler();
    compiled.set(expression, summaryOf(compiler(programOf(expression))));
  }
  return compiled.get(expression);
}

/** Names of 1.6 that jq-web, a build of jq 1.7, no longer has. */
const removed = "def leaf_paths: .; def recurse_down: .; def scalars_or_empty: .;";

/**
 * In brackets of both kinds, so that an expression cannot close them and compile only with its
 * surroundings. The line breaks end comments in the expression.
 */
function programOf(expression: string): string {
  return `${removed} empty | (${expression}\n), [${expression}\n]`;
}

/** @returns what jq prints, or undefined without an error */
type Compiler = (program: string) => string | undefined;

function startCompiler(): Compiler {
  const { port1: port, port2: end } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { end, signal, jq: require.resolve("jq-web") };
  const worker = new Worker(thread, {
    eval: true,
    workerData,
    transferList: [end],
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  worker.unref();
  port.unref();
  return (program) => {
    Atomics.store(signal, 0, 0);
    port.postMessage(program);
    Atomics.wait(signal, 0, 0);
    const answer = receiveMessageOnPort(port)?.message as { error?: string } | undefined;
    if (answer === undefined) throw new Error("The thread that compiles jq did not answer.");
    return answer.error;
  };
}

/** Runs in the thread. Answers that cannot be given end the waiting too. */
const thread = `
const { workerData: { end, signal, jq } } = require("node:worker_threads");
const answer = (error) => {
  end.postMessage({ error });
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
};
console.warn = () => {};
const loaded = Promise.resolve().then(() => require(jq));
end.on("message", async (program) => {
  try {
    (await loaded).raw("null", program, ["-c"]);
    answer();
  } catch (error) {
    answer(String(error.stderr || error.message || error));
  }
});
`;

/** jq's first error without the program that it is in, e.g. "nope/0 is not defined". */
function summaryOf(error: string | undefined): string | undefined {
  if (error === undefined) return undefined;
  const [, first] =
    /^jq: error: (.*?)(?: \([^()]*quoting issues\?\))? at <top-level>/mu.exec(error) ?? [];
  return (first ?? error.split("\n", 1).join("")).replaceAll(
    "INVALID_CHARACTER",
    "an invalid character",
  );
}
