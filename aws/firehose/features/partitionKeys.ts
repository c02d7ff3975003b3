import type { QueryResult } from "../jq/jqQuery";
import type { RecordFailure } from "../processing/processedRecord";

/** What is wrong with a record or its partition keys. */
type KeyProblem = Pick<RecordFailure, "errorMessage"> & Partial<Pick<RecordFailure, "errorCode">>;

/** As observed in AWS. */
export const noJson: KeyProblem = { errorMessage: "Non JSON record provided" };

/** As observed in AWS, for null, a key that is missing, and an empty string. */
export const noValue: KeyProblem = {
  errorMessage: "partitionKeys values must not be null or empty",
};

/** The failure of a record that has no partition. Type and code are as observed in AWS. */
export function failedExtraction(
  { errorCode = "DynamicPartitioning.MetadataExtractionFailed", errorMessage }: KeyProblem,
  at: number,
): RecordFailure {
  return {
    errorOutputType: "metadata-extraction-failed",
    errorCode,
    errorMessage,
    attemptsMade: 1,
    attemptEndingTimestamp: at,
  };
}

/**
 * The keys that a query returned: one object with strings. What AWS does with other results is not
 * documented, and its messages for them are not known.
 */
export function partitionKeysIn(
  result: QueryResult,
): { readonly keys: Readonly<Record<string, string>> } | KeyProblem {
  if ("error" in result) return { errorMessage: `The query fails: ${textOf(result.error)}` };
  const { outputs } = result;
  const [output] = outputs;
  if (outputs.length !== 1)
    return { errorMessage: `The query has ${outputs.length} outputs; allowed: one` };
  if (typeof output !== "object" || output === null || Array.isArray(output))
    return { errorMessage: "The output of the query is not an object" };
  const keys: [string, string][] = [];
  for (const [key, value] of Object.entries(output as Readonly<Record<string, unknown>>)) {
    if (value === null || value === "") return noValue;
    const text = keyText(value);
    if (text === undefined)
      return { errorMessage: `The partition key ${key} is neither a string nor a number` };
    keys.push([key, text]);
  }
  return { keys: Object.fromEntries(keys) };
}

/**
 * The value of a partition key in the keys of objects. That strings are used as they are, with slashes
 * and spaces, is documented nowhere, nor that numbers and booleans are used as jq prints them and
 * objects and arrays are rejected.
 */
function keyText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "object" ? undefined : JSON.stringify(value);
}

function textOf(error: unknown): string {
  return typeof error === "string" ? error : JSON.stringify(error);
}
