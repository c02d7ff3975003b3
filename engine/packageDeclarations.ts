import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** Name of a property -> its type, as TypeScript. */
export type PropertyTypes = ReadonlyMap<string, string>;

/**
 * The inputs of resource types and the results of functions, read from the declarations of a package
 * that Pulumi generated. They all have the same layout, so that indentation and names are enough to find an interface. The
 * TypeScript compiler would take seconds for a file of this size.
 */
export class PackageDeclarations {
  /** The version of the package, e.g. `7.48.0`. */
  readonly version: string;
  readonly #directory: string;
  readonly #types = new Map<string, PropertyTypes | undefined>();
  readonly #namespaces = new Map<string, string>();

  private constructor(directory: string, version: string) {
    this.#directory = directory;
    this.version = version;
  }

  /** The package of a program, e.g. `aws`. Undefined if it is not installed for Node.js. */
  static find(name: string, programDirectory: string): PackageDeclarations | undefined {
    try {
      const { resolve } = createRequire(join(programDirectory, "index.js"));
      const path = resolve(`@pulumi/${name}/package.json`);
      const { version } = JSON.parse(readFileSync(path, "utf8")) as { readonly version?: string };
      const root = dirname(path);
      // A package that was generated for one project is compiled into bin.
      const compiled = join(root, "bin");
      const isInBin = !existsSync(join(root, "index.d.ts")) && existsSync(compiled);
      return new PackageDeclarations(isInBin ? compiled : root, version ?? "");
    } catch {
      return undefined;
    }
  }

  /** The inputs of a resource type. Undefined if the package does not declare it. */
  inputsOf(token: string): PropertyTypes | undefined {
    return this.#interface(token, (type) => `${type}Args`);
  }

  /** The result of a function. Undefined if the package does not declare it. */
  resultOf(token: string): PropertyTypes | undefined {
    return this.#interface(
      token,
      (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`,
    );
  }

  /** The properties of a nested group, e.g. of `inputs.kinesis.StreamStreamModeDetails`. */
  group(reference: string): PropertyTypes | undefined {
    return this.#once(reference, () => {
      const path = reference.split(".");
      const [namespace, name = ""] = [path.slice(0, -1), path.at(-1)];
      return propertiesOf(this.#namespace(namespace), namespace.length - 1, name);
    });
  }

  /** An interface in the file of a type or a function. */
  #interface(token: string, nameOf: (last: string) => string): PropertyTypes | undefined {
    return this.#once(token, () => {
      const [, module = "", last = ""] = token.split(":");
      for (const file of this.#filesOf(module, last)) {
        const types = propertiesOf(`\n${this.#read(file) ?? ""}`, 0, nameOf(last));
        if (types !== undefined) return types;
      }
      return undefined;
    });
  }

  /** What a nested namespace contains. The outermost one, `inputs` or `outputs`, is a file itself. */
  #namespace(path: readonly string[]): string {
    const key = path.join(".");
    const known = this.#namespaces.get(key);
    if (known !== undefined) return known;
    const depth = path.length - 2;
    const text =
      depth < 0
        ? (this.#read(join("types", path[0] === "outputs" ? "output.d.ts" : "input.d.ts")) ?? "")
        : block(
            this.#namespace(path.slice(0, -1)),
            depth,
            `${depth === 0 ? "export declare " : ""}namespace ${path.at(-1) ?? ""} {`,
          );
    this.#namespaces.set(key, text ?? "");
    return text ?? "";
  }

  #once(key: string, read: () => PropertyTypes | undefined): PropertyTypes | undefined {
    if (!this.#types.has(key)) this.#types.set(key, read());
    return this.#types.get(key);
  }

  /** A module is a directory with a file for each type, or already names that file. */
  #filesOf(module: string, type: string): readonly string[] {
    const isFile = basename(module).toLowerCase() === type.toLowerCase();
    const path = isFile ? dirname(module) : module;
    const directory = path === "index" ? "." : path;
    // `index_` is the file of a type that is called Index.
    const names = [`${type}.d.ts`, `${type}_.d.ts`].map((name) => name.toLowerCase());
    try {
      return readdirSync(join(this.#directory, directory))
        .filter((file) => names.includes(file.toLowerCase()))
        .map((file) => join(directory, file));
    } catch {
      return [];
    }
  }

  /** Names are ASCII, and decoding them as Latin-1 is several times faster. */
  #read(path: string): string | undefined {
    try {
      return readFileSync(join(this.#directory, path), "latin1");
    } catch {
      return undefined;
    }
  }
}

const INDENT = "    ";

/** The properties of an interface, which is exported if it is in no namespace. */
function propertiesOf(text: string, depth: number, name: string): PropertyTypes | undefined {
  const body = block(text, depth, `${depth === 0 ? "export " : ""}interface ${name} {`);
  return body === undefined ? undefined : propertiesIn(body, INDENT.repeat(depth + 1));
}

/** The text between a line and the brace that closes it, at the same indentation. */
function block(text: string, depth: number, opening: string): string | undefined {
  const indent = `\n${INDENT.repeat(depth)}`;
  const start = text.indexOf(`${indent}${opening}`);
  if (start === -1) return undefined;
  const end = text.indexOf(`${indent}}`, start);
  return text.slice(start, end);
}

/** `readonly name?: type;`, where the type can take several lines, which are indented or close a brace. */
function propertiesIn(body: string, indent: string): PropertyTypes {
  const property = new RegExp(
    `^${indent}(?:readonly )?"?([\\w$-]+)"?\\??: (.*(?:\\n(?:${indent} +(?!\\*)|${indent}\\}).*)*)`,
    "gm",
  );
  return new Map([...body.matchAll(property)].map(([, name = "", type = ""]) => [name, type]));
}
