import type { FunctionReply } from "../../../../aws/firehose/transformation/functionInvoker";

/** One record of an answer. `id` is the index of the record that was sent, or an ID. */
interface Answered {
  readonly id: number | string;
  readonly result?: unknown;
  readonly data?: unknown;
  readonly metadata?: unknown;
}

/** What becomes of a record, in the form of the table. */
type Expected =
  | { readonly ok: string; readonly keys?: Readonly<Record<string, string>> }
  | "dropped"
  /** The code of the failure without `Lambda.`, and how many calls were made. */
  | readonly [code: string, attempts: number];

export interface TransformationVector {
  readonly id: string;
  readonly what: string;
  /** Where the expectation comes from. */
  readonly source: string;
  /** Data of the records. Default: one record, `a`. */
  readonly records?: readonly string[];
  /** NumberOfRetries. Default: 3. */
  readonly retries?: number;
  /** One for each call; the last one also for further calls. */
  readonly replies: readonly (readonly Answered[] | FunctionReply | Error)[];
  readonly expected: readonly Expected[];
}

// Sources. "Guide" is the Amazon Data Firehose Developer Guide.
const transform = 'Guide, "Transform source data"';
const parameters = 'Guide, "Understand required parameters for data transformation"';
const failures = 'Guide, "Handle failure in data transformation"';
const errors = 'Guide, "Lambda invocation errors"';
const partitioning = 'Guide, "Create partitioning keys with a Lambda function"';
const api = "Firehose API, ProcessorParameter";
const probed = "calls of AWS in September 2026, published with an emulator (DirectPut)";
const captured = "calls of AWS, published with an emulator (Kinesis source)";
const errorObject = "error objects of AWS in public repositories";
const unsettled = "not documented: a constant in the code says why";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const ok = (id: number | string, text: string): Answered => ({
  ...{ id, result: "Ok", data: base64(text) },
});
const failing: FunctionReply = { functionError: "Error: no" };
const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
const rejected = (code: string): Error => Object.assign(new Error(`${code} of Lambda`), { code });
const payload = (text: string): FunctionReply => ({ payload: text });
const keys = (partitionKeys: unknown): Answered => ({
  ...{ ...ok(0, "a"), metadata: { partitionKeys } },
});

