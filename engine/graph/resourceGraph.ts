import type { SourcePosition } from "./sourcePosition";

/**
 * What a program declares, as the offline engine recorded it: one entry per resource, in the order
 * of registration. Everything that works offline (plan, policy pack, local run) reads this.
 */
export interface ResourceGraph {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly GraphResource[];
  /** The stack's outputs, as exported by the program. */
  readonly outputs: Properties;
  /** What the graph lacks or assumes, in the order in which it was noticed. Absent if there is nothing. */
  readonly notes?: readonly GraphNote[];
  /**
   * Strings in the graph that are made up, so that the program could continue. What contains one must
   * not decide anything; see `decidableGraph`. Absent if there is none.
   */
  readonly madeUp?: readonly string[];
}

/** Something that a reader of a graph must know, because the graph alone does not show it. */
export interface GraphNote {
  readonly kind: NoteKind;
  /**
   * The URN of a resource, the token of a function, e.g.
   * `aws:index/getAvailabilityZones:getAvailabilityZones`, or the key of a config value, e.g. `shop:token`.
   */
  readonly subject: string;
  /** One or more sentences. */
  readonly message: string;
}

/**
 * - `assumed`: a value is made up, so that the program can continue.
 * - `not evaluated`: resources exist that the graph does not contain.
 * - `input`: the program sets an input that the resource type does not have.
 * - `unused answer`: the answers file has an entry that no call of the program uses.
 */
export type NoteKind = "assumed" | "not evaluated" | "input" | "unused answer";

export interface GraphResource {
  readonly urn: string;
  /** Type token, e.g. `aws:kinesis/stream:Stream`. */
  readonly type: string;
  /** The name in the program, the last part of the URN. */
  readonly name: string;
  /** URN of the parent; absent on the stack itself. */
  readonly parent?: string;
  /** False for components and the stack, which have no provider. */
  readonly custom: boolean;
  /** Read with `.get(...)`, not managed by this stack. */
  readonly external: boolean;
  /** The provider's id; absent for components, and while it is unknown. */
  readonly id?: string;
  /** URNs of everything that this resource waits for. */
  readonly dependencies: readonly string[];
  /** Input property -> URNs of the resources whose outputs it is made of. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly options: GraphOptions;
  /** Where the program declares it; absent if the SDK or the state does not contain that. */
  readonly position?: SourcePosition;
}

/** The resource options that change what a deployment does. Defaults are left out. */
export interface GraphOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  /** URN of an explicit provider. */
  readonly provider?: string;
  readonly import?: string;
  /** URN of the resource whose deletion deletes this one, too. */
  readonly deletedWith?: string;
  /** Names of the hooks that run before or after an operation. */
  readonly hooks?: readonly string[];
  /** Names of the hooks that decide whether a failed operation is retried. */
  readonly errorHooks?: readonly string[];
}

export type Properties = Readonly<Record<string, PropertyValue>>;

export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | readonly PropertyValue[]
  | { readonly [key: string]: PropertyValue };

/** A value that exists only after deployment, e.g. an ARN during a preview. */
export class Unknown {
  toJSON(): string {
    return "[unknown]";
  }
}

/** A value for providers and policy packs that must never reach a screen, a file or a log. */
export class Secret {
  readonly #value: PropertyValue;
  constructor(value: PropertyValue) {
    this.#value = value;
  }
  /** The plain value. Only for code that calls a provider or a policy pack. */
  reveal(): PropertyValue {
    return this.#value;
  }
  toJSON(): string {
    return "[secret]";
  }
}

/** The resources of one type, in the order of registration. */
export function resourcesOfType(graph: ResourceGraph, type: string): readonly GraphResource[] {
  return graph.resources.filter((resource) => resource.type === type);
}

/** A value and everything in it, including what secrets contain. */
export function* valuesIn(value: PropertyValue): Generator<PropertyValue> {
  yield value;
  if (value instanceof Unknown || typeof value !== "object" || value === null) return;
  const inner = value instanceof Secret ? [value.reveal()] : Object.values(value);
  for (const part of inner as readonly PropertyValue[]) yield* valuesIn(part);
}

/** A value with its secrets in plain text. */
export function revealed(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return revealed(value.reveal());
  if (value instanceof Unknown || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(revealed);
  return mapValues(value as Properties, revealed);
}

/** Whether a value is a group of properties, each of which can be unknown or a secret. */
export function isGroup(value: PropertyValue): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret)
  );
}

/** A group of the same names, with each value changed. */
export function mapValues<From, To>(
  group: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(group).map(([name, value]) => [name, change(value, name)]),
  );
}
