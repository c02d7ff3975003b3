import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Properties, type PropertyValue, Unknown } from "../graph/resourceGraph";

/** Number of entries of a list whose length is unknown: enough for programs that take the first ones. */
const LIST_LENGTH = 3;
/** Groups in groups beyond this are unknown as a whole; some types contain themselves. */
const DEPTH = 4;

/** The types of the packages that a program has installed. */
export class InstalledTypes {
  readonly #directory: string;
  /** Files that were read in this run: one has the types of all results of a package. */
  readonly #texts = new Map<string, string>();

  /** @param directory where the program resolves its packages */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The result of a function with every value unknown. Lists have three unknown entries: a program
   * that indexes an unknown list would silently leave out what it looks for.
   *
   * @param token e.g. `aws:ec2/getAmi:getAmi`
   * @returns undefined if the package or the function is not found
   */
  unknownResult(token: string): Properties | undefined {
    const [, name = "", module = "", called = ""] = /^([\w-]+):(?:(.*):)?(\w+)$/.exec(token) ?? [];
    const root = this.#packageDirectory(name);
    if (root === undefined) return undefined;
    const file = (path: readonly string[]): string | undefined => this.#text(root, path);
    // The module is `ec2/getAmi`, `ec2`, or `index` for the package itself.
    const path = module.split("/").filter((part) => part !== "index" && part !== called);
    const result = `${called.charAt(0).toUpperCase()}${called.slice(1)}Result`;
    const text = interfaceText(file([...path, `${called}.d.ts`]) ?? "", result);
    return text === undefined ? undefined : unknownGroup(text, file, DEPTH);
  }

  #packageDirectory(name: string): string | undefined {
    try {
      const { resolve } = createRequire(join(this.#directory, "index.js"));
      return dirname(resolve(`@pulumi/${name}/package.json`));
    } catch {
      return undefined;
    }
  }

  #text(root: string, path: readonly string[]): string | undefined {
    const found = [join(root, ...path), join(root, "bin", ...path)].find(existsSync);
    if (found === undefined) return undefined;
    // Names are ASCII, and this encoding is read many times faster than UTF-8.
    const text = this.#texts.get(found) ?? readFileSync(found, "latin1");
    this.#texts.set(found, text);
    return text;
  }
}

/** Reads a file of a package; undefined if it does not exist. */
type TypesFile = (path: readonly string[]) => string | undefined;

/** What is between the braces of an interface, without comments. */
function interfaceText(source: string, name: string): string | undefined {
  const begin = source.search(new RegExp(`\\binterface ${name} \\{`));
  if (begin === -1) return undefined;
  const text = withoutComments(source, source.indexOf("{", begin) + 1);
  return text.slice(0, endOfGroup(text, 0));
}

/** A part of a file long enough for an interface: up to the next one at the same level. */
function withoutComments(source: string, begin: number): string {
  const rest = source.slice(begin);
  const next = rest.search(/\n\s*(?:export )?(?:interface|declare) /);
  return (next === -1 ? rest : rest.slice(0, next)).replace(/\/\*[\s\S]*?\*\//g, "");
}

function endOfGroup(text: string, begin: number): number {
  let depth = 1;
  for (let at = begin; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}

const MEMBER = /\s*(?:readonly )?(?:"([^"]+)"|(\w+))\??: /y;

function unknownGroup(text: string, file: TypesFile, depth: number): Properties {
  const members: [string, PropertyValue][] = [];
  let at = 0;
  for (;;) {
    MEMBER.lastIndex = at;
    const member = MEMBER.exec(text);
    if (member === null) return Object.fromEntries(members);
    const begin = MEMBER.lastIndex;
    at = begin;
    // A type ends at its semicolon, outside of braces.
    while (at < text.length && text[at] !== ";")
      at = text[at] === "{" ? endOfGroup(text, at + 1) + 1 : at + 1;
    const type = text.slice(begin, at).trim();
    members.push([member[1] ?? member[2] ?? "", unknownOf(type, file, depth)]);
    at++;
  }
}

function unknownOf(type: string, file: TypesFile, depth: number): PropertyValue {
  if (type.endsWith("[]")) {
    const entry = unknownOf(type.slice(0, -2), file, depth);
    return Array.from({ length: LIST_LENGTH }, () => entry);
  }
  const [, path] = /^outputs\.([\w.]+)$/.exec(type) ?? [];
  const text = path === undefined || depth === 0 ? undefined : namedType(path.split("."), file);
  return text === undefined ? new Unknown() : unknownGroup(text, file, depth - 1);
}

function namedType(path: readonly string[], file: TypesFile): string | undefined {
  let source = file(["types", "output.d.ts"]) ?? "";
  for (const namespace of path.slice(0, -1)) {
    const begin = source.search(new RegExp(`\\bnamespace ${namespace} \\{`));
    if (begin === -1) return undefined;
    source = source.slice(begin);
  }
  return interfaceText(source, path.at(-1) ?? "");
}
