import { isRecord } from "../../../engine/graph/jsonRecord";
import {
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";

/** The value at a path in inputs, e.g. `rules.0.bucketKeyEnabled`; undefined if it is absent. */
export function inputValue(inputs: PropertyValue, path: string): PropertyValue | undefined {
  let value: PropertyValue | undefined = inputs;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    // A part of a secret is secret, and a part of an unknown value is unknown.
    if (isHidden(value)) return value;
    value = (value as Properties)[key];
  }
  return value;
}

/** The value at a path as text; undefined if it is absent or an empty list. */
export function inputText(inputs: PropertyValue, path: string): string | undefined {
  const value = inputValue(inputs, path);
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) && value.length === 0 ? undefined : shownValue(value);
}

/** The entries of the list at a path; any other value counts as a list of one. */
export function inputList(inputs: PropertyValue, path: string): readonly PropertyValue[] {
  const value = inputValue(inputs, path);
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly PropertyValue[]) : [value];
}

/** A value as text; `[secret]` or `[unknown]` if it is hidden. */
export function shownValue(value: PropertyValue): string {
  if (typeof value === "string") return value;
  if (isHidden(value)) return value.toJSON();
  return JSON.stringify(value);
}

/** Whether reports show only the mark of a value. */
export function isHidden(value: unknown): value is Unknown | Secret {
  return value instanceof Unknown || value instanceof Secret;
}

/** The object in a JSON string; undefined if the string contains no object. */
export function parseObject(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One detail of a resource, e.g. `retention` and `24 h`. */
export interface Detail {
  readonly label: string;
  readonly value: string;
  /** Distinguishes details with the same value, where the value is only a summary. */
  readonly whole?: string;
}
