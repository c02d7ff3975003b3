import { type Properties, type PropertyValue, Unknown } from "../graph/resourceGraph";
import { PackageDeclarations, type PropertyTypes } from "../packageDeclarations";

/** Number of entries of a list whose length is unknown: enough for programs that take the first ones. */
const LIST_LENGTH = 3;
/** Groups in groups beyond this are unknown as a whole; some types contain themselves. */
const DEPTH = 4;

/** The results of functions with every value unknown, in the form that the installed packages declare. */
export class UnknownResults {
  readonly #directory: string;
  readonly #packages = new Map<string, PackageDeclarations | undefined>();

  /** @param directory where the program resolves its packages */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Lists have three unknown entries: a program that indexes an unknown list would silently leave out
   * what it looks for.
   *
   * @param token e.g. `aws:ec2/getAmi:getAmi`
   * @returns undefined if the package or the function is not found
   */
  of(token: string): Properties | undefined {
    const name = token.slice(0, token.indexOf(":"));
    if (!this.#packages.has(name))
      this.#packages.set(name, PackageDeclarations.find(name, this.#directory));
    const declarations = this.#packages.get(name);
    const types = declarations?.resultOf(token);
    return declarations && types && unknownGroup(types, declarations, DEPTH);
  }
}

function unknownGroup(
  types: PropertyTypes,
  declarations: PackageDeclarations,
  depth: number,
): Properties {
  const entries = [...types].map(([name, type]): [string, PropertyValue] => [
    name,
    unknownOf(type.replace(/;$/, ""), declarations, depth),
  ]);
  return Object.fromEntries(entries);
}

function unknownOf(type: string, declarations: PackageDeclarations, depth: number): PropertyValue {
  if (type.endsWith("[]")) {
    const entry = unknownOf(type.slice(0, -2), declarations, depth);
    return Array.from({ length: LIST_LENGTH }, () => entry);
  }
  const isGroup = depth > 0 && /^outputs\.[\w.]+$/.test(type);
  const types = isGroup ? declarations.group(type) : undefined;
  return types === undefined ? new Unknown() : unknownGroup(types, declarations, depth - 1);
}
