import { basename, resolve } from "node:path";
import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
};

/** The names in the properties of a resource, compared with the provider. */
export interface ComparedNames {
  /** Those that the provider does not have, with their paths. */
  readonly unknown: readonly string[];
  /** Properties whose value is a map, such as tags: the names in it are data. */
  readonly maps: readonly string[];
}

/** Programs in TypeScript that are checked together, against the installed provider. */
export class InstalledTypes {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #provider: string;

  /**
   * @param programs their text by name
   * @param modules of the provider that they use: the index of all takes several times as long
   */
  constructor(programs: ReadonlyMap<string, string>, modules: readonly string[]) {
    const pathOf = (name: string) => resolve("test/policy/examples", `${name}.ts`);
    this.#provider = pathOf("provider");
    const exported = modules.map((name) => `export * as ${name} from "@pulumi/aws/${name}";`);
    const files = new Map([
      [this.#provider, exported.join("\n")],
      ...[...programs].map(([name, text]) => [pathOf(name), text] as const),
    ]);
    const options = { ...OPTIONS, paths: { "@pulumi/aws": [this.#provider] } };
    const [host, disk] = [ts.createCompilerHost(options), ts.createCompilerHost(options)];
    host.fileExists = (path) => files.has(resolve(path)) || disk.fileExists(path);
    host.readFile = (path) => files.get(resolve(path)) ?? disk.readFile(path);
    this.#program = ts.createProgram([...files.keys()], options, host);
    this.#checker = this.#program.getTypeChecker();
  }

  /** What the compiler reports, as `s3-buckets-have-policy-bad.ts: ...`. */
  problems(): readonly string[] {
    return ts
      .getPreEmitDiagnostics(this.#program)
      .map(
        ({ file, messageText }) =>
          `${file?.fileName.split("/").at(-1) ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
  }

  /**
   * Compares the names in the properties of a resource with the provider.
   *
   * @param type `aws:s3:Bucket`
   * @param spell how the language of the properties spells a name of the provider
   */
  compare(type: string, properties: unknown, spell: (name: string) => string): ComparedNames {
    const [, module = "", resource = ""] = type.split(":");
    const exported = this.#export(this.#sourceOf(this.#provider), module);
    const args = exported && this.#export(exported, `${resource}Args`);
    if (args === undefined) return { unknown: [type], maps: [] };
    return this.#compare(this.#checker.getDeclaredTypeOfSymbol(args), properties, spell, type);
  }

  #sourceOf(path: string): ts.Symbol | undefined {
    const source = this.#program.getSourceFile(path);
    return source && this.#checker.getSymbolAtLocation(source);
  }

  #export(module: ts.Symbol | undefined, name: string): ts.Symbol | undefined {
    if (module === undefined) return undefined;
    const found = this.#checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
    const isAlias = found && (found.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#checker.getAliasedSymbol(found) : found;
  }

  #compare(
    type: ts.Type,
    value: unknown,
    spell: (name: string) => string,
    path: string,
  ): ComparedNames {
    const candidates = this.#withoutOutputs(type);
    if (Array.isArray(value)) {
      const items = candidates.flatMap((candidate) =>
        this.#checker.isArrayType(candidate)
          ? this.#checker.getTypeArguments(candidate as ts.TypeReference)
          : [],
      );
      return both(
        value.flatMap((item) => items.map((each) => this.#compare(each, item, spell, path))),
      );
    }
    if (typeof value !== "object" || value === null) return both([]);
    if (candidates.some((candidate) => candidate.getStringIndexType() !== undefined))
      return { unknown: [], maps: [basename(path)] };
    const properties = new Map(
      candidates
        .flatMap((candidate) => this.#checker.getPropertiesOfType(candidate))
        .map((property) => [spell(property.name), property]),
    );
    return both(
      Object.entries(value).map(([name, item]: [string, unknown]) => {
        const property = properties.get(name);
        const inner = `${path}/${name}`;
        return property === undefined
          ? { unknown: [inner], maps: [] }
          : this.#compare(this.#checker.getTypeOfSymbol(property), item, spell, inner);
      }),
    );
  }

  /** The plain types of an input, which may also be a promise or an output of them. */
  #withoutOutputs(type: ts.Type): readonly ts.Type[] {
    const types = type.isUnion() ? type.types : [type];
    return types.filter(
      (one) =>
        one.isClassOrInterface() || (one.symbol as ts.Symbol | undefined)?.name !== "Promise",
    );
  }
}

function both(compared: readonly ComparedNames[]): ComparedNames {
  return {
    unknown: compared.flatMap(({ unknown }) => unknown),
    maps: compared.flatMap(({ maps }) => maps),
  };
}