/** What a Lambda processor makes of the answers of a function. */
export const transformationVectors: readonly TransformationVector[] = [
  // L1 to L10 and their neighbors.
  {
    id: "L1",
    what: "Ok replaces the data",
    source: transform,
    replies: [[{ id: 0, result: "Ok", data: "aGk=" }]],
    expected: [{ ok: "hi" }],
  },
  {
    id: "L1a",
    what: "Ok adds no newline",
    source: transform,
    records: ["a\n"],
    replies: [[ok(0, "b")]],
    expected: [{ ok: "b" }],
  },
  {
    id: "L1b",
    what: "Ok with empty data delivers an empty record",
    source: captured,
    replies: [[ok(0, "")]],
    expected: [{ ok: "" }],
  },
  {
    id: "L1c",
    what: "an empty record is sent, too",
    source: captured,
    records: [""],
    replies: [[ok(0, "filled")]],
    expected: [{ ok: "filled" }],
  },
  {
    id: "L1d",
    what: "an answer in another order keeps the order of the records",
    source: parameters,
    records: ["a", "b", "c"],
    replies: [[ok(2, "C"), ok(0, "A"), ok(1, "B")]],
    expected: [{ ok: "A" }, { ok: "B" }, { ok: "C" }],
  },
  {
    id: "L1e",
    what: "further members of the answer are ignored",
    source: parameters,
    replies: [
      payload('{"records":[{"recordId":"#0","result":"Ok","data":"YQ==","extra":1}],"more":2}'),
    ],
    expected: [{ ok: "a" }],
  },
  {
    id: "L1f",
    what: "binary data survives",
    source: transform,
    replies: [[{ id: 0, result: "Ok", data: "gIE=" }]],
    expected: [{ ok: Buffer.from([0x80, 0x81]).toString("latin1") }],
  },
  {
    id: "L2",
    what: "Dropped leaves no trace",
    source: captured,
    replies: [[{ id: 0, result: "Dropped" }]],
    expected: ["dropped"],
  },
  {
    id: "L2a",
    what: "Dropped with data drops it",
    source: captured,
    replies: [[{ id: 0, result: "Dropped", data: "YQ==" }]],
    expected: ["dropped"],
  },
  {
    id: "L2b",
    what: "Dropped needs no valid data",
    source: unsettled,
    replies: [[{ id: 0, result: "Dropped", data: "%%%" }]],
    expected: ["dropped"],
  },
  {
    id: "L2c",
    what: "Dropped and Ok in one answer",
    source: parameters,
    records: ["a", "b"],
    replies: [[{ id: 0, result: "Dropped" }, ok(1, "B")]],
    expected: ["dropped", { ok: "B" }],
  },
  {
    id: "L3",
    what: "ProcessingFailed fails the record",
    source: probed,
    replies: [[{ id: 0, result: "ProcessingFailed", data: "YQ==" }]],
    expected: [["ProcessingFailedStatus", 1]],
  },
  {
    id: "L3a",
    what: "ProcessingFailed without data",
    source: probed,
    replies: [[{ id: 0, result: "ProcessingFailed" }]],
    expected: [["ProcessingFailedStatus", 1]],
  },
  {
    id: "L3b",
    what: "ProcessingFailed leaves the others",
    source: probed,
    records: ["a", "b"],
    replies: [[{ id: 0, result: "ProcessingFailed" }, ok(1, "B")]],
    expected: [["ProcessingFailedStatus", 1], { ok: "B" }],
  },
  {
    id: "L3c",
    what: "ProcessingFailed is not repeated",
    source: probed,
    retries: 5,
    replies: [[{ id: 0, result: "ProcessingFailed" }], [ok(0, "a")]],
    expected: [["ProcessingFailedStatus", 1]],
  },
  {
    id: "L4",
    what: "an ID that is missing",
    source: probed,
    records: ["a", "b"],
    replies: [[ok(0, "A")]],
    expected: [{ ok: "A" }, ["MissingRecordId", 1]],
  },
  {
    id: "L4a",
    what: "an ID that was changed",
    source: captured,
    replies: [[ok("other", "A")]],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L4b",
    what: "a number as ID",
    source: parameters,
    replies: [payload('{"records":[{"recordId":1,"result":"Ok","data":"YQ=="}]}')],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L4c",
    what: "an entry that is not an object",
    source: parameters,
    replies: [payload('{"records":[null,"#0"]}')],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L5",
    what: "an ID twice",
    source: probed,
    records: ["a", "b"],
    replies: [[ok(0, "A"), ok(0, "A"), ok(1, "B")]],
    expected: [["DuplicatedRecordId", 1], { ok: "B" }],
  },
  {
    id: "L5a",
    what: "an ID twice with other results",
    source: errorObject,
    replies: [[ok(0, "A"), { id: 0, result: "Dropped" }]],
    expected: [["DuplicatedRecordId", 1]],
  },
  {
    id: "L6",
    what: "a function that throws, NumberOfRetries 2",
    source: probed,
    retries: 2,
    replies: [failing],
    expected: [["FunctionError", 3]],
  },
  {
    id: "L6a",
    what: "NumberOfRetries 0",
    source: api,
    retries: 0,
    replies: [failing],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L6b",
    what: "the default of 3 retries",
    source: failures,
    replies: [failing],
    expected: [["FunctionError", 4]],
  },
  {
    id: "L6c",
    what: "a retry that succeeds",
    source: failures,
    replies: [failing, [ok(0, "A")]],
    expected: [{ ok: "A" }],
  },
  {
    id: "L6d",
    what: "a retry that succeeds for some records",
    source: failures,
    records: ["a", "b"],
    replies: [failing, failing, [ok(0, "A"), { id: 1, result: "ProcessingFailed" }]],
    expected: [{ ok: "A" }, ["ProcessingFailedStatus", 3]],
  },
  {
    id: "L6e",
    what: "all records of a call fail with it",
    source: captured,
    records: ["a", "b"],
    retries: 1,
    replies: [failing],
    expected: [
      ["FunctionError", 2],
      ["FunctionError", 2],
    ],
  },
  {
    id: "L6f",
    what: "a timeout",
    source: captured,
    retries: 1,
    replies: [{ functionError: "Task timed out after 3.00 seconds" }],
    expected: [["FunctionError", 2]],
  },
  {
    id: "L6g",
    what: "an answer that is too large",
    source: captured,
    retries: 1,
    replies: [{ functionError: "Function.ResponseSizeTooLarge: Response payload size" }],
    expected: [["FunctionError", 2]],
  },
  {
    id: "L7",
    what: "{}",
    source: probed,
    replies: [payload("{}")],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L7a",
    what: "null, of a function that returns nothing",
    source: probed,
    replies: [payload("null")],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L7b",
    what: "a string",
    source: probed,
    replies: [payload('"done"')],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L7c",
    what: "records that are not a list",
    source: probed,
    replies: [payload('{"records":{"recordId":"#0"}}')],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L7d",
    what: "no records in the list",
    source: probed,
    records: ["a", "b"],
    replies: [payload('{"records":[]}')],
    expected: [
      ["MissingRecordId", 1],
      ["MissingRecordId", 1],
    ],
  },
  {
    id: "L7e",
    what: "the list alone",
    source: probed,
    replies: [payload('[{"recordId":"#0","result":"Ok","data":"YQ=="}]')],
    expected: [["MissingRecordId", 1]],
  },
  {
    id: "L8",
    what: "an ID that was not sent",
    source: probed,
    replies: [[ok(0, "A"), ok("other", "X")]],
    expected: [{ ok: "A" }],
  },
  {
    id: "L8a",
    what: "an ID that was not sent, twice",
    source: probed,
    replies: [[ok("other", "X"), ok("other", "X"), ok(0, "A")]],
    expected: [{ ok: "A" }],
  },
  {
    id: "L8b",
    what: "an ID that was not sent, malformed",
    source: unsettled,
    replies: [[{ id: "other", result: "?" }, ok(0, "A")]],
    expected: [{ ok: "A" }],
  },
  {
    id: "L9",
    what: "data that is not Base64",
    source: captured,
    replies: [[{ id: 0, result: "Ok", data: "%%%" }]],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L9a",
    what: "data that is not Base64 fails all records of the call",
    source: captured,
    records: ["a", "b"],
    replies: [[ok(0, "A"), { id: 1, result: "Ok", data: "a b" }]],
    expected: [
      ["FunctionError", 1],
      ["FunctionError", 1],
    ],
  },
  {
    id: "L9b",
    what: "data without its padding",
    source: unsettled,
    replies: [[{ id: 0, result: "Ok", data: "YQ" }]],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L9c",
    what: "data in the URL alphabet of Base64",
    source: unsettled,
    replies: [[{ id: 0, result: "Ok", data: "-_-_" }]],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L9d",
    what: "data that is an object",
    source: unsettled,
    replies: [[{ id: 0, result: "Ok", data: { a: 1 } }]],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L9e",
    what: "null as data",
    source: probed,
    replies: [[{ id: 0, result: "Ok", data: null }]],
    expected: [["InvalidReturnFormat", 1]],
  },
  {
    id: "L9f",
    what: "Ok without data leaves the others",
    source: probed,
    records: ["a", "b"],
    replies: [[{ id: 0, result: "Ok" }, ok(1, "B")]],
    expected: [["InvalidReturnFormat", 1], { ok: "B" }],
  },
  {
    id: "L9g",
    what: "a result that does not exist",
    source: captured,
    replies: [[{ ...ok(0, "A"), result: "OK" }]],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L9h",
    what: "no result",
    source: captured,
    replies: [[{ id: 0, data: "YQ==" }]],
    expected: [["FunctionError", 1]],
  },
  {
    id: "L9i",
    what: "something that is not JSON",
    source: errors,
    replies: [payload("records: none")],
    expected: [["JsonProcessingException", 1]],
  },
  {
    id: "L10",
    what: "partition keys",
    source: partitioning,
    replies: [[keys({ y: "2026" })]],
    expected: [{ ok: "a", keys: { y: "2026" } }],
  },
  {
    id: "L10a",
    what: "several partition keys",
    source: partitioning,
    replies: [[keys({ y: "2026", m: "03" })]],
    expected: [{ ok: "a", keys: { y: "2026", m: "03" } }],
  },
  {
    id: "L10b",
    what: "no partition keys",
    source: partitioning,
    replies: [[keys({})]],
    expected: [{ ok: "a" }],
  },
  {
    id: "L10c",
    what: "partition keys that are not strings",
    source: unsettled,
    replies: [[keys({ y: 2026, m: "03" })]],
    expected: [{ ok: "a", keys: { m: "03" } }],
  },
  {
    id: "L10d",
    what: "partition keys that are not an object",
    source: unsettled,
    replies: [[keys(["2026"])]],
    expected: [{ ok: "a" }],
  },
  {
    id: "L10e",
    what: "an empty partition key is passed on, and fails later",
    source: 'observed for jq; "partitionKeys values must not be null or empty"',
    replies: [[keys({ y: "" })]],
    expected: [{ ok: "a", keys: { y: "" } }],
  },
  // Lambda rejects the call.
  {
    id: "L11",
    what: "IAM denies the call",
    source: `${errors}; ${errorObject}: 4 attempts`,
    replies: [denied],
    expected: [["InvokeAccessDenied", 4]],
  },
  {
    id: "L12",
    what: "too many calls at the same time",
    source: `${errors}; ${failures}`,
    retries: 1,
    replies: [rejected("TooManyRequestsException")],
    expected: [["InvokeLimitExceeded", 2]],
  },
  {
    id: "L12a",
    what: "too many calls, and then not",
    source: failures,
    replies: [rejected("TooManyRequestsException"), [ok(0, "A")]],
    expected: [{ ok: "A" }],
  },
  {
    id: "L13",
    what: "a function that does not exist",
    source: errors,
    retries: 0,
    replies: [rejected("ResourceNotFoundException")],
    expected: [["ResourceNotFound", 1]],
  },
  {
    id: "L14",
    what: "an event that is too large",
    source: unsettled,
    retries: 0,
    replies: [rejected("RequestTooLargeException")],
    expected: [["RequestTooLargeException", 1]],
  },
  {
    id: "L15",
    what: "an invoker that fails without a code of Lambda",
    source: unsettled,
    retries: 0,
    replies: [new Error("no")],
    expected: [["ServiceException", 1]],
  },
];
