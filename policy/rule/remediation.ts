import { UNKNOWN, own } from "../reading/value";
import type { Properties } from "../reading/value";

/** One input that a rule sets to what it asks for. */
export interface Change {
  /** Names, and indices of lists, with dots between them: `rules.0.bucketKeyEnabled`. */
  readonly path: string;
  readonly value: boolean | number | string;
}

/**
 * Makes changes in place: a copy would hand secrets back as plain text, and none can be made of
 * properties with an unknown value among them. What is not known yet stays as it is,
 * and so does what has no block to stand in.
 *
 * @returns whether anything is different now
 */
export function applyChanges(props: Properties, changes: readonly Change[]): boolean {
  return changes.map((change) => apply(props, change)).includes(true);
}

function apply(props: Properties, { path, value }: Change): boolean {
  const names = path.split(".");
  const name = names.pop() ?? path;
  const holder = names.reduce<unknown>(own, props);
  const present = own(holder, name);
  if (!isHolder(holder) || present === UNKNOWN || present === value) return false;
  holder[name] = value;
  return true;
}

function isHolder(holder: unknown): holder is Record<string, unknown> {
  return typeof holder === "object" && holder !== null;
}
