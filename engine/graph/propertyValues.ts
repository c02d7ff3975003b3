import { type PropertyValue, Secret, Unknown } from "./resourceGraph";

/** A value and everything in it, in secrets too. */
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
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}
