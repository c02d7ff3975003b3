import type { AthenaLake } from "./athenaLake";
import { createTable, tableName } from "./createTable";
import { keyTokens, type KeyToken } from "./keyTokens";
import { fixedHead } from "../prefix/fixedHead";
import { type Projection, projectPartitions } from "./projection";

/**
 * Returns the statement that creates a table of the delivered data in Athena's query editor or, if
 * Athena cannot read that data, a comment that explains what to change.
 *
 * The rows of converted records have the columns of the conversion. Otherwise, each row is one line, in a column `record`, for records of any shape: read fields with
 * `json_extract_scalar(record, '$.type')`. Athena computes the partitions from the prefix
 * (partition projection), so new ones need no crawler. A query is cheap if its `WHERE` filters by
 * them; it must compare each partition key of the records with a value. The statement does not change an existing table: drop it first, which keeps the data.
 *
 * Sources: Athena User Guide, "CREATE TABLE", "Regex SerDe", "Supported types for partition
 * projection", "Specifying custom S3 storage locations", "Use compression in Athena",
 * "Considerations and limitations" (hidden files).
 */
export function athenaTable(lake: AthenaLake): string {
  if (lake.existingTableArn !== undefined) return existingTable(lake, lake.existingTableArn);
  const tokens = keyTokens(lake.prefix);
  const projection = lakeProjection(lake);
  const obstacle = obstacleToReading(lake.compression, tokens, projection.below);
  return obstacle === undefined
    ? createTable(lake, projection)
    : `-- No Athena table: ${obstacle}.`;
}

/** Where the AWS Glue Data Catalog has a table. */
export interface TableName {
  /** Empty for that of the query editor. */
  readonly database: string;
  readonly table: string;
}

/** The table that {@link athenaTable} creates, or that exists already. */
export function nameOfTable({ name, database = "", existingTableArn }: AthenaLake): TableName {
  return existingTableArn === undefined
    ? { database, table: tableName(name) }
    : nameInArn(existingTableArn);
}

/** `arn:...:table/<database>/<table>` */
function nameInArn(arn: string): TableName {
  const [, database = "", table = ""] = arn.split("/");
  return { database, table };
}

/** The partitions of the data. */
export function lakeProjection(lake: AthenaLake): Projection {
  const span = { days: days(lake), timeZone: lake.timeZone };
  const names = lake.columns?.map(({ name }) => name);
  return projectPartitions(keyTokens(lake.prefix), span, names);
}

/** Its columns and its location are unknown here. */
function existingTable({ bucketName, prefix }: AthenaLake, arn: string): string {
  const { database, table } = nameInArn(arn);
  const location = `s3://${bucketName}/${fixedHead(prefix)}`;
  return `-- Athena reads the data as "${database}"."${table}", if ${location} is the location of that table.`;
}

/**
 * Maximum age of a timestamp in a key. S3 counts from the creation of an object and rounds up to
 * midnight UTC; the timestamp is the arrival of its oldest record, days earlier if delivery
 * stalled.
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
    return "Athena can read lines only uncompressed or with GZIP; set delivery.compression to GZIP";
  }
  if (/(?:^|\/)\//.test(outline(tokens))) {
    return "Athena drops empty parts of a path; remove the extra slash from delivery.prefix";
  }
  if (/(?:^|\/)[_.]/.test(outline(below))) {
    return (
      "Athena skips names that begin with _ or . below the location that it reads; " +
      "begin that part of delivery.prefix with a letter"
    );
  }
  return undefined;
}

/** A key with 0 for every token that is not a fixed character. */
function outline(tokens: readonly KeyToken[]): string {
  return tokens.map((token) => (token.kind === "character" ? token.character : "0")).join("");
}
