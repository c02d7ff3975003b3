import Module from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";
import { Archive, sha256 } from "./archive";
import { loader } from "./moduleLoader";

/** What Node.js wraps every CommonJS module in. */
type Wrapper = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  directory: string,
) => unknown;

/** The characters of the wrapper in front of a module's first line. */
const WRAPPER_LENGTH = Module.wrap("").indexOf("{") + 2;

/** Only Node.js itself can compile a module that imports ES modules, or one that starts with `#!`. */
const IMPORTS = /\bimport\s*\(|^#!/u;

interface Compiled {
  readonly script: Script;
  readonly stamp: string;
  readonly archive: Archive;
}

/**
 * Keeps the machine code that V8 makes of each CommonJS module. Node.js 22.1 and later do so themselves;
 * see `NODE_COMPILE_CACHE`.
 *
 * @param archiveOf the archive for the code of a file
 * @returns adds the code of this run to the archives
 */
export function cacheCode(archiveOf: (file: string) => Archive): () => void {
  if ("enableCompileCache" in Module) return () => undefined;
  const compiled = new Map<string, Compiled>();
  const compileUncached = loader.prototype._compile;
  loader.prototype._compile = function (source, filename) {
    const archive = archiveOf(filename);
    if (!archive.isStored || IMPORTS.test(source))
      return compileUncached.call(this, source, filename);
    const [name, stamp] = [`v8 ${filename}`, sha256(source)];
    const cachedData = archive.get(name, stamp);
    let script: Script;
    try {
      script = new Script(Module.wrap(source), {
        filename,
        columnOffset: -WRAPPER_LENGTH,
        ...(cachedData && { cachedData }),
      });
    } catch {
      // Node.js describes what is wrong with the source.
      return compileUncached.call(this, source, filename);
    }
    if (script.cachedDataRejected !== false) compiled.set(name, { script, stamp, archive });
    const run = script.runInThisContext() as Wrapper;
    return run.call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
  };
  return () => {
    for (const [name, { script, stamp, archive }] of compiled)
      archive.set(name, stamp, script.createCachedData());
    compiled.clear();
  };
}

/**
 * Keeps the code of this process, apart from what is loaded already.
 *
 * @param purpose distinguishes processes that load different modules
 */
export function cacheCodeOf(...purpose: readonly string[]): void {
  const archive = Archive.open([...purpose, __dirname]);
  const addCode = cacheCode(() => archive);
  process.once("exit", () => {
    addCode();
    archive.save();
  });
}

/** The `require` of a module. */
function requireOf(module: NodeJS.Module): NodeJS.Require {
  const resolve = (request: string, options?: object): string =>
    loader._resolveFilename(request, module, false, options);
  const paths = (request: string): string[] | null => loader._resolveLookupPaths(request, module);
  return Object.assign((request: string): unknown => module.require(request), {
    resolve: Object.assign(resolve, { paths }),
    main: (process as { readonly mainModule?: NodeJS.Module }).mainModule,
    extensions: loader._extensions,
    cache: loader._cache,
  }) as NodeJS.Require;
}
