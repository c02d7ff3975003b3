import type { Properties } from "../graph/resourceGraph";
import type { CallContext } from "./callContext";

/** A provider function that is answered offline. */
export interface OfflineFunction {
  /** The properties of every result. One that an answer leaves out is unknown. */
  readonly outputs: readonly string[];
  /**
   * Properties whose values are made up, because programs break without a value: a program can index
   * a list, or pass an id to another function, which the SDK does not call with an unknown id.
   */
  readonly madeUp?: readonly string[];
  /** Whether the cloud is asked, so that most of the result is unknown. */
  readonly isLookup?: true;
  /** What the graph lacks without a result. Default: the program continues with an unknown result. */
  readonly lacks?: string;
  /** Properties that the provider marks as secret. */
  readonly secret?: readonly string[];
  /**
   * @param args without secrets and unknown values
   * @throws Error if the provider would reject the arguments
   */
  readonly answer: (args: Properties, context: CallContext) => Properties;
}

export type OfflineFunctions = Readonly<Record<string, OfflineFunction>>;

/** An argument that is a string; undefined if it is not set. */
export function stringArgument(args: Properties, name: string): string | undefined {
  const value = args[name];
  return typeof value === "string" ? value : undefined;
}

/** An argument that is a list of strings; empty if it is not set. */
export function stringArguments(args: Properties, name: string): readonly string[] {
  const value = args[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** @throws Error if the argument is not set */
export function requiredArgument(args: Properties, name: string): string {
  const value = stringArgument(args, name);
  if (value === undefined) throw new Error(`${name} is missing.`);
  return value;
}
