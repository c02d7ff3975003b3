/** What the name of a resource in the engine is made of. */
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
 * The URN as the engine builds it: the types of all parents but the stack stand before the
 * resource's own, e.g. `urn:pulumi:dev::shop::acme:index:Lake$aws:s3/bucket:Bucket::events`.
 */
export function urnOf({ project, stack, type, name, parent }: UrnParts): string {
  const parentType = parent === undefined ? STACK_TYPE : qualifiedType(parent);
  const path = parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${path}::${name}`;
}

function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** What a URN tells of its resource; undefined if it is none. */
export function urnParts(urn: string): Omit<UrnParts, "parent"> | undefined {
  const [head = "", project, types, ...name] = urn.split("::");
  const stack = /^urn:pulumi:(.+)$/.exec(head)?.[1];
  const type = types?.split("$").at(-1);
  if (stack === undefined || project === undefined || type === undefined || name.length === 0)
    return undefined;
  // Only a name may have "::" in it.
  return { project, stack, type, name: name.join("::") };
}
