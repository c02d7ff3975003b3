import { Archive } from "./archive";
import { compilerStandIn } from "./compilerStandIn";
import { loadSdkLazily } from "./lazySdk";
import { tsNodeStandIn } from "./tsNodeStandIn";

// Node.js loads this file before a runner of @pulumi/pulumi. What it changes is how modules are loaded,
// never which.
const [, runner = "", ...rest] = process.argv;
// The engine's address differs from run to run.
const archive = Archive.open([runner, process.cwd(), rest.at(-1) ?? ""]);
loadSdkLazily({ typescript: compilerStandIn(archive), tsNode: tsNodeStandIn(archive) });
process.once("exit", () => {
  archive.save();
});
