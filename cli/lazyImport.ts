type CodeCache = typeof import("../engine/runner/preload/codeCache");

let isCached = false;

/**
 * Imports a module when a command needs it: the AWS SDK, the engine's protocol and the time zones
 * take long to load, and neither `--help` nor the other commands need them.
 *
 * `import()` itself does not work here. TypeScript keeps it as an ECMAScript import, which finds
 * `./x.js` in the compiled program but not `./x.ts` under ts-node.
 *
 * @param from the caller's `module`
 * @param path relative to the caller
 */
export function lazyImport<Module>(from: NodeJS.Module, path: string): Promise<Module> {
  if (!isCached && __filename.endsWith(".js")) {
    isCached = true;
    // Not at the top: what needs no other module needs no cache either, e.g. --help.
    const { cacheCodeOf } = module.require("../engine/runner/preload/codeCache") as CodeCache;
    cacheCodeOf("streamlake", process.argv[2] ?? "");
  }
  return Promise.resolve(from.require(path) as Module);
}
