import {
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";

// Properties have the form in which the Pulumi engine sends them, and mocks record them: plain data
// with these markers.

/** A value that is always unknown. */
export const unknown: unknown = unknownValue;

/** A secret value. Policies receive it unwrapped. */
export function secret(value: unknown): unknown {
  return { [specialSigKey]: specialSecretSig, value };
}

/** A value that is unknown only in a preview. */
export function computed(value: unknown): unknown {
  return new Computed(value);
}

class Computed {
  constructor(readonly value: unknown) {}
}

/** Properties as the engine sends them. */
export type WireProperties = Readonly<Record<string, unknown>>;

/** Removes undefined properties and replaces references to resources by ids, like the engine. */
export function toWire(props: WireProperties, inPreview: boolean): WireProperties {
  const defined = Object.entries(props).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([name, value]) => [name, wireValue(value, inPreview)]));
}

function wireValue(value: unknown, inPreview: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => wireValue(item, inPreview));
  if (value instanceof Computed) return inPreview ? unknownValue : wireValue(value.value, false);
  if (typeof value !== "object" || value === null) return value;
  if (isResourceReference(value)) return value.id || unknownValue;
  return toWire(value as WireProperties, inPreview);
}

function isResourceReference(value: object): value is { readonly id?: string } {
  return specialSigKey in value && value[specialSigKey] === specialResourceSig;
}
