import {
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";

// Properties are given in the form in which the Pulumi engine sends them, which is also the form in
// which mocks record them: plain data with these marks.

/** Stands for a value that is not known before the update. */
export const unknown: unknown = unknownValue;

/** A secret value. Policies receive it unwrapped. */
export function secret(value: unknown): unknown {
  return { [specialSigKey]: specialSecretSig, value };
}

/** A value that only the update knows: unknown `inPreview`, and else itself. */
export function computed(value: unknown): unknown {
  return new Computed(value);
}

class Computed {
  constructor(readonly value: unknown) {}
}

/** Properties as the engine sends them. */
export type WireProperties = Readonly<Record<string, unknown>>;

/** Drops what is undefined and turns references to resources into ids, as the engine does. */
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
