import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Archive, sha256 } from "./archive";
import { type CompiledModule, type Extension, loader } from "./moduleLoader";

/** The options with which @pulumi/pulumi registers ts-node. */
export interface TsNodeOptions {
  readonly project?: string;
  readonly skipProject?: boolean;
  readonly transpileOnly?: boolean;
  readonly typeCheck?: boolean;
  readonly compilerOptions?: object;
}

/** What registering ts-node returns. */
export interface TsNodeService {
  compile(source: string, filename: string): string;
}

export interface TsNode {
  register(options: TsNodeOptions): TsNodeService;
}

export interface TypeScriptHookOptions {
  readonly archive: Archive;
  /** Stands for all settings; undefined to leave all files to ts-node. */
  readonly settings: string | undefined;
  readonly extensions: readonly string[];
  /** Whether ts-node leaves a file alone. */
  readonly isIgnored: (file: string) => boolean;
  /** Do not load ts-node to check its settings, even if no earlier run did. */
  readonly mayWait: boolean;
  /** Loads and registers ts-node. */
  readonly register: () => TsNodeService;
  /** The module source-map-support of the SDK. */
  readonly sourceMaps: () => object;
}

/** Compiles each `require`d TypeScript file with ts-node, or takes what an earlier run made of it. */
export class TypeScriptHook {
  readonly #options: TypeScriptHookOptions;
  readonly #before = new Map<string, Extension | undefined>();
  /** ts-node's own extensions, once it is registered. */
  readonly #tsNode = new Map<string, Extension | undefined>();
  readonly #outputs = new Map<string, string>();
  readonly #packageTypes = new Map<string, string>();
  #service: TsNodeService | undefined;

  constructor(options: TypeScriptHookOptions) {
    this.#options = options;
  }

  /** Starts to compile. A project whose settings are invalid fails here, as with ts-node. */
  install(): void {
    const { archive, settings = "", extensions, mayWait, sourceMaps } = this.#options;
    for (const extension of [".js", ...extensions])
      this.#before.set(extension, loader._extensions[extension]);
    // Before ts-node, which replaces this module by its own.
    (sourceMaps() as SourceMaps).install({
      environment: "node",
      retrieveFile: (file) => this.#outputs.get(file) ?? null,
    });
    if (!mayWait && archive.get("ts-node", settings) === undefined) {
      this.#service = this.#register();
      archive.set("ts-node", settings, Buffer.from("registered"));
    }
    for (const extension of extensions)
      loader._extensions[extension] = (module, file) => {
        this.#run(extension, module, file);
      };
    loader._extensions[".js"] = (module, file) => {
      // Node.js gives files with unknown extensions to this one.
      if (/\.[cm]ts$/u.test(file)) this.#byTsNode(".js")(module, file);
      else this.#original(".js")(module, file);
    };
  }

  #run(extension: string, module: NodeJS.Module, file: string): void {
    const { settings, isIgnored } = this.#options;
    if (settings === undefined) this.#byTsNode(extension)(module, file);
    else if (isIgnored(file)) this.#original(extension)(module, file);
    // ts-node knows how an ES module is rejected, or run.
    else if (this.#packageType(dirname(file)) === "module") this.#byTsNode(extension)(module, file);
    else {
      const output = (source: string, name: string): string => this.#output(settings, source, name);
      const compiled = module as CompiledModule;
      const compile = compiled._compile;
      compiled._compile = function (source, name) {
        return compile.call(this, output(source, name), name);
      };
      this.#original(extension)(module, file);
    }
  }

  #output(settings: string, source: string, file: string): string {
    const { archive } = this.#options;
    const [name, stamp] = [
      `ts ${file}`,
      sha256(settings, source, this.#packageType(dirname(file))),
    ];
    let output = archive.get(name, stamp)?.toString();
    if (output === undefined) {
      this.#service ??= this.#register();
      output = this.#service.compile(source, file);
      archive.set(name, stamp, Buffer.from(output));
    }
    this.#outputs.set(file, output);
    return output;
  }

  #original(extension: string): Extension {
    const original = this.#before.get(extension) ?? this.#before.get(".js");
    if (original === undefined) throw new Error(`Node.js cannot load ${extension} files.`);
    return original;
  }

  #byTsNode(extension: string): Extension {
    this.#service ??= this.#register();
    return this.#tsNode.get(extension) ?? this.#original(extension);
  }

  /** Registers ts-node behind this hook: it wraps what was there before the hook. */
  #register(): TsNodeService {
    const hooked = new Map([...this.#before.keys()].map((key) => [key, loader._extensions[key]]));
    const before = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
    setExtensions(this.#before);
    try {
      return this.#options.register();
    } finally {
      for (const key of this.#before.keys()) this.#tsNode.set(key, loader._extensions[key]);
      setExtensions(hooked);
      // ts-node maps stack traces of the files that it has compiled, but this hook knows all files.
      if (this.#options.settings !== undefined && before !== undefined)
        Object.defineProperty(Error, "prepareStackTrace", before);
    }
  }

  /** `type` in the package.json of the package that a directory belongs to. */
  #packageType(directory: string): string {
    const known = this.#packageTypes.get(directory);
    if (known !== undefined) return known;
    const manifest = join(directory, "package.json");
    const type = existsSync(manifest)
      ? String((JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type)
      : directory === dirname(directory)
        ? ""
        : this.#packageType(dirname(directory));
    this.#packageTypes.set(directory, type);
    return type;
  }
}

interface SourceMaps {
  install(options: {
    readonly environment: "node";
    readonly retrieveFile: (file: string) => string | null;
  }): void;
}

function setExtensions(extensions: ReadonlyMap<string, Extension | undefined>): void {
  for (const [key, extension] of extensions)
    if (extension === undefined) Reflect.deleteProperty(loader._extensions, key);
    else loader._extensions[key] = extension;
}
