/** The data that a pipeline delivers. */
export interface AthenaLake {
  /** Name of the pipeline, e.g. `user-events`. */
  readonly name: string;
  readonly bucketName: string;
  /** Prefix of the data; valid in Firehose's prefix language. */
  readonly prefix: string;
  /** Time zone of the prefix's timestamps: `UTC` or an IANA name. */
  readonly timeZone: string;
  /** `CompressionFormat` of the delivery stream. */
  readonly compression: string;
  /** Days after which objects expire; absent if they never do. */
  readonly expiryDays?: number | undefined;
  /** The database of the table; absent for that of the query editor. */
  readonly database?: string | undefined;
  /** Of the objects; lines by default. */
  readonly format?: "parquet" | "orc" | undefined;
  /** Of converted records. */
  readonly columns?: readonly DataColumn[] | undefined;
  /** ARN of an existing table of AWS Glue that describes the data. */
  readonly existingTableArn?: string | undefined;
}

/** A column of the data. */
interface DataColumn {
  readonly name: string;
  /** As in a CREATE TABLE statement of Hive. */
  readonly type: string;
}
