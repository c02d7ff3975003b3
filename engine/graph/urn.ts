/** The parts of a URN, the engine's name for a resource. */
export interface UrnParts {
  readonly project: string;
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; absent on the stack itself. */
  readonly parent?: string;
}

export const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * The URN as the engine builds it: the types of all parents except the stack precede the
 * resource's type, e.g. `urn:pulumi:dev::shop::acme:index:Lake$aws:s3/bucket:Bucket::events`.
 */
export function urnOf({ project, stack, type, name, parent }: UrnParts): string {
  const parentType = parent === undefined ? STACK_TYPE : qualifiedType(parent);
  const path = parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${path}::${name}`;
}

function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The parts that a URN contains; undefined if the string is not a URN. */
export function urnParts(urn: string): Omit<UrnParts, "parent"> | undefined {
  const [head = "", project, types, ...name] = urn.split("::");
  const stack = /^urn:pulumi:(.+)$/.exec(head)?.[1];
  const type = types?.split("$").at(-1);
  if (stack === undefined || project === undefined || type === undefined || name.length === 0)
    return undefined;
  // Only a name can contain "::".
  return { project, stack, type, name: name.join("::") };
}
