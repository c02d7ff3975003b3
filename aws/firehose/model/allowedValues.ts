import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Declared, DeclaredInputs } from "./declaredInputs";

/** The values of a number that AWS accepts, both ends included. */
export interface NumberRange {
  readonly minimum: number;
  /** Absent for none. */
  readonly maximum?: number;
  /** False for a fraction. Default: true. */
  readonly whole?: boolean;
}

/** Reads a number, and reports one that is out of its range. */
export function numberIn(
  inputs: DeclaredInputs,
  name: string,
  range: NumberRange,
  defaultValue: number,
): Declared<number> {
  const value = inputs.number(name) ?? defaultValue;
  if (!(value instanceof Unknown) && !isIn(value, range))
    inputs.refuseValue(name, describeRange(range));
  return value;
}

export function isIn(
  value: number,
  { minimum, maximum = Infinity, whole = true }: NumberRange,
): boolean {
  return value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
}

/** E.g. "a whole number from 1 to 128". */
export function describeRange({ minimum, maximum, whole = true }: NumberRange): string {
  const kind = whole ? "a whole number" : "a number";
  return maximum === undefined
    ? `${kind} from ${minimum}`
    : `${kind} from ${minimum} to ${maximum}`;
}

/** Reads one of several values, which are case-sensitive. Any other is reported and replaced. */
export function oneOf<T extends string>(
  inputs: DeclaredInputs,
  name: string,
  allowed: readonly T[],
  defaultValue: T,
): Declared<T> {
  const value = inputs.text(name) ?? defaultValue;
  if (value instanceof Unknown) return value;
  const found = allowed.find((one) => one === value);
  if (found === undefined) inputs.refuseValue(name, allowed.join(", "));
  return found ?? defaultValue;
}

/** Reads a string that must be set and not empty. */
export function requiredText(inputs: DeclaredInputs, name: string): Declared<string> | undefined {
  const value = inputs.text(name);
  if (value === "") inputs.refuseValue(name, "a string that is not empty");
  if (value === undefined && !inputs.has(name)) inputs.refuse(name, "is not set");
  return value;
}
