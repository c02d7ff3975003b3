import type { DeclaredInputs } from "../model/declaredInputs";

/** A labeled value, as a plan shows it. */
export interface ReportLine {
  readonly label: string;
  readonly value: string;
}

/** Something that a delivery stream does, and how it is declared. */
export interface Feature<T> {
  /** Reads it from the group of inputs that contains it, and reports what AWS rejects. */
  readonly read: (inputs: DeclaredInputs) => T;
  /** What a plan shows of it: what is set, with hidden values. */
  readonly report: (inputs: DeclaredInputs) => readonly ReportLine[];
}

/** An input that a report shows under a label, followed by a unit. */
export interface ShownInput {
  readonly label: string;
  readonly input: string;
  readonly unit?: string;
}

/** The inputs that are set, in this order. */
export function shownInputs(
  inputs: DeclaredInputs,
  shown: readonly ShownInput[],
): readonly ReportLine[] {
  return shown.flatMap(({ label, input, unit = "" }) => lineOf(label, inputs.shown(input), unit));
}

/** A line with a value, or none without one. Firehose treats an empty string as not set. */
export function lineOf(label: string, value: string | undefined, unit = ""): readonly ReportLine[] {
  return value === undefined ? [] : [{ label, value: value === "" ? "none" : `${value}${unit}` }];
}
