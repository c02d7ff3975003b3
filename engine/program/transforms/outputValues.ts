import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { mapValues } from "../../graph/resourceGraph";
import { OUTPUT, SECRET, SIGNATURE, UNKNOWN_STRING } from "../../wire";

/** Property -> URNs of the resources whose outputs it is made of. */
export type PropertyDependencies = Readonly<Record<string, readonly string[]>>;

type Value = JavaScriptValue;
type Group = Readonly<Record<string, Value>>;

/**
 * Properties as a transform gets them: unknown values, secrets and values that depend on resources are
 * outputs. In any other form, the SDK would show the transform internals of the protocol.
 */
export function withOutputValues(
  properties: Struct | undefined,
  dependencies: PropertyDependencies = {},
): Struct {
  const upgraded = Object.entries(plain(properties)).map(([property, value]) => {
    const urns = dependencies[property] ?? [];
    return [property, urns.length === 0 ? upgrade(value) : dependingOn(urns, value)] as const;
  });
  return Struct.fromJavaScript(Object.fromEntries(upgraded));
}

/** Properties that a transform returned, without outputs, and what they depend on. */
export interface TransformedProperties {
  readonly properties: Struct;
  readonly dependencies: PropertyDependencies;
}

/**
 * Reads properties that a transform returned.
 *
 * @param before as the program declared them. An unchanged property keeps its dependencies, also where
 *   the SDK has lost them: the one for Node.js returns plain values.
 */
export function withoutOutputValues(
  returned: Struct | undefined,
  before?: TransformedProperties,
): TransformedProperties {
  const old = plain(before?.properties);
  const properties: Record<string, Value> = {};
  const dependencies: Record<string, readonly string[]> = {};
  for (const [property, value] of Object.entries(plain(returned))) {
    const found = new Set<string>();
    const downgraded = (properties[property] = downgrade(value, found));
    if (JSON.stringify(downgraded) === JSON.stringify(old[property]))
      for (const urn of before?.dependencies[property] ?? []) found.add(urn);
    if (found.size > 0) dependencies[property] = [...found];
  }
  return { properties: Struct.fromJavaScript(properties), dependencies };
}

function plain(struct: Struct | undefined): Group {
  return struct?.toJavaScript() ?? {};
}

function dependingOn(dependencies: readonly string[], value: Value): Value {
  const upgraded = upgrade(value);
  const output = isGroup(upgraded) && upgraded[SIGNATURE] === OUTPUT;
  return {
    ...(output ? upgraded : { [SIGNATURE]: OUTPUT, value: upgraded }),
    dependencies: [...dependencies],
  };
}

function upgrade(value: Value): Value {
  if (value === UNKNOWN_STRING) return { [SIGNATURE]: OUTPUT };
  if (Array.isArray(value)) return value.map(upgrade);
  if (!isGroup(value)) return value;
  if (value[SIGNATURE] !== SECRET) return mapValues(value, upgrade);
  const secret = value["value"] ?? null;
  if (secret === UNKNOWN_STRING) return { [SIGNATURE]: OUTPUT, secret: true };
  return { [SIGNATURE]: OUTPUT, value: upgrade(secret), secret: true };
}

function downgrade(value: Value, dependencies: Set<string>): Value {
  if (Array.isArray(value)) return value.map((item: Value) => downgrade(item, dependencies));
  if (!isGroup(value)) return value;
  if (value[SIGNATURE] !== OUTPUT)
    return mapValues(value, (inner) => downgrade(inner, dependencies));
  const urns = value["dependencies"];
  if (Array.isArray(urns)) for (const urn of urns) dependencies.add(String(urn));
  const inner = "value" in value ? downgrade(value["value"] ?? null, dependencies) : UNKNOWN_STRING;
  return value["secret"] === true ? { [SIGNATURE]: SECRET, value: inner } : inner;
}

function isGroup(value: Value): value is Record<string, Value> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
