import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Archive, sha256 } from "./archive";
import { lazyModule } from "./lazyModule";
import { type Interceptor, loader } from "./moduleLoader";

/** What the SDK and ts-node's driver use of the TypeScript compiler in every run. */
export interface TsconfigParser {
  readonly parseConfigFileTextToJson: (path: string, text: string) => { readonly config?: unknown };
}

/**
 * Replaces the TypeScript compiler where @pulumi/pulumi only wants its version and the contents of
 * tsconfig.json. Everything else loads it.
 */
export function compilerStandIn(archive: Archive): Interceptor {
  return (request, importer, load) => {
    const version = packageVersion("typescript", importer);
    if (version === undefined) return undefined;
    const parseConfigFileTextToJson = (path: string, text: string): object => {
      // Plain JSON means the same to both parsers; comments and trailing commas need the compiler.
      const plain = jsonOrUndefined(text);
      if (plain !== undefined) return { config: plain };
      const [name, stamp] = [`tsconfig ${path}`, sha256(version, text)];
      const parsed = archive.get(name, stamp);
      if (parsed !== undefined) return JSON.parse(parsed.toString()) as object;
      const result = (load() as TsconfigParser).parseConfigFileTextToJson(path, text);
      if (!("error" in result) || result.error === undefined)
        archive.set(name, stamp, Buffer.from(JSON.stringify(result)));
      return result;
    };
    // A compiler that is missing is missed at once, as without this stand-in.
    loader._resolveFilename(request, importer);
    return lazyModule(load, { version, parseConfigFileTextToJson });
  };
}

/**
 * The version of an installed package.
 *
 * @param request the package's name, or the path of its directory
 */
export function packageVersion(request: string, importer: NodeJS.Module): string | undefined {
  try {
    let directory = dirname(loader._resolveFilename(request, importer));
    for (;;) {
      const manifest = jsonOrUndefined(textOrEmpty(join(directory, "package.json")));
      const { version } = (manifest ?? {}) as { readonly version?: unknown };
      if (typeof version === "string") return version;
      if (directory === dirname(directory)) return undefined;
      directory = dirname(directory);
    }
  } catch {
    return undefined;
  }
}

function textOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
