import { type Debugger, Session } from "node:inspector";
import util from "node:util";
import { declaringCallSites } from "./declaringCallSites";
import { pathInSdk } from "./lazySdk";
import { interceptRequire, loader } from "./moduleLoader";

/** What this module replaces in `runtime/debuggable.js` of @pulumi/pulumi. */
interface Debuggable {
  debuggablePromise?: (...parameters: readonly unknown[]) => unknown;
}

/** What this module replaces in `resource.js` of @pulumi/pulumi. */
interface ResourceModule {
  readonly Resource?: { callsites?: () => readonly object[] };
}

/** What this module uses of source-map-support. */
interface SourceMaps {
  readonly install: (options: { readonly retrieveFile: (file: string) => string | null }) => void;
}

/** The files in the stack traces of failed calls. Their source maps are larger than they are. */
function isOfSdk(file: string): boolean {
  return /[/\\]node_modules[/\\](?:@pulumi[/\\]pulumi|@grpc)[/\\]/u.test(file);
}

/**
 * Makes @pulumi/pulumi skip what it records for diagnostics that nothing reads here: the whole stack trace
 * of every resource, of which only the position in the program is used; the stack trace of every promise,
 * for the search for leaks; the files of all functions, from the debugger of V8; and, in the stack traces
 * of errors, the lines of the SDK's own sources. Writing stack traces with the lines of sources takes as
 * long as the rest of what a program does. An SDK in which one of these does not exist is left as it is.
 */
export function keepSdkQuiet(): void {
  const patched = new Set<object>();
  const patchOnce = (module: object, patch: () => void): void => {
    if (!patched.has(module)) patch();
    patched.add(module);
  };
  const searchesLeaks = Boolean(process.env["PULUMI_DEBUG_PROMISE_LEAKS"]);
  interceptRequire((request, importer, load) => {
    if (pathInSdk(importer.filename) === undefined) return undefined;
    if (/(?:^|\/)v8Hooks$/u.test(request)) return scriptUrls;
    if (request === "source-map-support/register") {
      const { install } = loader._load("source-map-support", importer, false) as SourceMaps;
      install({ retrieveFile: (file) => (isOfSdk(file) ? "no source map" : null) });
    }
    if (/(?:^|\/)debuggable$/u.test(request) && !searchesLeaks) {
      const module: Debuggable = load();
      const { debuggablePromise } = module;
      // In a cycle of imports, a module is incomplete at first.
      if (debuggablePromise !== undefined)
        patchOnce(module, () => (module.debuggablePromise = withoutStackTrace(debuggablePromise)));
    }
    if (/(?:^|\/)resource$/u.test(request)) {
      const { Resource }: ResourceModule = load();
      if (Resource?.callsites !== undefined)
        patchOnce(Resource, () => (Resource.callsites = declaringCallSites));
    }
    return undefined;
  });
}

/**
 * Makes this process print errors without color. In color, Node.js 20.20 loops until its memory is full
 * if the stack trace has a frame like `node_modules/@pulumi/output.ts`, which the source maps of
 * @pulumi/pulumi produce: any error inside an `apply` takes half a minute.
 */
export function printErrorsPlainly(): void {
  const { inspect } = util;
  const plain = (value: unknown, options?: unknown, ...rest: readonly unknown[]): unknown => {
    // An old signature has a flag in place of the options.
    const shown = typeof options === "object" ? { ...options, colors: false } : options;
    return Reflect.apply(inspect, util, [value, shown, ...rest]);
  };
  Object.assign(util, { inspect: Object.assign(plain, inspect) });
}

function withoutStackTrace<Parameters extends readonly unknown[], Result>(
  run: (...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result {
  return (...parameters) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return run(...parameters);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

const urls = new Map<string, string>();
let session: Session | undefined;

/**
 * Replaces `runtime/closure/v8Hooks.js` of @pulumi/pulumi, which connects every program to the debugger of
 * V8, because a function that becomes an archive is described by the debugger. This one connects when
 * the first function is: the debugger then reports all scripts that are in use.
 */
const scriptUrls = {
  getSessionAsync: (): Promise<Session> => Promise.resolve((session ??= connected())),
  isInitializedAsync: (): Promise<void> => Promise.resolve(),
  getScriptUrl: (id: string): string | undefined => urls.get(id),
};

function connected(): Session {
  const connecting = new Session();
  connecting.connect();
  connecting.on(
    "Debugger.scriptParsed",
    ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
      urls.set(params.scriptId, params.url);
    },
  );
  connecting.post("Debugger.enable");
  return connecting;
}
