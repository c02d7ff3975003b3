import type { GraphNote, GraphResource } from "../graph/resourceGraph";
import { PackageDeclarations } from "../packageDeclarations";
import { type UnknownInput, unknownInputs } from "./unknownInputs";

/**
 * Looks for misspelt and renamed inputs in the resources of a program, with the declarations of the
 * packages that the program has installed. It works between the program's calls, while the program
 * itself is busy.
 */
export class InputCheck {
  readonly #programDirectory: string;
  readonly #packages = new Map<string, PackageDeclarations | undefined>();
  readonly #waiting: (readonly [resource: GraphResource, version: string])[] = [];
  readonly #notes: GraphNote[] = [];

  constructor(programDirectory: string) {
    this.#programDirectory = programDirectory;
  }

  /** @param version of the package that the resource comes from; empty if it is not said */
  add(resource: GraphResource, version: string): void {
    if (!resource.custom || resource.external) return;
    this.#waiting.push([resource, version]);
    setImmediate(() => {
      this.#checkNext();
    });
  }

  /** The inputs that their types do not have, in the order of the resources. */
  notes(): readonly GraphNote[] {
    while (this.#waiting.length > 0) this.#checkNext();
    return this.#notes;
  }

  #checkNext(): void {
    const [resource, version] = this.#waiting.shift() ?? [];
    if (resource === undefined) return;
    const { urn, type, inputs } = resource;
    const [token, name] = tokenAndPackage(type);
    const declarations = this.#package(name);
    // A component can bring another version of the package, with other names.
    if (declarations === undefined || (version !== "" && version !== declarations.version)) return;
    const types = declarations.inputsOf(token);
    if (types === undefined) return;
    const unknown = unknownInputs(inputs, types, (group) => declarations.group(group));
    for (const input of unknown)
      this.#notes.push({ kind: "input", subject: urn, message: messageOf(input, type) });
  }

  #package(name: string): PackageDeclarations | undefined {
    if (!this.#packages.has(name))
      this.#packages.set(name, PackageDeclarations.find(name, this.#programDirectory));
    return this.#packages.get(name);
  }
}

/** `pulumi:providers:aws` is the type `Provider` of the package `aws`. */
function tokenAndPackage(type: string): readonly [token: string, name: string] {
  const provider = /^pulumi:providers:(.+)$/.exec(type)?.[1];
  if (provider !== undefined) return [`${provider}:index:Provider`, provider];
  return [type, type.slice(0, type.indexOf(":"))];
}

function messageOf({ group, name, similar }: UnknownInput, type: string): string {
  const where = [titleOf(type), group].filter((part) => part !== "").join(" ");
  const advice = similar.length === 0 ? "" : ` Did you mean ${similar.join(" or ")}?`;
  return `${name} is not an input of ${where}.${advice}`;
}

/** The name of a type in programs, e.g. `aws.kinesis.Stream`. */
function titleOf(type: string): string {
  const [name = "", module = "", kind = ""] = type.split(":");
  if (module === "providers") return `the provider ${kind}`;
  const [space = ""] = module.split("/");
  return [name, space === "index" ? "" : space, kind].filter((part) => part !== "").join(".");
}
