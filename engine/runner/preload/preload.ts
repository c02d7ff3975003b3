import { sep } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Archive } from "./archive";
import { cacheCode } from "./codeCache";
import { compilerStandIn } from "./compilerStandIn";
import { loadSdkLazily } from "./lazySdk";
import { keepSdkQuiet, printErrorsPlainly } from "./quietSdk";
import { loader } from "./moduleLoader";
import { tsNodeStandIn } from "./tsNodeStandIn";

// Node.js loads this file before a runner of @pulumi/pulumi. What it changes is how modules are loaded,
// never which.
const [, runner = "", ...rest] = process.argv;
// Earlier arguments, such as the engine's address, differ from run to run.
const pack = `${process.cwd()}${sep}`;
const archive = Archive.open([runner, process.cwd(), rest.at(-1) ?? ""]);
/** For the code of installed packages, so that the first run of a further program has it already. */
const packages = Archive.open([runner]);
const isInstalled = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);
// The SDK sets this flag a little later. Code that was compiled without it is of no use after that.
setFlagsFromString("--allow-natives-syntax");
const addCode = cacheCode((file) => (isInstalled(file) ? packages : archive));
loadSdkLazily({ typescript: compilerStandIn(archive), tsNode: tsNodeStandIn(archive) });
keepSdkQuiet();
printErrorsPlainly();

// An error about a missing module begins with many frames of the loader and of this preload.
Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 25);

const save = (): void => {
  addCode();
  archive.save();
  packages.save();
};
process.once("exit", save);
if (/[/\\]run-policy-pack[/\\]index\.js$/u.test(runner)) saveOncePackIsLoaded();

/** A policy pack is ended from outside, so nothing can wait for its end. */
function saveOncePackIsLoaded(loadedBefore = 0): void {
  const files = Object.keys(loader._cache);
  const isLoading = files.length > loadedBefore || !files.some((file) => file.startsWith(pack));
  if (isLoading) setTimeout(saveOncePackIsLoaded, 100, files.length).unref();
  else save();
}
