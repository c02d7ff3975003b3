import { createRequire } from "node:module";
import { dirname, extname, join, relative, resolve } from "node:path";
import { type Archive, sha256 } from "./archive";
import { packageVersion, type TsconfigParser } from "./compilerStandIn";
import { lazyModule } from "./lazyModule";
import { type Interceptor, loader } from "./moduleLoader";
import { readTsconfigChain, type TsconfigChain } from "./tsconfigChain";
import { type TsNode, type TsNodeOptions, TypeScriptHook } from "./typeScriptHook";

/** A ts-node that @pulumi/pulumi is about to load. */
interface FoundTsNode {
  readonly importer: NodeJS.Module;
  readonly path: string;
  readonly version: string;
  /** Whether it is the old one inside @pulumi/pulumi, for projects that have none. */
  readonly vendored: boolean;
}

/** Settings in tsconfig.json that leave a file's output a function of the file and of the settings. */
const HONORED = new Set(["transpileOnly", "typeCheck", "files", "pretty", "compilerOptions"]);

/**
 * Replaces ts-node, which @pulumi/pulumi registers in every run: the stand-in compiles a file with
 * ts-node only if no earlier run has, and loads ts-node only then.
 */
export function tsNodeStandIn(archive: Archive): Interceptor {
  return (request, importer, load) => {
    const path = loader._resolveFilename(request, importer);
    const vendored = request !== "ts-node";
    const version = vendored
      ? /ts-node@([\d.]+)/u.exec(path)?.[1]
      : packageVersion(request, importer);
    if (version === undefined) return undefined;
    const found = { importer, path, version, vendored };
    const register = (options: TsNodeOptions): void => {
      const hook = hookFor(found, options, load as () => TsNode, archive);
      if (hook === undefined) (load() as TsNode).register(options);
      else hook.install();
    };
    return lazyModule(load, { VERSION: version, register });
  };
}

function hookFor(
  found: FoundTsNode,
  options: TsNodeOptions,
  load: () => TsNode,
  archive: Archive,
): TypeScriptHook | undefined {
  const settings = settingsStamp(found, options);
  if (settings === undefined && !servesCompiledPack(found)) return undefined;
  const { vendored, importer } = found;
  const base = dirname(resolve(options.project ?? "tsconfig.json"));
  return new TypeScriptHook({
    archive,
    settings,
    extensions: vendored ? [".ts", ".tsx"] : [".ts"],
    isIgnored: (file) =>
      vendored
        ? file.replaceAll("\\", "/").includes("/node_modules/")
        : /(?:^|[/\\])node_modules[/\\]/u.test(relative(base, file)),
    mayWait: servesCompiledPack(found),
    register: () => load().register(options),
    sourceMaps: () => loader._load("source-map-support", importer, false) as object,
  });
}

/**
 * A hash of everything except a file itself that decides what ts-node makes of the file.
 *
 * @returns undefined if other things decide too: the types in other files, a compiler or a plugin of the
 *   project, or settings that are not known here
 */
function settingsStamp(found: FoundTsNode, options: TsNodeOptions): string | undefined {
  const { importer, vendored, path, version } = found;
  if (Object.keys(process.env).some((name) => name.startsWith("TS_NODE_"))) return undefined;
  const compiler = packageVersion("typescript", importer);
  const chain = chainOf(options, importer);
  if (compiler === undefined || chain === undefined) return undefined;
  const compilerOptions = [...Object.keys(options.compilerOptions ?? {}), ...chain.compilerOptions];
  // They make ts-node compile more than `.ts` files.
  const others = vendored ? ["allowJs", "checkJs"] : ["allowJs", "checkJs", "jsx"];
  if (compilerOptions.some((name) => others.includes(name))) return undefined;
  // The old version keeps what it has compiled too, and checks the types of no file twice.
  if (!vendored && !transpilesOnly(options, chain)) return undefined;
  const files = [path, version, loader._resolveFilename("typescript", importer), compiler];
  return sha256(process.cwd(), ...files, JSON.stringify(options), ...chain.contents);
}

const NO_CHAIN: TsconfigChain = { contents: [], tsNode: [], compilerOptions: new Set() };

function chainOf(options: TsNodeOptions, importer: NodeJS.Module): TsconfigChain | undefined {
  if (options.skipProject === true) return NO_CHAIN;
  return readTsconfigChain(options.project ?? "tsconfig.json", (path, text) => {
    const compiler = loader._load("typescript", importer, false) as TsconfigParser;
    return compiler.parseConfigFileTextToJson(path, text).config;
  });
}

function transpilesOnly(options: TsNodeOptions, { tsNode }: TsconfigChain): boolean {
  if (tsNode.some((settings) => Object.keys(settings).some((name) => !HONORED.has(name))))
    return false;
  const setting = (name: "transpileOnly" | "typeCheck"): unknown =>
    options[name] ?? tsNode.find((settings) => settings[name] !== undefined)?.[name];
  return setting("transpileOnly") === true && setting("typeCheck") !== true;
}

/** Whether this process serves a policy pack that is compiled, and so has nothing to compile. */
function servesCompiledPack({ importer }: FoundTsNode): boolean {
  const pack = process.argv.at(-1);
  if (!/[/\\]run-policy-pack[/\\]run\.js$/u.test(importer.filename) || pack === undefined)
    return false;
  try {
    return extname(createRequire(join(pack, "index.js")).resolve(resolve(pack))) === ".js";
  } catch {
    return false;
  }
}
