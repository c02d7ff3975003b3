import { Unknown } from "../../../engine/graph/resourceGraph";
import { describeRange, isIn, type NumberRange, requiredText } from "../model/allowedValues";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/** Source: Firehose API, ProcessorParameter `ParameterName`. */
export const parameterNames = [
  ...["LambdaArn", "NumberOfRetries", "RoleArn", "BufferSizeInMBs", "BufferIntervalInSeconds"],
  ...["MetadataExtractionQuery", "JsonParsingEngine", "SubRecordType", "Delimiter"],
  ...["CompressionFormat", "DataMessageExtraction"],
];

/** API, ProcessorParameter `ParameterValue`. */
const maximumLength = 5120;

/**
 * Reads the parameters of a processor, each of which is a string.
 *
 * @param allowed the names of its parameters
 * @returns unknown if a name or a value is
 */
export function readParameters(
  processor: DeclaredInputs,
  allowed: readonly string[],
): Declared<ProcessorParameters> {
  const parameters = processor.groups("parameters");
  if (parameters instanceof Unknown) return parameters;
  const read = new Map<string, Parameter>();
  let unknown: Unknown | undefined;
  for (const inputs of parameters) {
    const name = requiredText(inputs, "parameterName");
    const value = requiredText(inputs, "parameterValue");
    if (name instanceof Unknown || value instanceof Unknown) unknown ??= new Unknown();
    if (typeof name !== "string" || typeof value !== "string") continue;
    if (name !== "" && !allowed.includes(name))
      inputs.refuseValue("parameterName", allowed.join(", "));
    else if (read.has(name))
      inputs.refuse("parameterName", `is "${name}" a second time; allowed: once`);
    if (value.length > maximumLength) {
      const found = `has ${value.length} characters`;
      inputs.refuse("parameterValue", `${found}; allowed: 1 to ${maximumLength}`);
    }
    if (!read.has(name)) read.set(name, { value, shown: inputs.quoted("parameterValue") ?? "" });
  }
  return unknown ?? new ProcessorParameters(processor, read);
}

interface Parameter {
  readonly value: string;
  /** For an error. */
  readonly shown: string;
}

/** The parameters of one processor. */
export class ProcessorParameters {
  readonly #processor: DeclaredInputs;
  readonly #parameters: ReadonlyMap<string, Parameter>;

  constructor(processor: DeclaredInputs, parameters: ReadonlyMap<string, Parameter>) {
    this.#processor = processor;
    this.#parameters = parameters;
  }

  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  /** A value of this form, or undefined if it is not set. */
  matching(name: string, form: (value: string) => boolean, allowed: string): string | undefined {
    const parameter = this.#parameters.get(name);
    if (parameter === undefined || form(parameter.value)) return parameter?.value;
    this.refuse(`has ${name} ${parameter.shown}`, allowed);
    return undefined;
  }

  /** Like `matching`, of a parameter that must be set. */
  required(name: string, form: (value: string) => boolean, allowed: string): string | undefined {
    if (!this.has(name)) this.refuse(`has no ${name}`, allowed);
    return this.matching(name, form, allowed);
  }

  /** A number that is written as a string. */
  number(name: string, range: NumberRange, defaultValue: number): number {
    const isNumber = (text: string) =>
      /^[+-]?\d*\.?\d+$/u.test(text.trim()) && isIn(Number(text), range);
    const text = this.matching(name, isNumber, describeRange(range));
    return text === undefined ? defaultValue : Number(text);
  }

  /** Adds a problem with the parameters as a whole. */
  refuse(what: string, allowed: string): void {
    this.#processor.refuse("parameters", `${what}; allowed: ${allowed}`);
  }
}
