/**
 * Limits of Kinesis PutRecords.
 * Source: Amazon Kinesis Data Streams API Reference, PutRecords and PutRecordsRequestEntry.
 */

/** Records of one request. */
export const MAX_RECORDS_PER_REQUEST = 500;

/**
 * Bytes of one request: data blobs and partition keys together. AWS accepts 10 MiB since it takes
 * large records; 5 MiB is the limit before that, which every region and local endpoint accepts.
 */
export const MAX_REQUEST_BYTES = 5 * 1024 * 1024;

/** Bytes of one record: data blob and partition key together, for a stream with the default limit. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** A partition key has 1 to 256 characters. Ours is a random UUID, which spreads over all shards. */
export const PARTITION_KEY_BYTES = 36;
