import type { InputReader } from "../../../engine/graph/inputReader";

/** What is done to each record before it is buffered. */
export type Processor =
  | { readonly type: "Decompression" }
  | {
      readonly type: "CloudWatchLogProcessing";
      /** Whether to deliver only the messages of the log events. */
      readonly dataMessageExtraction: boolean;
    };

/** Types that the local delivery engine supports. The delimiter applies to objects, not to records. */
export const processorTypes: readonly string[] = [
  "Decompression",
  "CloudWatchLogProcessing",
  "AppendDelimiterToRecord",
];

/**
 * Reads the processors of a delivery stream, and adds what is wrong with them to its problems.
 *
 * @returns the processors as AWS applies them: each once, in AWS's order, whatever the declared order
 */
export function readProcessors(declared: readonly InputReader[]): readonly Processor[] {
  const ofType = (type: string) => declared.filter((inputs) => inputs.text("type") === type);
  const decompressions = ofType("Decompression");
  const logProcessings = ofType("CloudWatchLogProcessing");
  for (const inputs of decompressions) {
    const format = parametersOf(inputs, "CompressionFormat").get("CompressionFormat") ?? "GZIP";
    if (format !== "GZIP") {
      inputs.problem("parameters", `has CompressionFormat "${format}"; allowed: GZIP`);
    }
  }
  const extractions = logProcessings.map((inputs) => {
    if (decompressions.length === 0) {
      inputs.problem("type", "is CloudWatchLogProcessing, which also requires Decompression");
    }
    return dataMessageExtraction(inputs);
  });
  return [
    ...decompressions.slice(0, 1).map(() => ({ type: "Decompression" }) as const),
    ...extractions
      .slice(0, 1)
      .map((flag) => ({ type: "CloudWatchLogProcessing", dataMessageExtraction: flag }) as const),
  ];
}

function dataMessageExtraction(inputs: InputReader): boolean {
  const name = "DataMessageExtraction";
  const value = parametersOf(inputs, name).get(name);
  if (value === undefined) {
    inputs.problem("parameters", `has no ${name}; allowed: true or false`);
  } else if (!/^(true|false)$/i.test(value)) {
    inputs.problem("parameters", `has ${name} "${value}"; allowed: true or false`);
  }
  return value?.toLowerCase() === "true";
}

function parametersOf(inputs: InputReader, allowed: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const parameter of inputs.groups("parameters")) {
    const name = parameter.text("parameterName") ?? "";
    if (name !== allowed) parameter.problem("parameterName", `is "${name}"; allowed: ${allowed}`);
    values.set(name, parameter.text("parameterValue") ?? "");
  }
  return values;
}
