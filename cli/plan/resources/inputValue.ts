import {
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";

/** The value at a path in inputs, e.g. `rules.0.bucketKeyEnabled`; undefined if there is none. */
export function inputValue(inputs: PropertyValue, path: string): PropertyValue | undefined {
  let value: PropertyValue | undefined = inputs;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    // What is in a secret is secret, and in an unknown value unknown.
    if (isHidden(value)) return value;
    value = (value as Properties)[key];
  }
  return value;
}

/** The value at a path as text; undefined if there is none, or an empty list. */
export function inputText(inputs: PropertyValue, path: string): string | undefined {
  const value = inputValue(inputs, path);
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) && value.length === 0 ? undefined : shownValue(value);
}

/** The entries of the list at a path; what is no list is its own only entry. */
export function inputList(inputs: PropertyValue, path: string): readonly PropertyValue[] {
  const value = inputValue(inputs, path);
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly PropertyValue[]) : [value];
}

/** A value as text, without what it hides. */
export function shownValue(value: PropertyValue): string {
  if (typeof value === "string") return value;
  if (isHidden(value)) return value.toJSON();
  return JSON.stringify(value);
}

/** Whether all that can be told of a value is its mark. */
export function isHidden(value: unknown): value is Unknown | Secret {
  return value instanceof Unknown || value instanceof Secret;
}

/** One thing that matters of a resource, e.g. `retention` and `24 h`. */
export interface Detail {
  readonly label: string;
  readonly value: string;
  /** Tells two details with the same value apart, if the value is only a summary. */
  readonly whole?: string;
}
