import { type Properties, readValue } from "../../reading/value";

/** One kind of destination of a delivery stream. */
export interface Destination {
  /** The property that configures it. */
  readonly path: string;
  /** The mode of `s3BackupMode` in which Firehose keeps all source records in S3. */
  readonly fullBackup: "Enabled" | "AllEvents" | "AllData" | "AllDocuments";
  /** Whether a full backup has its own block, `s3BackupConfiguration`. Otherwise `s3Configuration` is used. */
  readonly hasBackupBlock?: true;
}

/** The destination with one block for both the data and the errors. */
export const destination = "extendedS3Configuration";

/** Source: Firehose API, CreateDeliveryStream. */
const destinations: readonly Destination[] = [
  { path: destination, fullBackup: "Enabled", hasBackupBlock: true },
  { path: "redshiftConfiguration", fullBackup: "Enabled", hasBackupBlock: true },
  { path: "elasticsearchConfiguration", fullBackup: "AllDocuments" },
  { path: "opensearchConfiguration", fullBackup: "AllDocuments" },
  { path: "opensearchserverlessConfiguration", fullBackup: "AllDocuments" },
  { path: "splunkConfiguration", fullBackup: "AllEvents" },
  { path: "httpEndpointConfiguration", fullBackup: "AllData" },
  { path: "snowflakeConfiguration", fullBackup: "AllData" },
  { path: "icebergConfiguration", fullBackup: "AllData" },
];

/** The destinations that a delivery stream configures. A block may be unknown. */
export function destinationsOf(props: Properties): readonly Destination[] {
  return destinations.filter(({ path }) => readValue(props, path) !== undefined);
}

/** The destinations but S3, each with a block `s3Configuration` for what it does not accept. */
export function otherDestinationsOf(props: Properties): readonly Destination[] {
  return destinationsOf(props).filter(({ path }) => path !== destination);
}
