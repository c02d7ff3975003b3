import { createTable } from "./createTable";
import { keyTokens, type KeyToken } from "./keyTokens";
import { projectFolders } from "./projection";

/** The data that a pipeline delivers. */
export interface AthenaLake {
  /** Name of the pipeline, e.g. `user-events`. */
  readonly name: string;
  readonly bucketName: string;
  /** A valid prefix of objects, in Firehose's prefix language. */
  readonly prefix: string;
  /** Of the prefix's timestamps: `UTC` or an IANA name. */
  readonly timeZone: string;
  /** `CompressionFormat` of the delivery stream. */
  readonly compression: string;
  /** Days after which objects expire; absent: never. */
  readonly expiryDays?: number | undefined;
}

/**
 * The statement for Athena's query editor that makes a table of the delivered data, or, where
 * Athena cannot read that data, a comment that tells what to change.
 *
 * The table has one column `record` of one line each, for records of any shape: read fields with
 * `json_extract_scalar(record, '$.type')`. The folders of the prefix are its partitions; Athena
 * computes them (partition projection), so that new ones need no crawler. A query is cheap if its
 * `WHERE` names them. A table that exists is left as it is: drop it first to change it, the data
 * stays.
 *
 * Sources: Athena User Guide, "CREATE TABLE", "Regex SerDe", "Supported types for partition
 * projection", "Specifying custom S3 storage locations", "Use compression in Athena",
 * "Considerations and limitations" (hidden files).
 */
export function athenaTable(lake: AthenaLake): string {
  const tokens = keyTokens(lake.prefix);
  const projection = projectFolders(tokens, { days: days(lake), timeZone: lake.timeZone });
  const obstacle = obstacleToReading(lake.compression, tokens, projection.below);
  return obstacle === undefined
    ? createTable(lake, projection)
    : `-- No Athena table: ${obstacle}.`;
}

/**
 * How old the oldest timestamp in a key can be. S3 counts from an object's creation to a midnight;
 * its timestamp is the arrival of its oldest record, days earlier if the delivery was stalled.
 */
function days({ expiryDays }: AthenaLake): number {
  return expiryDays === undefined ? 3650 : expiryDays + 7;
}

function obstacleToReading(
  compression: string,
  tokens: readonly KeyToken[],
  below: readonly KeyToken[],
): string | undefined {
  if (compression !== "GZIP" && compression !== "UNCOMPRESSED") {
    return "it reads lines of Firehose only with GZIP or uncompressed; set delivery.compression to GZIP";
  }
  if (/(?:^|\/)\//.test(outline(tokens))) {
    return "it drops empty folders from a path; remove the extra slash from delivery.prefix";
  }
  if (/(?:^|\/)[_.]/.test(outline(below))) {
    return (
      "it skips what begins with _ or . below the folder that it reads; " +
      "begin that part of delivery.prefix with a letter"
    );
  }
  return undefined;
}

/** The folders of a key, with 0 for whatever changes. */
function outline(tokens: readonly KeyToken[]): string {
  return tokens.map((token) => (token.kind === "character" ? token.character : "0")).join("");
}
