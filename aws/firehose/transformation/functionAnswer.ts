import type { RecordOutcome } from "../processing/processedRecord";
import type { CallFailure } from "./functionInvoker";

/** What a function made of one record. */
type TransformedRecord = Extract<RecordOutcome, { data: unknown } | { dropped: unknown }>;

/** Of one record, or of all records of a call. */
export type AnswerFailure = Omit<CallFailure, "reason">;

/** For each record that was sent, or one failure of all. */
export type FunctionAnswer =
  | { readonly outcomes: readonly (TransformedRecord | { readonly failure: AnswerFailure })[] }
  | { readonly failure: CallFailure };

/** What a function, or its runtime, threw; also what a malformed answer is in part. */
export const functionError: AnswerFailure = {
  errorCode: "Lambda.FunctionError",
  errorMessage: "The Lambda function was successfully invoked but it returned an error result.",
};

/**
 * Reads what a function returned. An ID that was not sent is ignored.
 *
 * Source: Firehose Developer Guide, "Understand required parameters for data transformation". The
 * failures are those that AWS wrote into error objects; where two observations differ, a constant
 * below says which one applies.
 *
 * @param ids of the records that were sent
 */
export function readAnswer(payload: string, ids: readonly string[]): FunctionAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return { failure: { ...notJson, reason: "It returned something that is not JSON." } };
  }
  const returned = new Map<string, unknown[]>();
  // An answer without records returns none of the IDs.
  for (const entry of listOf(membersOf(answer)["records"])) {
    const { recordId } = membersOf(entry);
    if (typeof recordId === "string")
      returned.set(recordId, [...(returned.get(recordId) ?? []), entry]);
  }
  const outcomes: Exclude<Outcome, Malformed>[] = [];
  for (const id of ids) {
    const outcome = outcomeOf(returned.get(id) ?? []);
    if ("malformed" in outcome) return { failure: { ...functionError, reason: outcome.malformed } };
    outcomes.push(outcome);
  }
  return { outcomes };
}

type Outcome = TransformedRecord | { readonly failure: AnswerFailure } | Malformed;

/** A record that makes the whole answer fail, as observed in AWS, and why. */
interface Malformed {
  readonly malformed: string;
}

function outcomeOf([entry, ...others]: readonly unknown[]): Outcome {
  if (entry === undefined) return { failure: missingRecordId };
  if (others.length > 0) return { failure: duplicatedRecordId };
  const { result, data, metadata } = membersOf(entry);
  switch (result) {
    case "Ok":
      return transformed(data, metadata);
    case "Dropped":
      return { dropped: true };
    case "ProcessingFailed":
      return { failure: processingFailed };
    default:
      return { malformed: `It returned a record with the result ${JSON.stringify(result)}.` };
  }
}

function transformed(encoded: unknown, metadata: unknown): Outcome {
  if (encoded === null || encoded === undefined) return { failure: nullData };
  if (typeof encoded !== "string" || !base64.test(encoded))
    return { malformed: "It returned a record whose data is not Base64." };
  const keys = partitionKeys(metadata);
  const data = Buffer.from(encoded, "base64");
  return { data, ...(keys && { partitionKeys: { lambda: keys } }) };
}

/**
 * With its padding, and without line ends. That AWS rejects other characters was observed; the rest is
 * not documented.
 */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u;

/**
 * The partition keys that a function returned. AWS documents strings; what it does with others is not
 * documented, so they are left out, and the record then lacks the key.
 */
function partitionKeys(metadata: unknown): Readonly<Record<string, string>> | undefined {
  const keys = membersOf(membersOf(metadata)["partitionKeys"]);
  const strings = Object.entries(keys).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return strings.length > 0 ? Object.fromEntries(strings) : undefined;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const processingFailed: AnswerFailure = {
  errorCode: "Lambda.ProcessingFailedStatus",
  errorMessage: "ProcessingFailed status set for record",
};

const missingRecordId: AnswerFailure = {
  errorCode: "Lambda.MissingRecordId",
  errorMessage:
    "One or more record Ids were not returned. Ensure that the Lambda function returns all received " +
    "record Ids.",
};

const duplicatedRecordId: AnswerFailure = {
  errorCode: "Lambda.DuplicatedRecordId",
  errorMessage:
    "Multiple records were returned with the same record Id. Ensure that the Lambda function returns " +
    "a unique record Id for each record.",
};

/**
 * `Ok` without data. One observation is this failure of the record alone, another one a
 * `Lambda.FunctionError` of the whole call. This is the newer one, and has its own message.
 */
const nullData: AnswerFailure = {
  errorCode: "Lambda.InvalidReturnFormat",
  errorMessage:
    "The data field cannot be null when the SourceType is DirectPut or KinesisStreamAsSource and " +
    "processing result is Ok. The value field cannot be null when the SourceType is MSKAsSource and " +
    "processing result is Ok.",
};

/** Source: Firehose Developer Guide, "Lambda invocation errors". */
const notJson: AnswerFailure = {
  errorCode: "Lambda.JsonProcessingException",
  errorMessage:
    "There was an error parsing returned records from the Lambda function. Ensure that the returned " +
    "records follow the status model required by Amazon Data Firehose.",
};
