import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";
import type { Slices } from "../processing/recordSlices";

/** What is done to the records of a delivery stream, as declared. */
export type Processor =
  | {
      readonly type:
        | "RecordDeAggregation"
        | "Decompression"
        | "Lambda"
        | "MetadataExtraction"
        | "AppendDelimiterToRecord";
    }
  | {
      readonly type: "CloudWatchLogProcessing";
      /** Whether to deliver only the messages of the log events. */
      readonly dataMessageExtraction: boolean;
    };

/** Value of `type` in a processor. */
export type ProcessorType = Processor["type"];

/** A processor that a delivery stream can declare. */
export interface ProcessorFeature {
  readonly type: ProcessorType;
  /** Reads the parameters of a declared processor, and reports what AWS rejects. */
  readonly read: (inputs: DeclaredInputs) => Declared<Processor>;
  /** False if the local delivery engine does not support it. */
  readonly supported: boolean;
  /**
   * Processes the records of a page; absent if it does not act on records. Records that failed or
   * were dropped pass through. `eachRecord` does that for a processor of single records.
   *
   * @param at the time of the attempt, in milliseconds since 1970
   * @returns the outcome of each record, in the order of the page
   */
  readonly process?: (processor: Processor, slices: Slices, at: number) => Slices;
  /** True if it makes calls to AWS that the access check does not know. */
  readonly makesCalls?: boolean;
}

/** The parameters of a processor by name; unknown if one of them is. */
export function parametersOf(
  inputs: DeclaredInputs,
  allowed: string,
): Declared<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const parameters = inputs.groups("parameters");
  if (parameters instanceof Unknown) return parameters;
  for (const parameter of parameters) {
    const name = parameter.text("parameterName") ?? "";
    const value = parameter.text("parameterValue") ?? "";
    if (name instanceof Unknown) return name;
    if (name !== allowed) parameter.refuse("parameterName", `is "${name}"; allowed: ${allowed}`);
    if (value instanceof Unknown) return value;
    values.set(name, value);
  }
  return values;
}
