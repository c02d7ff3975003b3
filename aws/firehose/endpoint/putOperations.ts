import { ApiFailure, invalidArgument } from "../../apiFailure";
import { blob, list, readInput, required, structure } from "../../requestShape";
import {
  deliveryStreamName,
  type FirehoseContext,
  type ServedDeliveryStream,
  servedDeliveryStream,
} from "./servedDeliveryStream";

// Limits: API Reference, Record and PutRecordBatch. A record is limited before base64 encoding.
const maxRecordBytes = 1000 * 1024;
const maxBatchRecords = 500;
export const maxBatchBytes = 4 * 1024 * 1024;

export interface PutCounts {
  /** How many records were accepted. */
  readonly records: number;
  /** Of the accepted records. */
  readonly bytes: number;
  readonly failedRecords: number;
}

interface PutAnswer {
  readonly body: object;
  readonly counts: PutCounts;
}

type PutOperation = (message: object, context: FirehoseContext) => Promise<PutAnswer>;

const record = structure({ Data: required(blob({ max: maxRecordBytes })) });
const putRecordMembers = { DeliveryStreamName: deliveryStreamName, Record: required(record) };
const putRecordBatchMembers = {
  DeliveryStreamName: deliveryStreamName,
  Records: required(list(record, { min: 1, max: maxBatchRecords })),
};

const putRecord: PutOperation = async (message, context) => {
  const { DeliveryStreamName, Record } = readInput(putRecordMembers, message);
  const { store, encrypted } = directPut(servedDeliveryStream(DeliveryStreamName, context));
  const [recordId] = await store([Record.Data]);
  return {
    body: { RecordId: recordId, Encrypted: encrypted },
    counts: { records: 1, bytes: Record.Data.length, failedRecords: 0 },
  };
};

/** A request whose records cannot be stored succeeds, with an error for each record. */
const putRecordBatch: PutOperation = async (message, context) => {
  const { DeliveryStreamName, Records } = readInput(putRecordBatchMembers, message);
  const { store, encrypted } = directPut(servedDeliveryStream(DeliveryStreamName, context));
  const data = Records.map(({ Data }) => Data);
  const bytes = data.reduce((sum, { length }) => sum + length, 0);
  if (bytes > maxBatchBytes) throw invalidArgument("Records size exceeds 4 MB limit");
  const recordIds = await store(data).catch(() => undefined);
  const responses = recordIds
    ? recordIds.map((RecordId) => ({ RecordId }))
    : data.map(() => ({
        ErrorCode: "InternalFailure",
        ErrorMessage: "Internal service failure.",
      }));
  const failedRecords = recordIds ? 0 : data.length;
  return {
    body: { FailedPutCount: failedRecords, Encrypted: encrypted, RequestResponses: responses },
    counts: { records: data.length - failedRecords, bytes: recordIds ? bytes : 0, failedRecords },
  };
};

export const putOperations: Readonly<Record<string, PutOperation>> = {
  PutRecord: putRecord,
  PutRecordBatch: putRecordBatch,
};

/** How many records a request contains, whether or not they are valid. */
export function sentRecords(operation: string, message: object): number {
  if (operation === "PutRecord") return 1;
  const { Records } = message as { readonly Records?: unknown };
  return Array.isArray(Records) ? Records.length : 0;
}

/** @throws ApiFailure if the delivery stream reads a Kinesis stream */
function directPut({ configuration, store }: ServedDeliveryStream): {
  readonly store: NonNullable<ServedDeliveryStream["store"]>;
  readonly encrypted: boolean;
} {
  if (!store)
    throw invalidArgument(
      "This operation is not permitted on KinesisStreamAsSource delivery stream type.",
    );
  return { store, encrypted: configuration.serverSideEncryption !== undefined };
}

/** What producers get while records are not accepted: a retry may succeed. */
export function unavailable(): ApiFailure {
  return new ApiFailure(
    "ServiceUnavailableException",
    "The service is unavailable. Back off and retry the operation.",
    503,
  );
}
