import { fileURLToPath } from "node:url";

/** A frame of a stack, in the form of @pulumi/pulumi: empty if its position is of no interest. */
export interface SourceFrame {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The constructors of the SDK, of a package and of a component, and the callers of all these. */
const CAPTURED = 30;

/** A component that the program defines has a frame of its own before the one that declares it. */
const LOCATED = 2;

/**
 * The current stack with the positions of the first frames outside the SDK and its packages. Those are
 * all that decides where a program declares a resource. Only they are mapped to their sources, because that
 * is what makes a stack trace expensive.
 *
 * @returns the frames, the caller of this function being at index 1, as `Resource.callsites` returns them
 */
export function declaringCallSites(): readonly SourceFrame[] {
  const sites = capturedSites();
  const inProgram = sites.filter(isOfProgram).slice(0, LOCATED);
  return sites.map((site) => (inProgram.includes(site) ? located(site) : {}));
}

/** How V8 writes the stack trace of an error. */
interface StackTraces {
  stackTraceLimit: number;
  prepareStackTrace?: ((error: Error, sites: NodeJS.CallSite[]) => unknown) | undefined;
}

const traces: StackTraces = Error;

function capturedSites(): readonly NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = traces;
  const trace: { readonly stack?: unknown } = {};
  try {
    traces.stackTraceLimit = CAPTURED;
    traces.prepareStackTrace = (_error, captured) => captured;
    Error.captureStackTrace(trace, capturedSites);
    // V8 prepares the stack when it is read.
    return Array.isArray(trace.stack) ? (trace.stack as readonly NodeJS.CallSite[]) : [];
  } finally {
    traces.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace === undefined) delete traces.prepareStackTrace;
    else traces.prepareStackTrace = prepareStackTrace;
  }
}

const OF_SDK = /[/\\]node_modules[/\\]@pulumi[/\\]/u;

function isOfProgram(site: NodeJS.CallSite): boolean {
  const file = site.getFileName() ?? "";
  return file !== "" && file !== __filename && !file.startsWith("node:") && !OF_SDK.test(file);
}

const POSITION = /(?:\(|at )(?:async )?([^()]+):(\d+):(\d+)\)?$/u;

/** The position as whatever maps stack traces to sources in this process writes it. */
function located(site: NodeJS.CallSite): SourceFrame {
  const prepare =
    traces.prepareStackTrace ??
    ((_error, [only]) =>
      `    at ${only?.getFileName() ?? ""}:${only?.getLineNumber() ?? 0}:${only?.getColumnNumber() ?? 0}`);
  const prepared = prepare(new Error(), [site]);
  const [, path = "", line, column] =
    POSITION.exec(typeof prepared === "string" ? prepared : "") ?? [];
  if (path === "") return {};
  const file = path.startsWith("file:") ? fileURLToPath(path) : path;
  return { file, line: Number(line), column: Number(column) };
}
