import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

// The runner compiles ES modules in TypeScript in another thread of Node.js. There, it loses its own
// options, and with them the places of errors.

/**
 * Node.js arguments for a runner, so that errors in ES modules have the places of their sources.
 *
 * @param directory of the program or pack
 * @param runner the runner's file in @pulumi/pulumi
 */
export function esModuleArguments(directory: string, runner: string): string[] {
  if (!isEsModule(directory)) return [];
  return ["--enable-source-maps", `--import=${sourceMapsFromNode(runner)}`];
}

/**
 * Environment variables for a runner. Without them, every run would check the types of an ES module and of
 * all packages that it uses. In tsconfig.json, `"ts-node": { "transpileOnly": false }` overrides them.
 */
export function esModuleEnvironment(directory: string): Readonly<Record<string, string>> {
  const asksForTypes = process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] === "false";
  return asksForTypes || !isEsModule(directory) ? {} : { TS_NODE_TRANSPILE_ONLY: "true" };
}

/** Whether the nearest package.json makes the files of a directory ES modules. */
function isEsModule(directory: string): boolean {
  const manifest = join(directory, "package.json");
  if (!existsSync(manifest)) {
    const parent = dirname(directory);
    return parent !== directory && isEsModule(parent);
  }
  try {
    const { type } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly type?: unknown };
    return type === "module";
  } catch {
    // The runner ignores a package.json that it cannot read.
    return false;
  }
}

/**
 * Makes the library that writes stack traces in the runner use the source maps of Node.js, which
 * include those of ES modules.
 */
function sourceMapsFromNode(runner: string): string {
  return `data:text/javascript,${encodeURIComponent(`
    import { createRequire, findSourceMap } from "node:module";
    createRequire(${JSON.stringify(runner)})("source-map-support").install({
      retrieveSourceMap: (url) => {
        const map = url.startsWith("file:") ? findSourceMap(url)?.payload : undefined;
        return map ? { url, map } : null;
      },
    });
  `)}`;
}
