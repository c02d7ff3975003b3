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
  return Promise.resolve(from.require(path) as Module);
}
