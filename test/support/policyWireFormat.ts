import {
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

// Properties in the form in which the Pulumi engine sends them, which is also the form in which
// mocks record them: plain JSON with these markers.

/** Marks a value that is not known during a preview. */
export { unknownValue };

/** Marks a value as secret. Policies receive it unwrapped. */
export function secretValue(value: unknown): Readonly<Record<string, unknown>> {
  return { [specialSigKey]: specialSecretSig, value };
}

/** Drops undefined properties and turns references to resources into ids, as the engine does. */
export function toWire(value: unknown): JavaScriptValue {
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== "object" || value === null) return value as JavaScriptValue;
  if (isResourceReference(value)) return value.id || unknownValue;
  return toWireProperties(value as Readonly<Record<string, unknown>>);
}

export function toWireProperties(
  props: Readonly<Record<string, unknown>>,
): Record<string, JavaScriptValue> {
  const defined = Object.entries(props).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([name, value]) => [name, toWire(value)]));
}

function isResourceReference(value: object): value is { readonly id?: string } {
  return specialSigKey in value && value[specialSigKey] === specialResourceSig;
}
